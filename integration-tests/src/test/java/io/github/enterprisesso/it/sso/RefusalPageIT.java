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
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.UserRepresentation;

/** The page that a refused person sees, by HTTP alone: what it works without is JavaScript. */
@KeycloakTest
class RefusalPageIT {

    /** As a realm names them; Keycloak's files for Brazil and China are {@code pt_BR} and {@code zh_CN}. */
    private static final Set<String> LANGUAGES =
            Set.of("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt-BR", "zh-CN");

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-page", realm -> realm.setSupportedLocales(LANGUAGES));
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

    @ParameterizedTest
    @CsvSource({
        "ar,المتابعة باستخدام Okta", "es,Continuar con Okta", "fr,Continuer avec Okta", "it,Continua con Okta",
        "ja,Oktaで続ける", "nl,Doorgaan met Okta", "pl,Kontynuuj przez Okta", "pt-BR,Continuar com Okta",
        "zh-CN,使用 Okta 继续"
    })
    @DisplayName("UX-1 the page speaks the language of the realm, and in Arabic it runs from right to left")
    void language(String locale, String button) {
        Page page = people.browser().login(Map.of("ui_locales", locale)).signIn(NINA, PASSWORD);

        assertThat(page.document().select("html").attr("lang")).isEqualTo(locale);
        assertThat(page.document().select("html").attr("dir")).isEqualTo("ar".equals(locale) ? "rtl" : "ltr");
        assertThat(page.texts("#enforce-sso-form button")).containsExactly(button);
    }

    @Test
    @DisplayName("a text can be reworded in the realm's localization")
    void reworded() {
        tenant.admin()
                .realm()
                .localization()
                .saveRealmLocalizationText("nl", "enforceSsoWhy", "Bij Acme kan dat anders.");

        Page page = people.browser().login(Map.of("ui_locales", "nl")).signIn(NINA, PASSWORD);

        assertThat(page.texts("#enforce-sso-why")).containsExactly("Bij Acme kan dat anders.");
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

    @Nested
    @DisplayName("EXM-9 whose account was deactivated")
    class Deactivated {

        private static final String DORA = "dora@acme.test";
        private static String dora;

        @BeforeAll
        static void person() {
            dora = people.person(DORA);
            enable(dora, false);
        }

        @Test
        @DisplayName("reads so when he comes back from the provider")
        void fromTheProvider() {
            Page page = people.browser().loginThrough(Tenant.OKTA, DORA, OKTA_PASSWORD);

            assertThat(page.status()).isEqualTo(400);
            assertThat(page.texts("#kc-page-title")).containsExactly("Account deactivated");
            assertThat(page.has("#account-deactivated")).isTrue();
            assertThat(tenant.sessionsOf(dora)).isZero();
        }

        @Test
        @DisplayName("reads so after the right password, and can start again as someone else")
        void byPassword() {
            Page page = people.browser().loginByPassword(DORA, PASSWORD);

            assertThat(page.has("#account-deactivated")).as("%s", page).isTrue();
            people.passes(page.follow(".enforce-sso-restart a").signIn(People.EMMA, PASSWORD));
        }

        @Test
        @DisplayName("ENF-11 reads nothing of it after a wrong password")
        void wrongPassword() {
            Page page = people.browser().loginByPassword(DORA, "wrong");

            assertThat(page.has("#account-deactivated")).isFalse();
            assertThat(page.texts("#input-error-username"))
                    .isEqualTo(people.browser()
                            .loginByPassword("nobody@acme.test", "wrong")
                            .texts("#input-error-username"));
        }

        @Test
        @DisplayName("is somebody else than the person who is locked for a while")
        void lockedForAWhile() {
            String id = people.person("lola@acme.test");
            for (int attempt = 0; attempt < 40 && !locked(id); attempt++) {
                people.browser().loginByPassword("lola@acme.test", "wrong" + attempt);
            }
            assertThat(locked(id)).isTrue();

            Page page = people.browser().loginThrough(Tenant.OKTA, "lola@acme.test", OKTA_PASSWORD);

            assertThat(page.has("#kc-error-message")).as("%s", page).isTrue();
            assertThat(page.has("#account-deactivated")).isFalse();
        }

        private static boolean locked(String id) {
            return Boolean.TRUE.equals(tenant.admin()
                    .realm()
                    .attackDetection()
                    .bruteForceUserStatus(id)
                    .get("disabled"));
        }
    }

    @Nested
    @DisplayName("UX-5 the account console's \"update password\"")
    class UpdatePassword {

        private static final Map<String, String> ASKED = Map.of("kc_action", "UPDATE_PASSWORD");

        @Test
        @DisplayName("is refused to whoever must use single sign-on, with the reason and a way back")
        void refused() {
            Page page = people.browser().login(ASKED).follow("#social-okta").signIn(People.OLGA, OKTA_PASSWORD);
            assertThat(page.texts("#kc-page-title")).as("%s", page).containsExactly("You cannot set a password");
            assertThat(page.has("#password-new")).isFalse();

            Page posted = page.submit(
                    "#enforce-sso-back-form", Map.of("password-new", "new-pass", "password-confirm", "new-pass"));
            assertThat(posted.has("#enforce-sso-no-password")).as("%s", posted).isTrue();
            Page back = posted.submit("#enforce-sso-back-form", Map.of("cancel-aia", "true"));

            assertThat(back.parameter("kc_action_status")).contains("cancelled");
            people.passes(back);
            assertThat(tenant.events("UPDATE_CREDENTIAL_ERROR")).anySatisfy(event -> {
                assertThat(event.getUserId()).isEqualTo(people.olga);
                assertThat(event.getError()).isEqualTo("sso_required");
            });
            assertThat(tenant.events("UPDATE_CREDENTIAL")).noneMatch(event -> people.olga.equals(event.getUserId()));
        }

        @Test
        @DisplayName("works for an exempt person")
        void exempt() {
            people.person("eva@acme.test");
            tenant.grant(
                    tenant.admin()
                            .realm()
                            .users()
                            .search("eva@acme.test", true)
                            .get(0)
                            .getId(),
                    "sso-exempt");

            Page page = people.browser().login(ASKED).signIn("eva@acme.test", PASSWORD);
            Page done = page.submit(
                    "#kc-passwd-update-form",
                    Map.of("password-new", "new-password", "password-confirm", "new-password"));

            assertThat(done.parameter("kc_action_status")).contains("success");
            people.passes(people.browser().loginByPassword("eva@acme.test", "new-password"));
        }

        @Test
        @DisplayName("works for everybody while nothing is enforced")
        void nothingEnforced() {
            people.person("otto@acme.test");
            tenant.policy("REPORT");
            try {
                Page page = people.browser().login(ASKED).signIn("otto@acme.test", PASSWORD);

                assertThat(page.has("#kc-passwd-update-form")).as("%s", page).isTrue();
            } finally {
                tenant.policy("ENFORCE");
            }
        }
    }

    private static void enable(String userId, boolean enabled) {
        UserRepresentation user = tenant.admin().realm().users().get(userId).toRepresentation();
        user.setEnabled(enabled);
        tenant.admin().realm().users().get(userId).update(user);
    }

    private static List<Map<String, String>> refusals(String userId) {
        return tenant.events("LOGIN_ERROR").stream()
                .filter(event -> userId.equals(event.getUserId()) && "sso_required".equals(event.getError()))
                .map(event -> event.getDetails())
                .toList();
    }
}
