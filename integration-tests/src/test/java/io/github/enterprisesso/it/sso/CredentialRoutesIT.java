package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.browser.Passkey;
import io.github.enterprisesso.it.browser.RealBrowser;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Eventually;
import io.github.enterprisesso.it.client.MailServer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.server.LdapDirectory;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** The routes that differ in what the person shows: passkey, one-time code, recovery code, certificate, LDAP password. */
@KeycloakTest
class CredentialRoutesIT {

    @AutoClose
    static MailServer mail;

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        mail = MailServer.start();
        tenant = Tenant.create(keycloak, "sso-credentials", realm -> {
            realm.setWebAuthnPolicyPasswordlessPasskeysEnabled(true);
            realm.setSmtpServer(mail.settings());
        });
        RealmRepresentation realm = tenant.admin().realm().toRepresentation();
        realm.setOtpPolicyCodeReusable(true);
        tenant.admin().realm().update(realm);
        people = People.in(tenant);
    }

    /** Whoever has set up a credential is signed in by that. */
    private static void enforce() {
        tenant.admin().realm().logoutAll();
        tenant.policy("ENFORCE");
    }

    /** What follows the password page of somebody who is asked to set up a credential, before the policy is switched on. */
    private static Page setUp(String action, String email) {
        tenant.policy("OFF");
        return people.browser().login(Map.of("kc_action", action)).signIn(email, PASSWORD);
    }

    /** A person who has set up an authenticator app. */
    private static Totp setUpApp(String email) {
        Page page = setUp("CONFIGURE_TOTP", email);
        Totp app = app(page);
        Page done = enrol(page, app);
        assertThat(done.parameter("kc_action_status")).as("%s", done).contains("success");
        return app;
    }

    private static Totp app(Page enrolment) {
        return new Totp(enrolment.document().select("#totpSecret").val());
    }

    private static Page enrol(Page enrolment, Totp app) {
        return enrolment.submit("#kc-totp-settings-form", Map.of("totp", app.code(), "userLabel", "app"));
    }

    @Nested
    @DisplayName("Route 2: one-time code")
    class OneTimeCode {

        @Test
        @DisplayName("ENF-2 the password and the code of a non-exempt person are refused")
        void nonExempt() {
            String id = people.person("timo@acme.test");
            Totp app = setUpApp("timo@acme.test");
            enforce();

            people.isRefused(passwordAndCode("timo@acme.test", app), id);
        }

        @Test
        @DisplayName("ENF-4 ENF-7 through Okta nobody is asked for the code")
        void enterprise() {
            people.person("tony@acme.test");
            setUpApp("tony@acme.test");
            enforce();

            people.passes(people.browser().loginThrough(Tenant.OKTA, "tony@acme.test", OKTA_PASSWORD));
        }

        @Test
        @DisplayName("EXM-2 those of an exempt person pass")
        void exempt() {
            String id = people.person("tara@acme.test");
            tenant.grant(id, "sso-exempt");
            Totp app = setUpApp("tara@acme.test");
            enforce();

            people.passes(passwordAndCode("tara@acme.test", app));
        }

        private Page passwordAndCode(String email, Totp app) {
            return people.browser()
                    .loginByPassword(email, PASSWORD)
                    .submit("#kc-otp-login-form", Map.of("otp", app.code()));
        }
    }

    @Nested
    @DisplayName("Route 2: recovery code")
    class RecoveryCode {

        private static final String CLIENT = "recovery codes";

        @BeforeAll
        static void client() {
            Flow.copyOf(tenant, "browser", CLIENT)
                    .with("auth-recovery-authn-code-form", "ALTERNATIVE")
                    .client("browser");
        }

        @Test
        @DisplayName("ENF-2 the password and the code of a non-exempt person are refused")
        void nonExempt() {
            String id = people.person("rico@acme.test");
            String code = firstCode("rico@acme.test");
            enforce();

            people.isRefused(passwordAndCode("rico@acme.test", code), id);
        }

        @Test
        @DisplayName("ENF-4 through Okta the same person passes")
        void enterprise() {
            people.person("rolf@acme.test");
            firstCode("rolf@acme.test");
            enforce();

            Page page = people.browser()
                    .login(Map.of("client_id", CLIENT))
                    .follow("#social-okta")
                    .signIn("rolf@acme.test", OKTA_PASSWORD);
            assertThat(page.code()).as("%s", page).isPresent();
        }

        @Test
        @DisplayName("EXM-2 those of an exempt person pass")
        void exempt() {
            String id = people.person("rina@acme.test");
            tenant.grant(id, "sso-exempt");
            String code = firstCode("rina@acme.test");
            enforce();

            assertThat(passwordAndCode("rina@acme.test", code).code()).isPresent();
        }

        private String firstCode(String email) {
            var page = setUp("CONFIGURE_RECOVERY_AUTHN_CODES", email);
            String codes = page.document()
                    .select("input[name=generatedRecoveryAuthnCodes]")
                    .val();
            var done = page.submit("#kc-recovery-codes-settings-form", Map.of());
            assertThat(done.parameter("kc_action_status")).as("%s", done).contains("success");
            return codes.split(",")[0];
        }

        private Page passwordAndCode(String email, String code) {
            return people.browser()
                    .login(Map.of("client_id", CLIENT))
                    .signIn(email, PASSWORD)
                    .submit("#kc-recovery-code-login-form", Map.of("recoveryCodeInput", code));
        }
    }

    @Nested
    @DisplayName("Route 2: passkey, offered by the browser on the login page")
    class ByPasskey {

        @Test
        @DisplayName("ENF-6 the passkey of a non-exempt person is refused, an exempt person's passes, so does Okta")
        void passkey() {
            try (RealBrowser browser = RealBrowser.start()) {
                var nina = withPasskey(browser, NINA);
                var emma = withPasskey(browser, EMMA);
                enforce();

                nina.navigate(tenant.loginUrl().toString());
                nina.locator("#enforce-sso-okta").waitFor();
                people.nothingIsLeftOf(people.nina);
                assertThat(EnforcedRoutesIT.newestRefusal(tenant, people.nina)
                                .getDetails()
                                .get("reason"))
                        .isEqualTo("local_login");

                emma.navigate(tenant.loginUrl().toString());
                emma.waitForURL(OidcBrowser.REDIRECT_URI + "**");
                assertThat(emma.url()).contains("code=");

                nina.locator("#enforce-sso-okta").click();
                nina.locator("#password").fill(OKTA_PASSWORD);
                nina.locator("#kc-login").click();
                nina.waitForURL(OidcBrowser.REDIRECT_URI + "**");
                assertThat(nina.url()).contains("code=");
            }
        }

        /** A person who has registered a passkey and signed out. */
        private com.microsoft.playwright.Page withPasskey(RealBrowser browser, String email) {
            tenant.policy("OFF");
            var page = browser.person();
            Passkey.device(page);
            page.navigate(tenant.browser()
                    .loginUrl(Map.of("kc_action", "webauthn-register-passwordless"))
                    .toString());
            page.locator("#username").fill(email);
            page.locator("#password").fill(PASSWORD);
            page.locator("#kc-login").click();
            page.locator("#registerWebAuthn").click();
            page.waitForURL(OidcBrowser.REDIRECT_URI + "**");
            assertThat(page.url()).contains("kc_action_status=success");
            page.context().clearCookies();
            return page;
        }
    }

    @Nested
    @DisplayName("Route 3: X.509 certificate")
    class Certificate {

        private static final String BROWSER = "certificate in the browser";
        private static final String DIRECT = "certificate in the direct grant";

        static OidcBrowser nina;
        static OidcBrowser emma;

        @BeforeAll
        static void clients() {
            Map<String, String> options = Map.of(
                    "x509-cert-auth.mapping-source-selection", "Subject's Common Name",
                    "x509-cert-auth.mapper-selection", "Username or Email",
                    "x509-cert-auth.confirmation-page-disallowed", "true");
            Flow.create(tenant, BROWSER)
                    .step("auth-x509-client-username-form", "REQUIRED", options)
                    .client("browser");
            Flow.create(tenant, DIRECT)
                    .step("direct-grant-auth-x509-username", "REQUIRED", options)
                    .client("direct_grant");
            nina = withCertificate(NINA);
            emma = withCertificate(EMMA);
        }

        private static OidcBrowser withCertificate(String email) {
            return people.browser().withHeader(KeycloakServer.CLIENT_CERTIFICATE_HEADER, ClientCertificate.of(email));
        }

        @Test
        @DisplayName("ENF-6 the certificate of a non-exempt person is refused, in the browser and in a direct grant")
        void nonExempt() {
            enforce();

            people.isRefused(nina.login(Map.of("client_id", BROWSER)), people.nina);
            people.isRefused(directGrant(nina), people.nina);
        }

        @Test
        @DisplayName("EXM-2 the certificate of an exempt person passes in both")
        void exempt() {
            enforce();

            assertThat(emma.login(Map.of("client_id", BROWSER)).code()).isPresent();
            people.works(directGrant(emma));
        }

        @Test
        @DisplayName("ENF-4 a person with a certificate passes through Okta where the flow offers it")
        void enterprise() {
            enforce();

            people.passes(nina.login(Map.of("kc_idp_hint", Tenant.OKTA)).signIn(NINA, OKTA_PASSWORD));
        }

        private Answer directGrant(OidcBrowser browser) {
            return browser.token(Map.of("client_id", DIRECT, "grant_type", "password", "scope", "openid"));
        }
    }

    @Nested
    @DisplayName("Route 3: LDAP password")
    class LdapPassword {

        private static final String LARS = "lars@ldap.test";
        private static final String LUNA = "luna@ldap.test";
        private static final String LDAP_PASSWORD = "ldap-password";

        @AutoClose
        static LdapDirectory directory;

        static String federation;
        static String lars;

        @BeforeAll
        static void federation() {
            directory = LdapDirectory.start();
            directory.person(LARS, LDAP_PASSWORD);
            directory.person(LUNA, LDAP_PASSWORD);
            ComponentRepresentation ldap = new ComponentRepresentation();
            ldap.setName("ldap");
            ldap.setProviderId("ldap");
            ldap.setProviderType("org.keycloak.storage.UserStorageProvider");
            ldap.setConfig(new MultivaluedHashMap<>(directory.userStorage()));
            federation = add(ldap);
            lars = imported(LARS);
            tenant.grant(imported(LUNA), "sso-exempt");
            enforce();
        }

        private static String add(ComponentRepresentation component) {
            try (Response response = tenant.admin().realm().components().add(component)) {
                return CreatedResponseUtil.getCreatedId(response);
            }
        }

        private static String imported(String email) {
            return tenant.admin()
                    .realm()
                    .users()
                    .searchByUsername(email, true)
                    .get(0)
                    .getId();
        }

        @Test
        @DisplayName("ENF-2 the directory's password of a non-exempt person is refused, as a direct grant too")
        void nonExempt() {
            people.isRefused(people.browser().loginByPassword(LARS, LDAP_PASSWORD), lars);
            people.isRefused(people.browser().directGrant(LARS, LDAP_PASSWORD), lars);
        }

        @Test
        @DisplayName("EXM-2 that of an exempt person passes")
        void exempt() {
            people.passes(people.browser().loginByPassword(LUNA, LDAP_PASSWORD));
        }

        @Test
        @DisplayName("EXM-4 the doctor names a mapper that exempts everybody of the directory")
        void everybodyExempt() {
            ComponentRepresentation mapper = new ComponentRepresentation();
            mapper.setName("night shift");
            mapper.setParentId(federation);
            mapper.setProviderId("hardcoded-ldap-role-mapper");
            mapper.setProviderType("org.keycloak.storage.ldap.mappers.LDAPStorageMapper");
            mapper.setConfig(new MultivaluedHashMap<>(Map.of("role", List.of("sso-exempt"))));
            String id = add(mapper);

            String findings =
                    tenant.admin().get("/sso-policy/doctor?probe=false").text();

            tenant.admin().realm().components().component(id).remove();
            assertThat(findings).contains("These mappers make people exempt: 'night shift' of a user federation");
        }

        @Test
        @DisplayName("ENF-4 a person of the directory gets in through Okta")
        void enterprise() {
            directory.person("lisa@ldap.test", LDAP_PASSWORD);
            String id = imported("lisa@ldap.test");
            tenant.link(id, Tenant.OKTA, tenant.oktaUser("lisa@ldap.test", OKTA_PASSWORD), "lisa@ldap.test");

            people.passes(people.browser().loginThrough(Tenant.OKTA, "lisa@ldap.test", OKTA_PASSWORD));
        }
    }

    /** The recipe of docs/enforce-sso.md, step by step. */
    @Nested
    @DisplayName("ENF-7 EXM-7: a second factor that exempt people alone are asked for")
    class SecondFactor {

        private static final String BROWSER = "second factor";
        private static final String DIRECT = "second factor in the direct grant";
        private static final String SOCIAL = "second factor after a social login";
        private static final String RESET = "second factor after a reset";

        @BeforeAll
        static void recipe() {
            Flow.copyOf(tenant, "reset credentials", RESET)
                    .options("reset-credential-email", Map.of("force-login", "true"))
                    .with(RESET + " Reset - Conditional OTP", "DISABLED");
            RealmRepresentation realm = tenant.admin().realm().toRepresentation();
            realm.setResetCredentialsFlow(RESET);
            tenant.admin().realm().update(realm);
            Flow browser = Flow.copyOf(tenant, "browser", BROWSER);
            onlyOnce(
                            browser.subFlow(BROWSER + " forms", "of exempt people", "CONDITIONAL"),
                            BROWSER + " Browser - Conditional 2FA")
                    .step("auth-otp-form", "REQUIRED");
            browser.client("browser");
            Flow direct = Flow.copyOf(tenant, "direct grant", DIRECT);
            onlyOnce(
                            direct.subFlow("of exempt people in the direct grant", "CONDITIONAL"),
                            DIRECT + " Direct Grant - Conditional OTP")
                    .step("deny-access-authenticator", "REQUIRED");
            direct.client("direct_grant");
            ofExemptPeople(Flow.create(tenant, SOCIAL).subFlow("of exempt people after a social login", "CONDITIONAL"))
                    .step("auth-otp-form", "REQUIRED");
            IdentityProviderRepresentation social = tenant.admin()
                    .realm()
                    .identityProviders()
                    .get(Tenant.SOCIAL)
                    .toRepresentation();
            social.setPostBrokerLoginFlowAlias(SOCIAL);
            tenant.admin().realm().identityProviders().get(Tenant.SOCIAL).update(social);
        }

        private static Flow ofExemptPeople(Flow flow) {
            return flow.step("conditional-user-role", "REQUIRED", Map.of("condUserRole", "sso-exempt"));
        }

        private static Flow onlyOnce(Flow flow, String already) {
            return ofExemptPeople(flow)
                    .step(
                            "conditional-sub-flow-executed",
                            "REQUIRED",
                            Map.of("flow_to_check", already, "check_result", "not-executed"));
        }

        @Test
        @DisplayName("who has none must set one up before there is a session")
        void withoutOne() {
            String id = exempt("mila@acme.test");
            enforce();

            Page page = login().signIn("mila@acme.test", PASSWORD);

            assertThat(page.has("#kc-totp-settings-form")).as("%s", page).isTrue();
            assertThat(tenant.sessionsOf(id)).isZero();
            assertThat(enrol(page, app(page)).code()).isPresent();
        }

        @Test
        @DisplayName("who has one is asked for it, once")
        void withOne() {
            String id = exempt("mona@acme.test");
            Totp app = setUpApp("mona@acme.test");
            enforce();

            Page page = login().signIn("mona@acme.test", PASSWORD);

            assertThat(page.has("#kc-otp-login-form")).as("%s", page).isTrue();
            assertThat(tenant.sessionsOf(id)).isZero();
            assertThat(code(page, app).code()).isPresent();
        }

        @Test
        @DisplayName("a password alone buys an exempt person no token in a direct grant, with the code it does")
        void directGrant() {
            exempt("miro@acme.test");
            exempt("maja@acme.test");
            Totp app = setUpApp("maja@acme.test");
            enforce();

            for (String email : List.of("miro@acme.test", "maja@acme.test")) {
                Answer refused = directGrant(email, "");
                assertThat(refused.status()).as("%s", refused).isBetween(400, 401);
                assertThat(refused.at("/access_token")).isEmpty();
            }
            // For a moment after its answer, Keycloak still takes the refused attempt for one in progress.
            people.works(Eventually.get(
                    "the code is taken",
                    () -> directGrant("maja@acme.test", app.code()),
                    answer -> answer.status() == 200));
        }

        @Test
        @DisplayName("a social login asks an exempt person for it as well")
        void social() {
            exempt("mika@acme.test");
            Totp app = setUpApp("mika@acme.test");
            enforce();

            Page page = login().follow("#social-social").signIn("mika@acme.test", SOCIAL_PASSWORD);

            assertThat(page.has("#kc-otp-login-form")).as("%s", page).isTrue();
            assertThat(code(page, app).code()).isPresent();
        }

        @Test
        @DisplayName("'forgot password' sets a password, but neither signs in without it nor sets up another")
        void forgotPassword() {
            String id = exempt("moni@acme.test");
            Totp app = setUpApp("moni@acme.test");
            enforce();

            Page done = followedMail("moni@acme.test")
                    .submit(
                            "#kc-passwd-update-form",
                            Map.of("password-new", "another-password", "password-confirm", "another-password"));

            assertThat(done.text()).contains("Your account has been updated");
            assertThat(tenant.sessionsOf(id)).isZero();
            Page page = login().signIn("moni@acme.test", "another-password");
            assertThat(page.has("#kc-otp-login-form")).as("%s", page).isTrue();
            assertThat(code(page, app).code()).isPresent();
            assertThat(tenant.admin().get("/sso-policy/doctor?probe=false").text())
                    .contains("No mail of 'forgot password' goes past a second factor");
        }

        @Test
        @DisplayName("'forgot password' gives nobody else a password, as ever")
        void forgotPasswordOfOthers() {
            String id = people.person("mats@acme.test");
            enforce();

            Page page = followedMail("mats@acme.test");

            assertThat(page.has("#password-new")).as("%s", page).isFalse();
            assertThat(page.text()).contains("Your organization requires single sign-on");
            people.nothingIsLeftOf(id);
        }

        private Page followedMail(String email) {
            OidcBrowser browser = people.browser();
            browser.login()
                    .follow("a[href*=reset-credentials]")
                    .submit("#kc-reset-password-form", Map.of("username", email));
            return browser.open(mail.link(email));
        }

        @Test
        @DisplayName(
                "through Okta nobody is asked, exempt or not, and whoever is not exempt is refused without being asked")
        void others() {
            String id = people.person("mark@acme.test");
            enforce();

            assertThat(login().follow("#social-okta")
                            .signIn(OLGA, OKTA_PASSWORD)
                            .code())
                    .isPresent();
            assertThat(login().follow("#social-okta")
                            .signIn(EMMA, OKTA_PASSWORD)
                            .code())
                    .isPresent();
            people.isRefused(login().signIn("mark@acme.test", PASSWORD), id);
        }

        private static String exempt(String email) {
            String id = people.person(email);
            tenant.grant(id, "sso-exempt");
            return id;
        }

        private static Page login() {
            return people.browser().login(Map.of("client_id", BROWSER));
        }

        private static Page code(Page page, Totp app) {
            return page.submit("#kc-otp-login-form", Map.of("otp", app.code()));
        }

        private static Answer directGrant(String email, String code) {
            return people.browser()
                    .token(Map.of(
                            "client_id", DIRECT,
                            "grant_type", "password",
                            "scope", "openid",
                            "username", email,
                            "password", PASSWORD,
                            "totp", code));
        }
    }
}
