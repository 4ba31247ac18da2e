package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Eventually;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RequiredActionConfigRepresentation;

/** Sessions and tokens that are there when the policy is switched on. */
@KeycloakTest
class OlderSessionsIT {

    private static final Map<String, String> OFFLINE = Map.of("scope", "openid offline_access");

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-older", realm -> realm.setRememberMe(true));
        people = People.in(tenant);
    }

    @BeforeEach
    void switchedOff() {
        tenant.policy("OFF");
        tenant.admin().realm().logoutAll();
    }

    @Test
    @DisplayName("Route 13: the cookie of a password session, remembered or not, is refused and the session ends")
    void cookieOfANonExemptPerson() {
        OidcBrowser browser = people.browser();
        Page login = browser.login();
        people.passes(
                login.submit("#kc-form-login", Map.of("username", NINA, "password", PASSWORD, "rememberMe", "on")));
        assertThat(tenant.sessionsOf(people.nina)).isEqualTo(1);

        tenant.policy("ENFORCE");

        people.isRefused(browser.login(), people.nina);
        assertThat(browser.login().has("#kc-form-login")).isTrue();
    }

    @Test
    @DisplayName("Route 13: after the refusal the same browser gets in through Okta")
    void cookieThenOkta() {
        OidcBrowser browser = people.browser();
        people.passes(browser.loginByPassword(NINA, PASSWORD));
        tenant.policy("ENFORCE");

        Page okta = browser.login().submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));

        people.passes(okta.signIn(NINA, OKTA_PASSWORD));
        people.passes(browser.login());
    }

    @Test
    @DisplayName("Route 13: the cookie of an exempt person passes")
    void cookieOfAnExemptPerson() {
        OidcBrowser browser = people.browser();
        people.passes(browser.loginByPassword(EMMA, PASSWORD));
        tenant.policy("ENFORCE");

        people.passes(browser.login());
    }

    @Test
    @DisplayName("Route 13: the cookie of an enterprise login passes")
    void cookieOfAnEnterpriseLogin() {
        OidcBrowser browser = people.browser();
        people.passes(browser.loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
        tenant.policy("ENFORCE");

        people.passes(browser.login());
    }

    @Test
    @DisplayName("Route 13: the cookie of an enterprise login from before the installation passes")
    void cookieFromBeforeTheInstallation() {
        tenant.admin().realm().flows().removeRequiredAction("enforce-sso");
        OidcBrowser browser = people.browser();
        people.passes(browser.loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
        tenant.policy("ENFORCE");

        people.passes(browser.login());
    }

    @Test
    @DisplayName("Route 7: linking the Okta account inside a password session makes it no enterprise session")
    void linkedInAPasswordSession() {
        String id = tenant.localUser("lena@acme.test", PASSWORD);
        tenant.oktaUser("lena@acme.test", OKTA_PASSWORD);
        OidcBrowser browser = people.browser();
        people.passes(browser.loginByPassword("lena@acme.test", PASSWORD));
        Page linked = browser.login(Map.of("kc_action", "idp_link:okta"))
                .submit("main form", Map.of())
                .signIn("lena@acme.test", OKTA_PASSWORD);
        assertThat(linked.parameter("kc_action_status")).as("%s", linked).contains("success");
        tenant.policy("ENFORCE");

        Page refused = browser.login();
        assertThat(refused.has("#enforce-sso-okta")).as("%s", refused).isTrue();
        assertThat(tenant.sessionsOf(id)).isZero();
    }

    @Test
    @DisplayName("Route 7: so it is with the older way to link, which asks no flow")
    void linkedByTheOlderEndpoint() {
        String id = tenant.localUser("lola@acme.test", PASSWORD);
        tenant.oktaUser("lola@acme.test", OKTA_PASSWORD);
        OidcBrowser browser = people.browser();
        Page signedIn = browser.loginByPassword("lola@acme.test", PASSWORD);
        people.passes(signedIn);
        String session = signedIn.parameter("session_state").orElseThrow();
        String hash = hash("nonce" + session + OidcBrowser.CLIENT + Tenant.OKTA);
        Page linked = browser.open(
                        URI.create(tenant.server().url() + "/realms/" + tenant.realm() + "/broker/okta/link"),
                        Map.of(
                                "client_id",
                                OidcBrowser.CLIENT,
                                "redirect_uri",
                                OidcBrowser.REDIRECT_URI,
                                "nonce",
                                "nonce",
                                "hash",
                                hash))
                .signIn("lola@acme.test", OKTA_PASSWORD);
        assertThat(linked.isClient()).as("%s", linked).isTrue();
        assertThat(tenant.admin().realm().users().get(id).getFederatedIdentity())
                .hasSize(1);
        tenant.policy("ENFORCE");

        Page refused = browser.login();
        assertThat(refused.has("#enforce-sso-okta")).as("%s", refused).isTrue();
        assertThat(tenant.sessionsOf(id)).isZero();
    }

    private static String hash(String text) {
        try {
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    @DisplayName("Route 13: the cookie of a social login is refused")
    void cookieOfASocialLogin() {
        OidcBrowser browser = people.browser();
        people.passes(browser.loginThrough(Tenant.SOCIAL, NINA, People.SOCIAL_PASSWORD));
        tenant.policy("ENFORCE");

        people.isRefused(browser.login(), people.nina);
    }

    @Test
    @DisplayName("Route 14: a password inside an enterprise session is judged by itself, and the session stays")
    void passwordInsideAnEnterpriseSession() {
        OidcBrowser browser = people.browser();
        tenant.policy("ENFORCE");
        people.passes(browser.loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));

        isRefusedInsideItsSession(browser.login(Map.of("prompt", "login")).signIn(OLGA, PASSWORD));
        people.passes(browser.login());
    }

    @Test
    @DisplayName("Route 14: so it is where the application finds the session too old")
    void passwordInsideAnOldEnterpriseSession() {
        OidcBrowser browser = people.browser();
        tenant.policy("ENFORCE");
        people.passes(browser.loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));

        Page again = askedAgain(browser, Map.of("max_age", "0"));

        isRefusedInsideItsSession(again.signIn(OLGA, PASSWORD));
        people.passes(browser.login());
    }

    @Test
    @DisplayName(
            "Route 14: a step up by password inside an enterprise session is judged by itself, an exempt one passes")
    void stepUpInsideAnEnterpriseSession() {
        String client = stepUpClient();
        OidcBrowser olga = people.browser();
        tenant.policy("ENFORCE");
        people.passes(olga.loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));

        isRefusedInsideItsSession(stepUp(olga, client, OLGA));
        people.passes(olga.login());

        OidcBrowser emma = people.browser();
        people.passes(emma.loginThrough(Tenant.OKTA, EMMA, OKTA_PASSWORD));
        assertThat(stepUp(emma, client, EMMA).code()).isPresent();
    }

    @Test
    @DisplayName("Route 14: so it is where an action of the account console (kc_action) asks for the password again")
    void actionInsideAnEnterpriseSession() {
        askForProofBefore("CONFIGURE_TOTP");
        tenant.policy("ENFORCE");
        OidcBrowser olga = people.browser();
        people.passes(olga.loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
        OidcBrowser emma = people.browser();
        people.passes(emma.loginThrough(Tenant.OKTA, EMMA, OKTA_PASSWORD));

        isRefusedInsideItsSession(proofFor("CONFIGURE_TOTP", olga).signIn(OLGA, PASSWORD));
        people.passes(olga.login());
        Page exempt = proofFor("CONFIGURE_TOTP", emma).signIn(EMMA, PASSWORD);
        assertThat(exempt.has("#kc-totp-settings-form")).as("%s", exempt).isTrue();
        Page enterprise = proofFor("CONFIGURE_TOTP", olga).follow("#social-okta");
        assertThat(enterprise.has("#kc-totp-settings-form"))
                .as("%s", enterprise)
                .isTrue();
    }

    /** A login of more than no seconds ago is then too old for the action. */
    private static void askForProofBefore(String action) {
        RequiredActionConfigRepresentation config = new RequiredActionConfigRepresentation();
        config.setConfig(Map.of("max_auth_age", "0"));
        tenant.admin().realm().flows().updateRequiredActionConfig(action, config);
    }

    private static Page proofFor(String action, OidcBrowser browser) {
        return askedAgain(browser, Map.of("kc_action", action));
    }

    /** Keycloak counts the age of a login in whole seconds. */
    private static Page askedAgain(OidcBrowser browser, Map<String, String> parameters) {
        return Eventually.get("asked for the password", () -> browser.login(parameters), page -> page.has("#password"));
    }

    private static Page stepUp(OidcBrowser browser, String client, String username) {
        Page page = browser.login(Map.of("client_id", client, "acr_values", "2"));
        assertThat(page.has("#password")).as("%s", page).isTrue();
        for (int levels = 0; levels < 2 && page.has("#password"); levels++) {
            page = page.submit("#kc-form-login", Map.of("username", username, "password", PASSWORD));
        }
        return page;
    }

    /** A client with two levels: any login is the first, one more password the second. */
    private static String stepUpClient() {
        Flow flow = Flow.create(tenant, "step up")
                .step("auth-cookie", "ALTERNATIVE")
                .step("identity-provider-redirector", "ALTERNATIVE");
        flow.subFlow("levels", "ALTERNATIVE");
        flow.subFlow("levels", "level 1", "CONDITIONAL")
                .step("conditional-level-of-authentication", "REQUIRED", level(1))
                .step("auth-username-password-form", "REQUIRED");
        flow.subFlow("levels", "level 2", "CONDITIONAL")
                .step("conditional-level-of-authentication", "REQUIRED", level(2))
                .step("auth-password-form", "REQUIRED");
        return flow.client("browser");
    }

    private static Map<String, String> level(int level) {
        return Map.of("loa-condition-level", Integer.toString(level), "loa-max-age", "36000");
    }

    private static void isRefusedInsideItsSession(Page page) {
        assertThat(page.isClient()).as("%s", page).isFalse();
        assertThat(page.has("#enforce-sso-okta")).as("%s", page).isTrue();
    }

    @Test
    @DisplayName("Route 15: a refresh token of a password session is refused and the session ends")
    void refreshOfANonExemptPerson() {
        Answer tokens = people.browser().directGrant(NINA, PASSWORD);
        tenant.policy("ENFORCE");

        people.isRefused(people.browser().refresh(tokens.at("/refresh_token")), people.nina);
        assertThat(people.browser().userInfo(tokens.at("/access_token")).status())
                .isEqualTo(401);
    }

    @Test
    @DisplayName("Route 15: the refresh token of an exempt person passes")
    void refreshOfAnExemptPerson() {
        Answer tokens = people.browser().directGrant(EMMA, PASSWORD);
        tenant.policy("ENFORCE");

        people.works(people.browser().refresh(tokens.at("/refresh_token")));
    }

    @Test
    @DisplayName("Route 15: the refresh token of an enterprise login passes, from before the installation too")
    void refreshOfAnEnterpriseLogin() {
        Answer tokens = people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
        tenant.admin().realm().flows().removeRequiredAction("enforce-sso");
        Answer older = people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
        tenant.policy("ENFORCE");

        people.works(people.browser().refresh(tokens.at("/refresh_token")));
        people.works(people.browser().refresh(older.at("/refresh_token")));
    }

    @Test
    @DisplayName("Route 16: an offline token of a password login is refused and its session ends")
    void offlineToken() {
        Answer tokens = people.browser()
                .token(Map.of(
                        "grant_type",
                        "password",
                        "username",
                        NINA,
                        "password",
                        PASSWORD,
                        "scope",
                        "openid offline_access"));
        tenant.policy("ENFORCE");

        people.isRefused(people.browser().refresh(tokens.at("/refresh_token")), people.nina);
        tenant.policy("OFF");
        assertThat(people.browser().refresh(tokens.at("/refresh_token")).status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("Route 16: the offline token of an exempt person goes on")
    void offlineTokenOfAnExemptPerson() {
        Answer tokens = people.passes(people.browser().login(OFFLINE).signIn(EMMA, PASSWORD));
        tenant.policy("ENFORCE");

        people.works(people.browser().refresh(tokens.at("/refresh_token")));
    }

    @Test
    @DisplayName(
            "Route 16: an enterprise login inside a session of a password login gets an offline token that goes on")
    void offlineTokenOfALaterEnterpriseLogin() {
        OidcBrowser browser = people.browser();
        people.passes(browser.loginByPassword(OLGA, PASSWORD));
        people.passes(browser.login(OFFLINE));
        tenant.policy("ENFORCE");
        long refused = offlineSessionsThatDoNotComply();
        assertThat(refused).isPositive();

        Page okta = browser.login(Map.of("scope", "openid offline_access", "prompt", "login"))
                .follow("#social-okta");
        Answer tokens = people.passes(okta.signIn(OLGA, OKTA_PASSWORD));

        people.works(people.browser().refresh(tokens.at("/refresh_token")));
        assertThat(offlineSessionsThatDoNotComply())
                .as("Keycloak would give the new token the old session, whose stored notes tell of a password")
                .isEqualTo(refused - 1);
    }

    /** As they are stored: what the node that made one has in its memory is not asked. */
    private static long offlineSessionsThatDoNotComply() {
        return tenant.admin().get("/sso-policy/sessions").body().path("offline").asLong(-1);
    }
}
