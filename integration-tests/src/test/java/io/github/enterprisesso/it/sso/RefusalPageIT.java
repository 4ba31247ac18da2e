package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

/** The page that a refused person sees, by HTTP alone: what it works without is JavaScript. */
@KeycloakTest
class RefusalPageIT {

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-page");
        people = People.in(tenant);
        tenant.policy("ENFORCE");
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        tenant.admin().realm().logoutAll();
    }

    @Test
    @DisplayName("UX-1 ENF-12 the page says why and its button completes the login at Okta, with the name filled in")
    void continueWithOkta() {
        Page refused = people.browser().loginByPassword(NINA, PASSWORD);
        assertThat(refused.text()).contains("requires single sign-on");
        assertThat(refused.texts("#enforce-sso-form button")).containsExactly("Continue with Okta");

        Page okta = refused.submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));

        assertThat(okta.location().getPath()).contains(tenant.oktaRealm());
        assertThat(okta.document().select("#username").val()).isEqualTo(NINA);
        people.passes(okta.submit("#kc-form-login", Map.of("password", OKTA_PASSWORD)));
    }

    @Test
    @DisplayName("UX-1 from the social provider, too, the button completes the login")
    void continueFromSocial() {
        Page refused = people.browser().loginThrough(Tenant.SOCIAL, NINA, People.SOCIAL_PASSWORD);

        Page okta = refused.submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));

        people.passes(okta.submit("#kc-form-login", Map.of("password", OKTA_PASSWORD)));
    }

    @Test
    @DisplayName("a provider that the policy does not allow cannot be posted")
    void otherProviderPosted() {
        Page refused = people.browser().loginByPassword(NINA, PASSWORD);

        people.isRefused(refused.submit("#enforce-sso-form", Map.of("provider", Tenant.SOCIAL)), people.nina);
        people.isRefused(refused.submit("#enforce-sso-form", Map.of("provider", "nonsense")), people.nina);
    }

    @Test
    @DisplayName("UX-1 the page speaks German")
    void german() {
        Page page = people.browser().login(Map.of("ui_locales", "de")).signIn(NINA, PASSWORD);

        assertThat(page.document().select("html").attr("lang")).isEqualTo("de");
        assertThat(page.texts("#enforce-sso-form button")).containsExactly("Weiter mit Okta");
        assertThat(page.text()).contains("Ihre Organisation verlangt Single Sign-on");
    }

    @Test
    @DisplayName("the person can start again as someone else")
    void restart() {
        Page again = people.browser().loginByPassword(NINA, PASSWORD).follow(".enforce-sso-restart a");

        people.passes(again.signIn(People.EMMA, PASSWORD));
    }

    @Test
    @DisplayName("reloading the page changes nothing and records nothing new")
    void reload() {
        String id = people.person("rita@acme.test");
        OidcBrowser browser = people.browser();
        Page refused = browser.loginByPassword("rita@acme.test", PASSWORD);

        people.isRefused(browser.open(refused.location()), id);

        assertThat(refusals(id)).hasSize(1);
    }

    @Test
    @DisplayName("ENF-6 kc_action=enforce-sso does not get around the action")
    void initiatedByTheApplication() {
        Page page = people.browser().login(Map.of("kc_action", "enforce-sso")).signIn(NINA, PASSWORD);

        people.isRefused(page, people.nina);
        people.isRefused(page.submit("#enforce-sso-form", Map.of("cancel-aia", "true")), people.nina);
    }

    @Test
    @DisplayName("kc_action=enforce-sso lets an exempt person pass")
    void initiatedByTheApplicationForAnExemptPerson() {
        people.passes(people.browser().login(Map.of("kc_action", "enforce-sso")).signIn(People.EMMA, PASSWORD));
    }

    @Test
    @DisplayName("ENF-6 the refusal comes before any other action, no new password is set first")
    void beforeUpdatePassword() {
        String id = people.person("uma@acme.test");
        UserRepresentation user = tenant.admin().realm().users().get(id).toRepresentation();
        user.setRequiredActions(List.of("UPDATE_PASSWORD"));
        tenant.admin().realm().users().get(id).update(user);

        people.isRefused(people.browser().loginByPassword("uma@acme.test", PASSWORD), id);
    }

    @Test
    @DisplayName("a refusal does not count for brute-force detection")
    void noBruteForceCount() {
        String id = people.person("bruno@acme.test");
        for (int attempt = 0; attempt < 4; attempt++) {
            people.isRefused(people.browser().loginByPassword("bruno@acme.test", PASSWORD), id);
            people.isRefused(people.browser().directGrant("bruno@acme.test", PASSWORD), id);
        }

        assertThat(tenant.admin().realm().attackDetection().bruteForceUserStatus(id))
                .containsEntry("numFailures", 0);
    }

    @Test
    @DisplayName("ENF-17 the event names method, provider, client and reason")
    void event() {
        String id = people.person("erik@acme.test");
        people.browser().loginByPassword("erik@acme.test", PASSWORD);

        assertThat(refusals(id))
                .singleElement()
                .satisfies(details -> assertThat(details)
                        .containsEntry("enforced", "true")
                        .containsEntry("method", "auth-username-password-form")
                        .containsEntry("client", OidcBrowser.CLIENT)
                        .containsEntry("reason", "local_login"));

        people.browser().loginThrough(Tenant.SOCIAL, "erik@acme.test", People.SOCIAL_PASSWORD);

        assertThat(refusals(id).get(0))
                .containsEntry("method", "broker")
                .containsEntry("identity_provider", Tenant.SOCIAL)
                .containsEntry("reason", "other_provider");
    }

    private static List<Map<String, String>> refusals(String userId) {
        return tenant.events("LOGIN_ERROR").stream()
                .filter(event -> userId.equals(event.getUserId()) && "sso_required".equals(event.getError()))
                .map(event -> event.getDetails())
                .toList();
    }
}
