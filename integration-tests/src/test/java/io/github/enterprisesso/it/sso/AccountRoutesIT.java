package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.MailServer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;

/** The routes that make or change an account on the way: first logins, linking, mails, registration. */
@KeycloakTest
class AccountRoutesIT {

    @AutoClose
    static MailServer mail;

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        mail = MailServer.start();
        tenant = Tenant.create(keycloak, "sso-accounts", realm -> {
            realm.setSmtpServer(mail.settings());
            realm.setRegistrationAllowed(true);
        });
        people = People.in(tenant);
        tenant.policy("ENFORCE");
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        tenant.admin().realm().logoutAll();
    }

    @Nested
    @DisplayName("Route 6: first login by another provider")
    class FirstLogin {

        @Test
        @DisplayName("ENF-3 an unknown person is refused and leaves no account, however often the page is loaded")
        void nonExempt() {
            tenant.socialUser("frida@acme.test", SOCIAL_PASSWORD);
            OidcBrowser browser = people.browser();

            Page refused = browser.loginThrough(Tenant.SOCIAL, "frida@acme.test", SOCIAL_PASSWORD);

            people.leftNoAccount(refused, "frida@acme.test");
            people.leftNoAccount(browser.open(refused.location()), "frida@acme.test");
        }

        @Test
        @DisplayName("UX-1 the page without an account leads to Okta, whose first login makes one")
        void nonExemptContinuesWithOkta() {
            tenant.socialUser("fanny@acme.test", SOCIAL_PASSWORD);
            tenant.oktaUser("fanny@acme.test", OKTA_PASSWORD);
            Page refused = people.browser().loginThrough(Tenant.SOCIAL, "fanny@acme.test", SOCIAL_PASSWORD);
            people.leftNoAccount(refused, "fanny@acme.test");

            Page okta = refused.submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));

            people.passes(okta.signIn("fanny@acme.test", OKTA_PASSWORD));
            assertThat(linksOf(idOf("fanny@acme.test"))).containsExactly(Tenant.OKTA);
        }

        @Test
        @DisplayName("ENF-3 a person with an account is refused, the account stays and the new link goes")
        void nonExemptWithAnAccount() {
            String id = tenant.localUser("nora@acme.test", PASSWORD);

            Page refused = linkByMail("nora@acme.test");

            people.isRefused(refused, id);
            assertThat(tenant.events("REMOVE_FEDERATED_IDENTITY"))
                    .filteredOn(event -> id.equals(event.getUserId()))
                    .extracting(event -> event.getDetails().get("reason"))
                    .containsExactly("sso_required");
        }

        @Test
        @DisplayName("EXM-2 an exempt person with an account passes and keeps the link")
        void exempt() {
            String id = tenant.localUser("emil@acme.test", PASSWORD);
            tenant.grant(id, "sso-exempt");

            people.passes(linkByMail("emil@acme.test"));

            assertThat(linksOf(id)).containsExactly(Tenant.SOCIAL);
        }

        @Test
        @DisplayName("ENF-4 the first login through Okta makes an account")
        void enterprise() {
            tenant.oktaUser("oscar@acme.test", OKTA_PASSWORD);

            people.passes(people.browser().loginThrough(Tenant.OKTA, "oscar@acme.test", OKTA_PASSWORD));

            assertThat(linksOf(idOf("oscar@acme.test"))).containsExactly(Tenant.OKTA);
        }

        /** Keycloak asks whether to add the social account to the existing one, and mails a link to be sure. */
        private Page linkByMail(String email) {
            tenant.socialUser(email, SOCIAL_PASSWORD);
            OidcBrowser browser = people.browser();
            Page confirm = browser.loginThrough(Tenant.SOCIAL, email, SOCIAL_PASSWORD);
            confirm.submit("#kc-register-form", Map.of("submitAction", "linkAccount"));
            return browser.open(mail.link(email));
        }
    }

    @Nested
    @DisplayName("Route 7: linking accounts while enforced")
    class Linking {

        @Test
        @DisplayName("ENF-6 a password login that asks to link the Okta account is refused before there is a link")
        void nonExempt() {
            String id = tenant.localUser("nils@acme.test", PASSWORD);

            Page refused =
                    people.browser().login(Map.of("kc_action", "idp_link:okta")).signIn("nils@acme.test", PASSWORD);

            people.isRefused(refused, id);
        }

        @Test
        @DisplayName("EXM-2 an exempt person links his Okta account")
        void exempt() {
            String id = tenant.localUser("ella@acme.test", PASSWORD);
            tenant.grant(id, "sso-exempt");
            tenant.oktaUser("ella@acme.test", OKTA_PASSWORD);

            Page linked = people.browser()
                    .login(Map.of("kc_action", "idp_link:okta"))
                    .signIn("ella@acme.test", PASSWORD)
                    .submit("main form", Map.of())
                    .signIn("ella@acme.test", OKTA_PASSWORD);

            people.passes(linked);
            assertThat(linksOf(id)).containsExactly(Tenant.OKTA);
        }

        @Test
        @DisplayName("ENF-4 an Okta session stays one after linking a social account, and that account opens no door")
        void enterprise() {
            tenant.oktaUser("otis@acme.test", OKTA_PASSWORD);
            tenant.socialUser("otis@acme.test", SOCIAL_PASSWORD);
            OidcBrowser browser = people.browser();
            people.passes(browser.loginThrough(Tenant.OKTA, "otis@acme.test", OKTA_PASSWORD));
            String id = idOf("otis@acme.test");

            Page linked = browser.login(Map.of("kc_action", "idp_link:social"))
                    .submit("main form", Map.of())
                    .signIn("otis@acme.test", SOCIAL_PASSWORD);
            people.passes(linked);

            assertThat(linksOf(id)).containsExactlyInAnyOrder(Tenant.OKTA, Tenant.SOCIAL);
            people.works(people.browser().refresh(people.passes(browser.login()).at("/refresh_token")));
            tenant.admin().realm().logoutAll();
            Page social = people.browser().loginThrough(Tenant.SOCIAL, "otis@acme.test", SOCIAL_PASSWORD);
            assertThat(social.has("#enforce-sso-okta")).as("%s", social).isTrue();
            assertThat(tenant.sessionsOf(id)).isZero();
        }
    }

    @Nested
    @DisplayName("Route 8: forgot password")
    class ForgotPassword {

        @Test
        @DisplayName("ENF-6 the link of the mail leads a non-exempt person to the refusal, not to a new password")
        void nonExempt() {
            people.isRefused(followedMail(NINA), people.nina);
        }

        @Test
        @DisplayName(
                "ENF-6 UX-5 followed in another browser, where it ends without a session, it sets no password either")
        void inAnotherBrowser() {
            askedForMail(people.browser(), NINA);

            Page page = people.browser().open(mail.link(NINA));

            assertThat(page.has("#password-new")).as("%s", page).isFalse();
            assertThat(page.text()).contains("Your organization requires single sign-on");
            assertThat(tenant.events("UPDATE_CREDENTIAL_ERROR")).anySatisfy(event -> {
                assertThat(event.getUserId()).isEqualTo(people.nina);
                assertThat(event.getError()).isEqualTo("sso_required");
            });
            people.nothingIsLeftOf(people.nina);
        }

        @Test
        @DisplayName("EXM-2 the link of the mail leads an exempt person to a new password and in")
        void exempt() {
            Page password = followedMail(EMMA);

            people.passes(password.submit(
                    "#kc-passwd-update-form", Map.of("password-new", PASSWORD, "password-confirm", PASSWORD)));
        }

        @Test
        @DisplayName("ENF-12 from the refusal the person gets in through Okta")
        void enterprise() {
            Page okta = followedMail(OLGA).submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));

            people.passes(okta.submit("#kc-form-login", Map.of("password", OKTA_PASSWORD)));
        }

        private Page followedMail(String email) {
            OidcBrowser browser = people.browser();
            askedForMail(browser, email);
            return browser.open(mail.link(email));
        }

        private static void askedForMail(OidcBrowser browser, String email) {
            browser.login()
                    .follow("a[href*=reset-credentials]")
                    .submit("#kc-reset-password-form", Map.of("username", email));
        }
    }

    @Nested
    @DisplayName("Route 9: links that an administrator mails")
    class ExecuteActions {

        @Test
        @DisplayName("a new password may be set, but nobody is signed in by it, exempt or not")
        void endsWithoutSession() {
            endsWithoutSession(NINA, people.nina);
            endsWithoutSession(EMMA, people.emma);

            people.isRefused(people.browser().loginByPassword(NINA, "set-by-link"), people.nina);
            people.passes(people.browser().loginByPassword(EMMA, "set-by-link"));
            tenant.admin().realm().users().get(people.emma).resetPassword(password(PASSWORD));
        }

        private void endsWithoutSession(String email, String id) {
            OidcBrowser browser = people.browser();
            tenant.admin().realm().users().get(id).executeActionsEmail(List.of("UPDATE_PASSWORD"));

            Page done = browser.open(mail.link(email))
                    .follow("#kc-info-message a")
                    .submit(
                            "#kc-passwd-update-form",
                            Map.of("password-new", "set-by-link", "password-confirm", "set-by-link"));

            assertThat(done.text()).contains("Your account has been updated");
            people.nothingIsLeftOf(id);
            assertThat(browser.login().has("#kc-form-login")).isTrue();
        }

        private CredentialRepresentation password(String value) {
            CredentialRepresentation credential = new CredentialRepresentation();
            credential.setType("password");
            credential.setValue(value);
            return credential;
        }
    }

    @Nested
    @DisplayName("Route 10: self-registration")
    class Registration {

        @Test
        @DisplayName("ENF-5 whoever registers is refused and leaves no account")
        void nonExempt() {
            OidcBrowser browser = people.browser();

            Page refused = register(browser, "rosa@acme.test");

            people.leftNoAccount(refused, "rosa@acme.test");
            people.leftNoAccount(browser.open(refused.location()), "rosa@acme.test");
            Answer grant = people.browser().directGrant("rosa@acme.test", PASSWORD);
            assertThat(grant.at("/error_description")).isEqualTo("Invalid user credentials");
        }

        @Test
        @DisplayName("ENF-12 from the refusal the person gets in through Okta")
        void enterprise() {
            tenant.oktaUser("ruth@acme.test", OKTA_PASSWORD);

            Page okta = register(people.browser(), "ruth@acme.test")
                    .submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));

            people.passes(okta.signIn("ruth@acme.test", OKTA_PASSWORD));
            assertThat(linksOf(idOf("ruth@acme.test"))).containsExactly(Tenant.OKTA);
        }

        @Test
        @DisplayName("EXM-2 whom a default group exempts from the start registers and passes")
        void exempt() {
            String group = exemptingGroup();
            tenant.admin().realm().addDefaultGroup(group);
            try {
                people.passes(register(people.browser(), "rita@acme.test"));
            } finally {
                tenant.admin().realm().removeDefaultGroup(group);
            }
        }

        private static String exemptingGroup() {
            GroupRepresentation group = new GroupRepresentation();
            group.setName("exempt from the start");
            tenant.admin().realm().groups().add(group).close();
            String id = tenant.admin()
                    .realm()
                    .getGroupByPath("/exempt from the start")
                    .getId();
            tenant.admin()
                    .realm()
                    .groups()
                    .group(id)
                    .roles()
                    .realmLevel()
                    .add(List.of(
                            tenant.admin().realm().roles().get("sso-exempt").toRepresentation()));
            return id;
        }

        @Test
        @DisplayName("ENF-5 ENF-15 of an enforced domain nobody registers, of another one everybody may")
        void enforcedDomain() {
            tenant.admin()
                    .put(
                            "/sso-policy",
                            Map.of(
                                    "mode", "ENFORCE",
                                    "allowedProviders", List.of(Tenant.OKTA),
                                    "scope", List.of("DOMAINS"),
                                    "domains", List.of(Map.of("domain", "acme.test"))));
            try {
                people.leftNoAccount(register(people.browser(), "rene@acme.test"), "rene@acme.test");
                people.passes(register(people.browser(), "rene@free.test"));
                assertThat(idOf("rene@free.test")).isNotBlank();
            } finally {
                tenant.policy("ENFORCE");
            }
        }

        @Test
        @DisplayName("REPORT takes nobody's account away")
        void reported() {
            tenant.policy("REPORT");
            try {
                people.passes(register(people.browser(), "rolf@acme.test"));
                assertThat(idOf("rolf@acme.test")).isNotBlank();
            } finally {
                tenant.policy("ENFORCE");
            }
        }

        private Page register(OidcBrowser browser, String email) {
            return browser.login()
                    .follow("a[href*=registration]")
                    .submit(
                            "#kc-register-form",
                            Map.of(
                                    "username",
                                    email,
                                    "email",
                                    email,
                                    "firstName",
                                    "New",
                                    "lastName",
                                    "Comer",
                                    "password",
                                    PASSWORD,
                                    "password-confirm",
                                    PASSWORD));
        }
    }

    private static String idOf(String username) {
        return tenant.admin()
                .realm()
                .users()
                .searchByUsername(username, true)
                .get(0)
                .getId();
    }

    private static List<String> linksOf(String id) {
        return tenant.admin().realm().users().get(id).getFederatedIdentity().stream()
                .map(FederatedIdentityRepresentation::getIdentityProvider)
                .toList();
    }
}
