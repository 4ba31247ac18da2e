package io.github.enterprisesso.it.sso;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.ColorScheme;
import io.github.enterprisesso.it.browser.RealBrowser;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.server.TestRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.admin.client.resource.OrganizationResource;
import org.keycloak.admin.client.resource.RealmLocalizationResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The pages in a real browser, in the theme {@code enterprise} and in Keycloak's own; takes the pictures of the docs. */
@KeycloakTest
class LoginPagesIT {

    private static final String DORA = "dora@acme.test";
    private static final String NORA = "nora@acme.test";
    private static final String PAUL = "paul@acme.test";
    private static final String ADDRESS_FIRST = "address-first";
    private static final String USERNAME_FIRST = "username-first";
    private static final String IMPLICIT = "implicit";

    @AutoClose
    static Tenant tenant;

    @AutoClose
    static Tenant stock;

    @AutoClose
    static RealBrowser browser;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = realm(keycloak, "sso-pages", "enterprise");
        stock = realm(keycloak, "sso-stock", "keycloak.v2");
        tenant.admin()
                .realm()
                .clients()
                .create(override(USERNAME_FIRST, UsernameFirst.create(tenant)))
                .close();
        browser = RealBrowser.start();
    }

    private static Tenant realm(KeycloakServer keycloak, String name, String theme) {
        Tenant made = Tenant.create(keycloak, name, realm -> {
            realm.setLoginTheme(theme);
            realm.setDisplayName("Acme");
            realm.setSupportedLocales(Set.of("en", "de", "ar"));
        });
        String dora = People.in(made).person(DORA);
        UserRepresentation deactivated = made.admin().realm().users().get(dora).toRepresentation();
        deactivated.setEnabled(false);
        made.admin().realm().users().get(dora).update(deactivated);
        made.oktaUser(NORA, People.OKTA_PASSWORD);
        made.oktaUser(PAUL, People.OKTA_PASSWORD);
        made.admin()
                .realm()
                .clients()
                .create(override(ADDRESS_FIRST, IdentityFirst.create(made)))
                .close();
        ClientRepresentation implicit = client(IMPLICIT);
        implicit.setImplicitFlowEnabled(true);
        made.admin().realm().clients().create(implicit).close();
        Answer saved = made.admin()
                .put(
                        "/sso-policy",
                        Map.of(
                                "mode", "ENFORCE",
                                "allowedProviders", List.of(Tenant.OKTA),
                                "scope", List.of("REALM", "DOMAINS"),
                                "domains",
                                        List.of(Map.of(
                                                "domain",
                                                "twice.test",
                                                "providers",
                                                List.of(Tenant.OKTA, Tenant.SOCIAL)))));
        assertThat(saved.status()).as("%s", saved).isIn(200, 204);
        return made;
    }

    /** How a person's browser is set. */
    enum Look {
        LIGHT("en-US", ColorScheme.LIGHT, ""),
        DARK("de-DE", ColorScheme.DARK, "-dark"),
        ARABIC("ar", ColorScheme.LIGHT, "-ar");

        private final String locale;
        private final ColorScheme scheme;
        private final String ending;

        Look(String locale, ColorScheme scheme, String ending) {
            this.locale = locale;
            this.scheme = scheme;
            this.ending = ending;
        }

        NewContextOptions options() {
            return new NewContextOptions().setLocale(locale).setColorScheme(scheme);
        }
    }

    /** A page, and how a person gets there. */
    enum Place {
        LOGIN("login", (page, at) -> page.navigate(url(at, Map.of()))),
        REFUSAL("sso-required", (page, at) -> {
            page.navigate(url(at, Map.of()));
            passwordLogin(page, People.NINA, People.PASSWORD);
            page.locator("#enforce-sso-okta").waitFor();
        }),
        REFUSAL_WITHOUT_PROVIDER("sso-required-none", (page, at) -> {
            enableOkta(at, false);
            try {
                page.navigate(url(at, Map.of()));
                passwordLogin(page, People.NINA, People.PASSWORD);
                page.locator("#enforce-sso-why").waitFor();
                assertThat(page.locator("#enforce-sso-form").count()).isZero();
            } finally {
                enableOkta(at, true);
            }
        }),
        ADDRESS("identity-first", (page, at) -> page.navigate(url(at, Map.of("client_id", ADDRESS_FIRST)))),
        ADDRESS_MISSING("identity-first-empty", (page, at) -> {
            page.navigate(url(at, Map.of("client_id", ADDRESS_FIRST)));
            page.locator("#enforce-sso-next").click();
            page.locator("#input-error-username").waitFor();
        }),
        CHOICE("sso-choice", (page, at) -> {
            page.navigate(url(at, Map.of("client_id", ADDRESS_FIRST)));
            page.locator("#username").fill("tom@twice.test");
            page.keyboard().press("Enter");
            page.locator("#enforce-sso-social").waitFor();
        }),
        DEACTIVATED("account-deactivated", (page, at) -> {
            page.navigate(url(at, Map.of()));
            passwordLogin(page, DORA, People.PASSWORD);
            page.locator("#account-deactivated").waitFor();
        }),
        DEACTIVATED_AT_PROVIDER("account-deactivated-provider", (page, at) -> {
            page.navigate(url(at, Map.of("kc_idp_hint", Tenant.OKTA)));
            oktaLogin(page, DORA);
            page.locator("#account-deactivated").waitFor();
        }),
        NO_PASSWORD("sso-no-password", (page, at) -> {
            page.navigate(url(at, Map.of("kc_idp_hint", Tenant.OKTA, "kc_action", "UPDATE_PASSWORD")));
            oktaLogin(page, People.OLGA);
            page.locator("#enforce-sso-no-password").waitFor();
        }),
        NO_ACCESS("no-access", (page, at) -> {
            unmapped(at, "pending");
            try {
                page.navigate(url(at, Map.of()));
                page.locator("#social-okta").click();
                oktaLogin(page, NORA);
                page.locator("#no-access-why").waitFor();
            } finally {
                unmapped(at, "keep");
            }
        }),
        REFUSED_IMPLICIT("sso-refused", (page, at) -> {
            enableAction(at, false);
            try {
                page.navigate(url(at, Map.of("client_id", IMPLICIT, "response_type", "id_token token")));
                passwordLogin(page, People.NINA, People.PASSWORD);
                page.locator("#kc-error-message").waitFor();
            } finally {
                enableAction(at, true);
            }
        });

        private final String name;
        private final BiConsumer<Page, Tenant> way;

        Place(String name, BiConsumer<Page, Tenant> way) {
            this.name = name;
            this.way = way;
        }
    }

    @Nested
    @DisplayName("Every page")
    class EveryPage {

        static Stream<Arguments> looks() {
            return Arrays.stream(Place.values())
                    .flatMap(place -> Arrays.stream(Look.values()).map(look -> Arguments.of(place, look)));
        }

        @ParameterizedTest(name = "{0} {1}")
        @MethodSource("looks")
        @DisplayName("UX-4 of the theme is accessible, fits a telephone, and runs in the direction of its language")
        void theme(Place place, Look look) {
            Page page = browser.person(look.options());
            place.way.accept(page, tenant);

            RealBrowser.illustrate(page, place.name + look.ending);
            isAccessible(page, look);
        }

        @ParameterizedTest(name = "{0}")
        @EnumSource(value = Place.class, names = "LOGIN|REFUSED_IMPLICIT", mode = EnumSource.Mode.MATCH_NONE)
        @DisplayName("UX-4 is accessible in Keycloak's own theme, light and dark")
        void keycloaks(Place place) {
            Page page = browser.person(Look.LIGHT.options());
            place.way.accept(page, stock);
            RealBrowser.illustrate(page, place.name + "-keycloak");
            isAccessible(page, Look.LIGHT);

            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            isAccessible(page, Look.LIGHT);
        }

        private static void isAccessible(Page page, Look look) {
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(look.locale.substring(0, 2));
            assertThat(page.locator("html").getAttribute("dir")).isEqualTo(look == Look.ARABIC ? "rtl" : "ltr");
            assertThat(RealBrowser.seriousFindings(page)).isEmpty();
            assertThat(RealBrowser.fits(page, 320)).as("no scrolling sideways").isTrue();
        }
    }

    @Nested
    @DisplayName("Every text")
    class EveryText {

        /** Which texts of ours a page shows. */
        private static final Map<Place, List<String>> TEXTS = Map.of(
                Place.LOGIN, List.of("enterpriseContinue", "enterpriseOtherWays"),
                Place.REFUSAL, List.of("enforceSsoTitle", "enforceSsoWhy", "enforceSsoContinue", "enforceSsoRestart"),
                Place.REFUSAL_WITHOUT_PROVIDER, List.of("enforceSsoNoProvider"),
                Place.ADDRESS, List.of("enforceSsoPassword"),
                Place.CHOICE, List.of("enforceSsoChoose"),
                Place.DEACTIVATED, List.of("enforceSsoDeactivatedTitle", "enforceSsoDeactivated"),
                Place.NO_PASSWORD, List.of("enforceSsoNoPasswordTitle", "enforceSsoNoPassword", "enforceSsoBack"),
                Place.NO_ACCESS,
                        List.of("teamNoAccessTitle", "teamNoAccessWhy", "teamNoAccessContact", "teamNoAccessRestart"),
                Place.REFUSED_IMPLICIT, List.of("enforceSsoRefused"));

        static Stream<Place> places() {
            return TEXTS.keySet().stream().sorted();
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("places")
        @DisplayName("can be reworded in the realm's localization")
        void reworded(Place place) {
            RealmLocalizationResource localization = tenant.admin().realm().localization();
            localization.createOrUpdateRealmLocalizationTexts(
                    "de", TEXTS.get(place).stream().collect(Collectors.toMap(key -> key, EveryText::words)));
            try {
                Page page = browser.person(Look.DARK.options());
                place.way.accept(page, tenant);

                assertThat(page.locator("body").innerText())
                        .contains(
                                TEXTS.get(place).stream().map(EveryText::words).toList());
            } finally {
                localization.deleteRealmLocalizationTexts("de");
            }
        }

        @Test
        @DisplayName("is on one of the pages, but for those of the mails and of the account console")
        void all() throws IOException {
            Set<String> keys = new HashSet<>();
            for (String module : List.of(
                    "enforce-sso-authenticator/src/main/resources/theme-resources",
                    "group-team-mapper/src/main/resources/theme-resources",
                    "themes/src/main/resources/theme/enterprise/login")) {
                try (InputStream file = Files.newInputStream(
                        TestRun.repositoryRoot().resolve(module).resolve("messages/messages_en.properties"))) {
                    keys.addAll(new PropertyResourceBundle(file).keySet());
                }
            }
            keys.removeIf(key -> key.startsWith("ssoExemption") || key.equals("enforceSsoKeepLink"));

            assertThat(TEXTS.values().stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(keys);
        }

        private static String words(String key) {
            return "Bei Acme heißt das " + key;
        }
    }

    @Nested
    @DisplayName("The login page of the theme")
    class LoginPage {

        @Test
        @DisplayName("UX-3 shows the enterprise provider first and folds the rest away")
        void enterpriseFirst() {
            Page page = open(Look.LIGHT.options());

            assertThat(page.locator("nav a").allInnerTexts()).containsExactly("Continue with Okta");
            assertThat(page.locator("#username").isVisible()).isFalse();
        }

        @Test
        @DisplayName("UX-3 ENF-13 an exempt person unfolds the other ways by keyboard and signs in by password")
        void otherWaysByKeyboard() {
            Page page = open(Look.LIGHT.options());

            page.locator("#other-ways > summary").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#social-social").count()).isZero();
            page.locator("#username").fill(People.EMMA);
            page.locator("#password").fill(People.PASSWORD);
            page.keyboard().press("Enter");

            arrivesAtTheClient(page);
        }

        @Test
        @DisplayName("UX-3 unfolds by itself after a wrong password")
        void opensOnError() {
            Page page = open(Look.LIGHT.options());
            passwordLogin(page, People.NINA, "wrong");

            page.locator("#input-error-username").waitFor();
            assertThat(page.locator("#username").isVisible()).isTrue();
            RealBrowser.screenshot(page, "sso-login-error");
            assertThat(RealBrowser.seriousFindings(page)).isEmpty();
        }

        @Test
        @DisplayName("UX-4 works without JavaScript")
        void withoutJavaScript() {
            Page page = open(Look.LIGHT.options().setJavaScriptEnabled(false));
            passwordLogin(page, People.NINA, People.PASSWORD);

            page.locator("#enforce-sso-okta").click();

            page.waitForURL("**/realms/" + tenant.oktaRealm() + "/**");
        }

        @ParameterizedTest
        @EnumSource(Look.class)
        @DisplayName("UX-4 is accessible unfolded, too")
        void unfolded(Look look) {
            Page page = open(look.options());
            page.locator("#other-ways > summary").click();

            RealBrowser.illustrate(page, "login-unfolded" + look.ending);
            EveryPage.isAccessible(page, look);
        }

        @ParameterizedTest(name = "{0}")
        @EnumSource(
                value = Look.class,
                names = {"LIGHT", "DARK"})
        @DisplayName("UX-4 is accessible where the username is asked for first, then the password")
        void usernameFirst(Look look) {
            Page page = browser.person(look.options());
            page.navigate(url(tenant, Map.of("client_id", USERNAME_FIRST)));
            assertThat(page.locator("nav a").allInnerTexts()).hasSize(1);
            EveryPage.isAccessible(page, look);

            page.locator("#other-ways > summary").click();
            EveryPage.isAccessible(page, look);

            page.locator("#username").fill(People.EMMA);
            page.keyboard().press("Enter");
            page.locator("#password").waitFor();
            EveryPage.isAccessible(page, look);

            page.locator("#password").fill(People.PASSWORD);
            page.keyboard().press("Enter");
            arrivesAtTheClient(page);
        }
    }

    @Nested
    @DisplayName("By keyboard")
    class ByKeyboard {

        @Test
        @DisplayName("UX-1 the button of the refusal page completes the login at Okta")
        void continueWithOkta() {
            Page page = open(Look.LIGHT.options());
            passwordLogin(page, People.NINA, People.PASSWORD);

            page.locator("#enforce-sso-okta").focus();
            page.keyboard().press("Enter");
            page.waitForURL("**/realms/" + tenant.oktaRealm() + "/**");
            assertThat(page.locator("#username").inputValue()).isEqualTo(People.NINA);
            page.locator("#password").fill(People.OKTA_PASSWORD);
            page.locator("#kc-login").click();

            arrivesAtTheClient(page);
        }

        @Test
        @DisplayName("ENF-12 the address is typed where the cursor is, and Enter leads to the provider")
        void addressFirst() {
            Page page = browser.person(Look.LIGHT.options());
            Place.ADDRESS.way.accept(page, tenant);

            theCursorIsInTheName(page);
            page.keyboard().type(People.NINA);
            page.keyboard().press("Enter");

            page.waitForURL("**/realms/" + tenant.oktaRealm() + "/**");
            assertThat(page.locator("#username").inputValue()).isEqualTo(People.NINA);
        }

        @Test
        @DisplayName("UX-2 who has no access yet starts again as someone else, without JavaScript as well")
        void noAccessYet() {
            Page page = browser.person(Look.LIGHT.options().setJavaScriptEnabled(false));
            Place.NO_ACCESS.way.accept(page, tenant);

            assertThat(page.locator("#no-access-contact").innerText()).isEqualTo("Contact: it-help@acme.example");
            Locator restart = page.locator(".enforce-sso-restart a");
            tabTo(page, restart);
            page.keyboard().press("Enter");

            page.locator("#social-okta").waitFor();
        }

        @Test
        @DisplayName("UX-3 two tabs further is the password, without JavaScript as well")
        void passwordInstead() {
            Page page = browser.person(Look.LIGHT.options().setJavaScriptEnabled(false));
            Place.ADDRESS.way.accept(page, tenant);

            theCursorIsInTheName(page);
            page.keyboard().type(People.EMMA);
            page.keyboard().press("Tab");
            page.keyboard().press("Tab");
            page.keyboard().press("Enter");
            page.locator("#password").waitFor();
            assertThat(page.locator("#username").inputValue()).isEqualTo(People.EMMA);
            page.locator("#password").fill(People.PASSWORD);
            page.keyboard().press("Enter");

            arrivesAtTheClient(page);
        }
    }

    /** Keycloak draws its buttons for everybody (see docs/themes.md): what counts is what they lead to. */
    @Nested
    @DisplayName("UX-5 in the account console")
    class AccountConsole {

        private static final String UPDATE = "[data-testid='password/credential-list'] [data-testrole='update']";

        private static final String SET_UP = "[data-testid='password/create']";

        static Stream<Arguments> noPassword() {
            return Stream.of(Arguments.of(People.OLGA, UPDATE), Arguments.of(PAUL, SET_UP));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource
        @DisplayName("whoever must use single sign-on reads why there is no password to set, and comes back")
        void noPassword(String person, String button) {
            Page page = signingIn();
            page.locator("#social-okta").click();
            oktaLogin(page, person);

            page.locator(button).click();

            assertThat(page.locator("#enforce-sso-no-password").innerText())
                    .isEqualTo(
                            "Your organization requires single sign-on, so you sign in there and need no password here.");
            assertThat(page.locator("#password-new").count()).isZero();
            EveryPage.isAccessible(page, Look.LIGHT);
            page.locator("#enforce-sso-back").click();
            page.locator(button).waitFor();
            assertThat(page.url()).contains("/account/account-security/signing-in");
        }

        @Test
        @DisplayName("an exempt person gets the form")
        void exempt() {
            Page page = signingIn();
            passwordLogin(page, People.EMMA, People.PASSWORD);

            page.locator(UPDATE).click();

            page.locator("#password-new").waitFor();
        }

        private static Page signingIn() {
            Page page = browser.person(Look.LIGHT.options());
            page.navigate(tenant.server().url() + "/realms/" + tenant.realm() + "/account/account-security/signing-in");
            page.locator("#social-okta").waitFor();
            return page;
        }
    }

    @Nested
    @DisplayName("The name and logo of the theme")
    class Brand {

        @Test
        @DisplayName("are the realm's, and a picture of the theme is shown with the name as its text")
        void ofTheRealm() {
            brand(Map.of("enterprise.name", "Acme <b>& Sons", "enterprise.logo", "img/keycloak-logo-text.svg"));

            Page page = open(Look.LIGHT.options());

            assertThat(page.locator("#kc-header img").getAttribute("alt")).isEqualTo("Acme <b>& Sons");
            assertThat(page.evaluate("() => document.querySelector('#kc-header img').naturalWidth > 0"))
                    .isEqualTo(true);
            RealBrowser.illustrate(page, "login-logo");
            EveryPage.isAccessible(page, Look.LIGHT);
        }

        @Test
        @DisplayName("without attributes are the realm's display name, and without that its name")
        void absent() {
            brand(Map.of());
            assertThat(open(Look.LIGHT.options()).locator("#kc-header").innerText())
                    .isEqualTo("Acme");

            RealmRepresentation realm = tenant.admin().realm().toRepresentation();
            realm.setDisplayName("");
            tenant.admin().realm().update(realm);
            try {
                Page page = open(Look.LIGHT.options());
                assertThat(page.locator("#kc-header").innerText()).isEqualTo(tenant.realm());
                assertThat(page.locator("#kc-header img").count()).isZero();
            } finally {
                realm.setDisplayName("Acme");
                tenant.admin().realm().update(realm);
            }
        }

        @Test
        @DisplayName("without a picture are the name, escaped")
        void nameAlone() {
            brand(Map.of("enterprise.name", "Acme <b>& Sons"));

            Page page = open(Look.LIGHT.options());

            assertThat(page.locator("#kc-header").innerText()).isEqualTo("Acme <b>& Sons");
        }

        @Test
        @DisplayName("of another server come by https")
        void elsewhere() {
            brand(Map.of("enterprise.logo", "https://acme.test/logo.svg?v=1&w=2"));

            Page page = withoutInternet();
            page.navigate(url(tenant, Map.of()));

            assertThat(page.locator("#kc-header img").getAttribute("src"))
                    .isEqualTo("https://acme.test/logo.svg?v=1&w=2");
            assertThat(page.locator("#kc-header img").getAttribute("alt")).isEqualTo("Acme");
            assertThat(page.locator("#kc-header img").getAttribute("referrerpolicy"))
                    .isEqualTo("no-referrer");
            assertThat(page.reload().headerValue("content-security-policy"))
                    .isEqualTo("frame-src 'self'; frame-ancestors 'self'; object-src 'none';");
        }

        @Test
        @DisplayName("are the organization's, where Keycloak knows which one the login is for")
        void ofTheOrganization() {
            brand(Map.of("enterprise.name", "Acme", "enterprise.logo", "img/keycloak-logo-text.svg"));
            organizations(true);
            try {
                Answer created = tenant.admin()
                        .post(
                                "/organizations",
                                Map.of(
                                        "name",
                                        "Globex Corporation",
                                        "alias",
                                        "globex",
                                        "domains",
                                        List.of(Map.of("name", "globex.test")),
                                        "attributes",
                                        Map.of("enterprise.logo", List.of("https://globex.test/logo.png"))));
                assertThat(created.status()).as("%s", created).isEqualTo(201);

                Page page = withoutInternet();
                page.navigate(url(tenant, Map.of("scope", "openid organization:globex")));

                assertThat(page.locator("#kc-header img").getAttribute("src"))
                        .isEqualTo("https://globex.test/logo.png");
                assertThat(page.locator("#kc-header img").getAttribute("alt")).isEqualTo("Globex Corporation");

                OrganizationResource globex = tenant.admin()
                        .realm()
                        .organizations()
                        .get(tenant.admin().get("/organizations?search=Globex").at("/0/id"));
                OrganizationRepresentation named = globex.toRepresentation();
                named.singleAttribute("enterprise.name", "Globex <i>");
                globex.update(named).close();
                page.reload();
                assertThat(page.locator("#kc-header img").getAttribute("alt")).isEqualTo("Globex <i>");
            } finally {
                organizations(false);
            }
        }

        /** A page waits for its pictures, and nobody answers at these addresses. */
        private static Page withoutInternet() {
            Page page = browser.person(Look.LIGHT.options());
            page.route("https://**", Route::abort);
            return page;
        }

        private static void organizations(boolean enabled) {
            RealmRepresentation realm = tenant.admin().realm().toRepresentation();
            realm.setOrganizationsEnabled(enabled);
            tenant.admin().realm().update(realm);
        }

        @ParameterizedTest
        @CsvSource({
            "http://acme.test/logo.svg",
            "'https://acme.test/a.svg\" onerror=\"alert(1)'",
            "data:image/svg+xml;base64;PHN2Zz4=",
            "javascript:alert(1)",
            "../../../admin/logo.svg",
            "//acme.test/logo.svg"
        })
        @DisplayName("of another kind of address are not shown")
        void refused(String logo) {
            brand(Map.of("enterprise.logo", logo));

            Page page = open(Look.LIGHT.options());

            assertThat(page.locator("#kc-header img").count()).isZero();
            assertThat(page.locator("#kc-header").innerText()).isEqualTo("Acme");
        }

        private static void brand(Map<String, String> attributes) {
            RealmRepresentation realm = tenant.admin().realm().toRepresentation();
            realm.getAttributes().putAll(Map.of("enterprise.name", "", "enterprise.logo", ""));
            realm.getAttributes().putAll(attributes);
            tenant.admin().realm().update(realm);
        }
    }

    private static Page open(NewContextOptions options) {
        Page page = browser.person(options);
        page.navigate(url(tenant, Map.of()));
        return page;
    }

    /** The browser puts it there a moment after it has shown the page. */
    private static void theCursorIsInTheName(Page page) {
        page.locator("#username:focus").waitFor();
    }

    /** Presses Tab until the element has the focus, as often as there are things to stop at. */
    private static void tabTo(Page page, Locator element) {
        int stops = page.locator("a, button, input, select, summary").count();
        for (int stop = 0; stop < stops && !focused(element); stop++) {
            page.keyboard().press("Tab");
        }
        assertThat(focused(element)).as("reached by Tab").isTrue();
    }

    private static boolean focused(Locator element) {
        return element.and(element.page().locator(":focus")).count() == 1;
    }

    private static void arrivesAtTheClient(Page page) {
        page.waitForURL(OidcBrowser.REDIRECT_URI + "**");
        assertThat(page.url()).contains("code=");
    }

    private static String url(Tenant at, Map<String, String> parameters) {
        return at.browser().loginUrl(parameters).toString();
    }

    private static void passwordLogin(Page page, String name, String password) {
        if (!page.locator("#username").isVisible()
                && page.locator("#other-ways").count() > 0) {
            page.locator("#other-ways > summary").click();
        }
        page.locator("#username").fill(name);
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
    }

    private static void oktaLogin(Page page, String name) {
        page.locator("#username").fill(name);
        page.locator("#password").fill(People.OKTA_PASSWORD);
        page.locator("#kc-login").click();
    }

    private static ClientRepresentation override(String id, String flow) {
        ClientRepresentation client = client(id);
        client.setAuthenticationFlowBindingOverrides(Map.of("browser", flow));
        return client;
    }

    private static ClientRepresentation client(String id) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(id);
        client.setPublicClient(true);
        client.setRedirectUris(List.of(OidcBrowser.REDIRECT_URI));
        return client;
    }

    private static void enableOkta(Tenant at, boolean enabled) {
        IdentityProviderRepresentation okta =
                at.admin().realm().identityProviders().get(Tenant.OKTA).toRepresentation();
        okta.setEnabled(enabled);
        at.admin().realm().identityProviders().get(Tenant.OKTA).update(okta);
    }

    /** What the group mapper does with people who come through Okta, where nobody has a group. */
    private static void unmapped(Tenant at, String unmapped) {
        Answer saved = at.admin()
                .put(
                        "/group-mappings/settings",
                        Map.of(
                                "unmapped",
                                unmapped,
                                "identityProviders",
                                List.of(Tenant.OKTA),
                                "contact",
                                "it-help@acme.example"));
        assertThat(saved.status()).as("%s", saved).isEqualTo(200);
    }

    private static void enableAction(Tenant at, boolean enabled) {
        var flows = at.admin().realm().flows();
        var action = flows.getRequiredAction("enforce-sso");
        action.setEnabled(enabled);
        flows.updateRequiredAction("enforce-sso", action);
    }
}
