package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.browser.Passkey;
import io.github.enterprisesso.it.browser.RealBrowser;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.server.LdapDirectory;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** The routes that differ in what the person shows: passkey, one-time code, recovery code, certificate, LDAP password. */
@KeycloakTest
class CredentialRoutesIT {

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(
                keycloak, "sso-credentials", realm -> realm.setWebAuthnPolicyPasswordlessPasskeysEnabled(true));
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
        @DisplayName("EXM-2 those of an exempt person pass")
        void exempt() {
            String id = people.person("tara@acme.test");
            tenant.grant(id, "sso-exempt");
            Totp app = setUpApp("tara@acme.test");
            enforce();

            people.passes(passwordAndCode("tara@acme.test", app));
        }

        private Totp setUpApp(String email) {
            var page = setUp("CONFIGURE_TOTP", email);
            Totp app = new Totp(page.document().select("#totpSecret").val());
            var done = page.submit("#kc-totp-settings-form", Map.of("totp", app.code(), "userLabel", "app"));
            assertThat(done.parameter("kc_action_status")).as("%s", done).contains("success");
            return app;
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
            try (Response response = tenant.admin().realm().components().add(ldap)) {
                CreatedResponseUtil.getCreatedId(response);
            }
            lars = imported(LARS);
            tenant.grant(imported(LUNA), "sso-exempt");
            enforce();
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
        @DisplayName("ENF-4 a person of the directory gets in through Okta")
        void enterprise() {
            directory.person("lisa@ldap.test", LDAP_PASSWORD);
            String id = imported("lisa@ldap.test");
            tenant.link(id, Tenant.OKTA, tenant.oktaUser("lisa@ldap.test", OKTA_PASSWORD), "lisa@ldap.test");

            people.passes(people.browser().loginThrough(Tenant.OKTA, "lisa@ldap.test", OKTA_PASSWORD));
        }
    }

    @Test
    @DisplayName("Routes 2 and 3, ENF-4: where others show a credential, the enterprise login passes")
    void enterprise() {
        enforce();

        people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
    }
}
