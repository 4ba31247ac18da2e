package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.MailServer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** A login for an organization inside an enterprise session: there the cookie alone does not end Keycloak's flow. */
@KeycloakTest
class OrganizationsIT {

    private static final Map<String, String> FOR_AN_ORGANIZATION = Map.of("scope", "openid organization");

    /** Alias of an identity provider that leads to the same Okta org. */
    private static final String CORP_OKTA = "corp-okta";

    @AutoClose
    static MailServer mail;

    @AutoClose
    static Tenant tenant;

    static String partner;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        mail = MailServer.start();
        tenant = Tenant.create(keycloak, "sso-organizations", realm -> {
            realm.setOrganizationsEnabled(true);
            realm.setSmtpServer(mail.settings());
        });
        people = People.in(tenant);
        partner = organization("Partner", "partner.test");
        providerOf(organization("Corp", "corp.test"));
        enforce();
    }

    private static void enforce() {
        tenant.admin()
                .put("/sso-policy", Map.of("mode", "ENFORCE", "allowedProviders", List.of(Tenant.OKTA, CORP_OKTA)));
    }

    private static String organization(String name, String domain) {
        OrganizationRepresentation organization = new OrganizationRepresentation();
        organization.setName(name);
        organization.setAlias(name.toLowerCase(Locale.ROOT));
        organization.addDomain(new OrganizationDomainRepresentation(domain));
        try (Response response = tenant.admin().realm().organizations().create(organization)) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }

    /** A provider of the organization's own, to which Keycloak sends people of its domain. */
    private static void providerOf(String organization) {
        IdentityProviderRepresentation provider =
                tenant.admin().realm().identityProviders().get(Tenant.OKTA).toRepresentation();
        provider.setInternalId(null);
        provider.setAlias(CORP_OKTA);
        provider.getConfig().put("clientSecret", Tenant.BROKER_SECRET);
        provider.getConfig().put("kc.org.domain", "corp.test");
        provider.getConfig().put("kc.org.broker.redirect.mode.email-matches", "true");
        tenant.admin().realm().identityProviders().create(provider).close();
        tenant.admin()
                .realm()
                .organizations()
                .get(organization)
                .identityProviders()
                .addIdentityProvider(CORP_OKTA)
                .close();
    }

    @Nested
    @DisplayName("Route 4: the organization's identity-first login")
    class IdentityFirst {

        @Test
        @DisplayName("ENF-2 Keycloak does not redirect who has a password, and that password is refused")
        void nonExempt() {
            String id = tenant.localUser("nick@corp.test", PASSWORD);

            people.isRefused(usernameThenPassword("nick@corp.test"), id);
        }

        @Test
        @DisplayName("EXM-2 an exempt person's password passes")
        void exempt() {
            tenant.grant(tenant.localUser("eva@corp.test", PASSWORD), "sso-exempt");

            people.passes(usernameThenPassword("eva@corp.test"));
        }

        @Test
        @DisplayName("ENF-4 who has none is sent to the organization's provider and gets in")
        void enterprise() {
            tenant.oktaUser("carl@corp.test", OKTA_PASSWORD);

            Page okta = username("carl@corp.test");

            assertThat(okta.location().getPath()).contains(tenant.oktaRealm());
            people.passes(okta.submit("#kc-form-login", Map.of("password", OKTA_PASSWORD)));
        }
    }

    private static Page usernameThenPassword(String username) {
        return username(username).submit("#kc-form-login", Map.of("password", PASSWORD));
    }

    private static Page username(String username) {
        return people.browser().login().submit("#kc-form-login", Map.of("username", username));
    }

    @Nested
    @DisplayName("Route 10: an invitation to an organization")
    class Invitation {

        @Test
        @DisplayName("ENF-5 who registers by its link is refused, leaves no account, and does not use it up")
        void nonExempt() {
            URI link = invite("iris@partner.test");

            people.leftNoAccount(register(people.browser(), link, "iris@partner.test"), "iris@partner.test");

            assertThat(members()).doesNotContain("iris@partner.test");
            assertThat(invited()).contains("iris@partner.test");
            tenant.policy("OFF");
            try {
                Page joined = register(people.browser(), link, "iris@partner.test");
                assertThat(joined.has("#enforce-sso-okta")).as("%s", joined).isFalse();
                assertThat(members()).contains("iris@partner.test");
                assertThat(invited()).doesNotContain("iris@partner.test");
            } finally {
                enforce();
            }
        }

        @Test
        @DisplayName(
                "EXM-2 who has an account confirms it and is not signed in by that; then an exempt one's password passes")
        void existingAccounts() {
            String ines = tenant.localUser("ines@partner.test", PASSWORD);
            tenant.grant(ines, "sso-exempt");
            String ingo = tenant.localUser("ingo@partner.test", PASSWORD);

            for (String email : List.of("ines@partner.test", "ingo@partner.test")) {
                people.browser().open(invite(email)).follow("#kc-info-message a");
                assertThat(members()).contains(email);
            }

            assertThat(tenant.sessionsOf(ines)).isZero();
            assertThat(tenant.sessionsOf(ingo)).isZero();
            people.passes(usernameThenPassword("ines@partner.test"));
            people.isRefused(usernameThenPassword("ingo@partner.test"), ingo);
        }

        @Test
        @DisplayName("ENF-12 from the refusal the person gets in through Okta")
        void enterprise() {
            tenant.oktaUser("ilse@partner.test", OKTA_PASSWORD);

            Page okta = register(people.browser(), invite("ilse@partner.test"), "ilse@partner.test")
                    .submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA))
                    .signIn("ilse@partner.test", OKTA_PASSWORD);

            assertThat(okta.has("#enforce-sso-okta")).as("%s", okta).isFalse();
            assertThat(tenant.admin().realm().users().searchByUsername("ilse@partner.test", true))
                    .hasSize(1);
        }

        private static URI invite(String email) {
            tenant.admin()
                    .realm()
                    .organizations()
                    .get(partner)
                    .members()
                    .inviteUser(email, "New", "Comer")
                    .close();
            return mail.link(email);
        }

        private static Page register(OidcBrowser browser, URI link, String email) {
            return browser.open(link)
                    .submit(
                            "#kc-register-form",
                            Map.of(
                                    "username", email,
                                    "email", email,
                                    "firstName", "New",
                                    "lastName", "Comer",
                                    "password", PASSWORD,
                                    "password-confirm", PASSWORD));
        }

        private static List<String> members() {
            return tenant.admin().realm().organizations().get(partner).members().list(0, 100).stream()
                    .map(member -> member.getEmail())
                    .toList();
        }

        /** Those whose invitation is open. */
        private static List<String> invited() {
            return tenant.admin()
                    .get("/organizations/" + partner + "/invitations")
                    .body()
                    .findValuesAsText("email");
        }
    }

    @Test
    @DisplayName("Route 14: a password that is asked for because no organization fits is judged by itself")
    void passwordBehindTheCookie() {
        OidcBrowser browser = olgaThroughOkta();

        Page password = browser.login(Map.of("scope", "openid organization", "login_hint", OLGA));
        assertThat(password.has("#password")).as("%s", password).isTrue();
        Page refused = password.submit("#kc-form-login", Map.of("password", PASSWORD));

        assertThat(refused.isClient()).as("%s", refused).isFalse();
        assertThat(refused.has("#enforce-sso-okta")).as("%s", refused).isTrue();
        people.passes(browser.login());
    }

    @Test
    @DisplayName("Route 13: the cookie of an enterprise login passes for an organization too")
    void cookie() {
        people.passes(olgaThroughOkta().login(FOR_AN_ORGANIZATION));
    }

    private static OidcBrowser olgaThroughOkta() {
        OidcBrowser browser = people.browser();
        people.passes(browser.login(Map.of("kc_idp_hint", Tenant.OKTA)).signIn(OLGA, OKTA_PASSWORD));
        return browser;
    }
}
