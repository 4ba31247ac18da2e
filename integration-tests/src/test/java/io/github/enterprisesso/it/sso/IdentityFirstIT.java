package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.IdentityProviderRepresentation;

/** The login that asks for the address first, by HTTP alone: what it works without is JavaScript. */
@KeycloakTest
class IdentityFirstIT {

    private static final String FORM = "#enforce-sso-identity-form";
    private static final String FRANK = "frank@freelance.test";

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-first");
        people = People.in(tenant);
        tenant.localUser(FRANK, PASSWORD);
        IdentityFirst.bind(tenant);
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        policy(
                "ENFORCE",
                List.of(
                        Map.of("domain", "acme.test"),
                        Map.of("domain", "twice.test", "providers", List.of("okta", "social"))));
        tenant.admin().realm().logoutAll();
    }

    @Test
    @DisplayName(
            "ENF-12 whoever types an address of an enforced domain goes straight to the provider, with the name filled in")
    void straightToTheProvider() {
        Page okta = type(NINA);

        assertThat(okta.location().getPath()).contains("/realms/" + tenant.oktaRealm() + "/");
        assertThat(okta.parameter("login_hint")).contains(NINA);
        people.passes(okta.submit("#kc-form-login", Map.of("password", OKTA_PASSWORD)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody@acme.test", EMMA, "  NINA@ACME.test "})
    @DisplayName("ENF-11 known or not, exempt or not: the domain decides")
    void onlyTheDomainDecides(String typed) {
        Page okta = type(typed);

        assertThat(okta.location().getPath()).isEqualTo(type(NINA).location().getPath());
        assertThat(okta.parameter("login_hint")).contains(typed.strip());
    }

    @Test
    @DisplayName("others see the usual form, with the name filled in")
    void usualForm() {
        Page form = type(FRANK);

        assertThat(form.document().select("#kc-form-login #username").val()).isEqualTo(FRANK);
        people.passes(form.submit("#kc-form-login", Map.of("password", PASSWORD)));
    }

    @Test
    @DisplayName("ENF-11 an unknown name gets the same answer as a wrong password")
    void noEnumeration() {
        Page unknown = type("nobody@freelance.test").submit("#kc-form-login", Map.of("password", "wrong"));
        Page wrong = type(FRANK).submit("#kc-form-login", Map.of("password", "wrong"));

        assertThat(unknown.texts("#input-error-username")).hasSize(1).isEqualTo(wrong.texts("#input-error-username"));
    }

    @Test
    @DisplayName("UX-3 an exempt person asks for the password and signs in with it")
    void exemptByPassword() {
        Page first = people.browser().login();
        assertThat(first.texts("#enforce-sso-password")).containsExactly("Sign in with a password");

        Page form = first.submit(FORM, Map.of("username", EMMA, "usePassword", "true"));

        assertThat(form.document().select("#kc-form-login #username").val()).isEqualTo(EMMA);
        people.passes(form.submit("#kc-form-login", Map.of("password", PASSWORD)));
    }

    @Test
    @DisplayName("ENF-2 whoever is not exempt gets to the password form, too, and no further")
    void refusedByPassword() {
        Page form = people.browser().login().submit(FORM, Map.of("usePassword", "true"));

        people.isRefused(form.signIn(NINA, PASSWORD), people.nina);
    }

    @Test
    @DisplayName("ENF-12 with several providers the person chooses")
    void severalProviders() {
        Page choice = type("tom@twice.test");
        assertThat(choice.texts("#enforce-sso-form button"))
                .containsExactly("Continue with Okta", "Continue with Social");
        assertThat(choice.text()).contains("Choose how to sign in").doesNotContain("not accepted");

        Page again = choice.submit("#enforce-sso-form", Map.of("provider", "nonsense"));
        assertThat(again.texts("#enforce-sso-form button")).hasSize(2);
        Page social = again.submit("#enforce-sso-form", Map.of("provider", Tenant.SOCIAL));

        assertThat(social.location().getPath()).contains("/realms/" + tenant.socialRealm() + "/");
        assertThat(social.parameter("login_hint")).contains("tom@twice.test");
    }

    @Test
    @DisplayName("UX-3 the choice leaves the password as a way out")
    void passwordFromTheChoice() {
        Page form = type("tom@twice.test").submit("#enforce-sso-password-form", Map.of("usePassword", "true"));

        assertThat(form.document().select("#kc-form-login #username").val()).isEqualTo("tom@twice.test");
    }

    @Test
    @DisplayName("ENF-10 with the provider switched off everybody gets the form, and exempt people get in by it")
    void providerSwitchedOff() {
        enableOkta(false);
        try {
            Page form = type(EMMA);

            people.passes(form.submit("#kc-form-login", Map.of("password", PASSWORD)));
            assertThat(type(NINA)
                            .submit("#kc-form-login", Map.of("password", PASSWORD))
                            .text())
                    .contains("not available right now");
        } finally {
            enableOkta(true);
        }
    }

    @Test
    @DisplayName("an empty name is asked for again")
    void empty() {
        Page again = type("   ");

        assertThat(again.texts("#input-error-username")).hasSize(1);
        assertThat(again.has(FORM)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{x}@acme.test", "a\"><script>alert(1)</script>@acme.test", "%7Bx%7D&login_hint=b@acme.test"})
    @DisplayName("whatever is typed reaches the provider or the form as a name, and nothing else")
    void oddNames(String typed) {
        Page page = type(typed);

        assertThat(page.status()).as("%s", page).isEqualTo(200);
        assertThat(page.has("script:containsData(alert(1))")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OFF", "REPORT"})
    @DisplayName("while nothing is enforced the usual form comes at once")
    void nothingEnforced(String mode) {
        policy(mode, List.of(Map.of("domain", "acme.test")));

        people.passes(people.browser().loginByPassword(NINA, PASSWORD));
    }

    @Test
    @DisplayName("the name that the client hints at is filled in, and nobody is sent away unasked")
    void hintOfTheClient() {
        Page first = people.browser().login(Map.of("login_hint", NINA));

        assertThat(first.document().select(FORM + " #username").val()).isEqualTo(NINA);
    }

    @Test
    @DisplayName("route 14 who is to prove himself again is offered his provider, not the password")
    void again() {
        OidcBrowser browser = people.browser();
        people.passes(okta(browser).submit("#kc-form-login", Map.of("password", OKTA_PASSWORD)));

        Page again = browser.login(Map.of("prompt", "login"));
        assertThat(again.texts("#enforce-sso-form button")).containsExactly("Continue with Okta");
        Page okta = again.submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));

        people.passes(
                okta.has("#kc-form-login") ? okta.submit("#kc-form-login", Map.of("password", OKTA_PASSWORD)) : okta);
    }

    @Test
    @DisplayName("ENF-13 where everybody must use single sign-on, no other provider is offered")
    void everybody() {
        assertThat(people.browser().login().texts(".enforce-sso-others a")).containsExactly("Okta", "Social");

        tenant.policy("ENFORCE");

        assertThat(people.browser().login().has(".enforce-sso-others")).isFalse();
    }

    @Test
    @DisplayName(
            "ENF-13 Keycloak's own login page draws whatever is not hidden there, and hidden or not it leads nowhere")
    void keycloaksOwnPage() {
        tenant.policy("ENFORCE");
        assertThat(passwordPage().has("#social-social")).isTrue();

        hideSocial(true);
        try {
            Page form = passwordPage();
            assertThat(form.has("#social-social")).isFalse();
            assertThat(form.has("#social-okta")).isTrue();
            Map<String, String> straight = Map.of("kc_idp_hint", Tenant.SOCIAL);
            people.isRefused(people.browser().login(straight).signIn(NINA, People.SOCIAL_PASSWORD), people.nina);
            people.passes(people.browser().login(straight).signIn(EMMA, People.SOCIAL_PASSWORD));
        } finally {
            hideSocial(false);
        }
    }

    @Test
    @DisplayName("a provider's refusal comes back to the page with its message")
    void refusedByTheProvider() {
        OidcBrowser browser = people.browser();
        Page okta = browser.login().submit(FORM, Map.of("username", NINA));
        String state = okta.parameter("state").orElseThrow();

        Page back = browser.open(
                tenant.server().url().resolve("/realms/" + tenant.realm() + "/broker/okta/endpoint"),
                Map.of("state", state, "error", "access_denied"));

        assertThat(back.has(FORM)).as("%s", back).isTrue();
    }

    private static Page okta(OidcBrowser browser) {
        return browser.login().submit(FORM, Map.of("username", OLGA));
    }

    private static Page type(String name) {
        return people.browser().login().submit(FORM, Map.of("username", name));
    }

    private static void policy(String mode, List<Map<String, ?>> domains) {
        Answer saved = tenant.admin()
                .put(
                        "/sso-policy",
                        Map.of(
                                "mode",
                                mode,
                                "allowedProviders",
                                List.of(Tenant.OKTA),
                                "scope",
                                List.of("DOMAINS"),
                                "domains",
                                domains));
        assertThat(saved.status()).as("%s", saved).isIn(200, 204);
    }

    private static Page passwordPage() {
        return people.browser().login().submit(FORM, Map.of("usePassword", "true"));
    }

    private static void hideSocial(boolean hidden) {
        IdentityProviderRepresentation social =
                tenant.admin().realm().identityProviders().get(Tenant.SOCIAL).toRepresentation();
        social.setHideOnLogin(hidden);
        tenant.admin().realm().identityProviders().get(Tenant.SOCIAL).update(social);
    }

    private static void enableOkta(boolean enabled) {
        IdentityProviderRepresentation okta =
                tenant.admin().realm().identityProviders().get(Tenant.OKTA).toRepresentation();
        okta.setEnabled(enabled);
        tenant.admin().realm().identityProviders().get(Tenant.OKTA).update(okta);
    }
}
