package io.github.enterprisesso.it.sso;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser.NewContextOptions;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.github.enterprisesso.it.browser.RealBrowser;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.ClientRepresentation;

/** The pages in a real browser: theme {@code enterprise}, and the refusal page in Keycloak's own theme. */
@KeycloakTest
class LoginPagesIT {

    @AutoClose
    static Tenant tenant;

    @AutoClose
    static Tenant stock;

    @AutoClose
    static RealBrowser browser;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-pages", realm -> {
            realm.setLoginTheme("enterprise");
            realm.setDisplayName("Acme");
        });
        People.in(tenant);
        tenant.policy("ENFORCE");
        stock = Tenant.create(keycloak, "sso-stock");
        People.in(stock);
        stock.policy("ENFORCE");
        browser = RealBrowser.start();
    }

    @Nested
    @DisplayName("The login page of the theme")
    class LoginPage {

        @Test
        @DisplayName("UX-3 shows the enterprise provider first and folds the rest away")
        void enterpriseFirst() {
            Page page = open(tenant, light());

            assertThat(page.locator("nav a").allInnerTexts()).containsExactly("Continue with Okta");
            assertThat(page.locator("#username").isVisible()).isFalse();
            assertThat(page.locator("#social-social").isVisible()).isFalse();
        }

        @Test
        @DisplayName("UX-3 an exempt person unfolds the other ways by keyboard and signs in by password")
        void otherWaysByKeyboard() {
            Page page = open(tenant, light());

            page.locator("#other-ways > summary").focus();
            page.keyboard().press("Enter");
            assertThat(page.locator("#social-social").isVisible()).isTrue();
            page.locator("#username").fill(People.EMMA);
            page.locator("#password").fill(People.PASSWORD);
            page.keyboard().press("Enter");

            page.waitForURL(OidcBrowser.REDIRECT_URI + "**");
            assertThat(page.url()).contains("code=");
        }

        @Test
        @DisplayName("UX-3 unfolds by itself after a wrong password")
        void opensOnError() {
            Page page = open(tenant, light());
            passwordLogin(page, "wrong");

            page.locator("#input-error-username").waitFor();
            assertThat(page.locator("#username").isVisible()).isTrue();
            RealBrowser.screenshot(page, "sso-login-error");
            assertThat(RealBrowser.seriousFindings(page)).isEmpty();
        }

        @Test
        @DisplayName("UX-4 works without JavaScript")
        void withoutJavaScript() {
            Page page = open(tenant, light().setJavaScriptEnabled(false));
            passwordLogin(page, People.PASSWORD);

            page.locator("#enforce-sso-okta").click();

            page.waitForURL("**/realms/" + tenant.oktaRealm() + "/**");
        }

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource({"LIGHT,en-US", "DARK,en-US", "LIGHT,de-DE", "DARK,de-DE"})
        @DisplayName("UX-4 axe-core finds nothing serious, folded and unfolded")
        void accessible(ColorScheme scheme, String locale) {
            Page page = open(tenant, new NewContextOptions().setLocale(locale).setColorScheme(scheme));
            String name = "sso-login-" + scheme.name().toLowerCase() + "-" + locale.substring(0, 2);

            RealBrowser.screenshot(page, name);
            assertThat(RealBrowser.seriousFindings(page)).isEmpty();

            page.locator("#other-ways > summary").click();
            RealBrowser.screenshot(page, name + "-unfolded");
            assertThat(RealBrowser.seriousFindings(page)).isEmpty();
            assertThat(page.locator("html").getAttribute("lang")).isEqualTo(locale.substring(0, 2));
        }
    }

    @Nested
    @DisplayName("The refusal page")
    class RefusalPage {

        @Test
        @DisplayName("UX-1 its button completes the login at Okta, by keyboard")
        void continueWithOkta() {
            Page page = open(tenant, light());
            passwordLogin(page, People.PASSWORD);

            page.locator("#enforce-sso-okta").focus();
            page.keyboard().press("Enter");
            page.waitForURL("**/realms/" + tenant.oktaRealm() + "/**");
            assertThat(page.locator("#username").inputValue()).isEqualTo(People.NINA);
            page.locator("#password").fill(People.OKTA_PASSWORD);
            page.locator("#kc-login").click();

            page.waitForURL(OidcBrowser.REDIRECT_URI + "**");
            assertThat(page.url()).contains("code=");
        }

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource({"LIGHT,en-US", "DARK,en-US", "LIGHT,de-DE", "DARK,de-DE"})
        @DisplayName("UX-4 axe-core finds nothing serious in the theme")
        void accessible(ColorScheme scheme, String locale) {
            Page page = open(tenant, new NewContextOptions().setLocale(locale).setColorScheme(scheme));
            passwordLogin(page, People.PASSWORD);

            page.locator("#enforce-sso-okta").waitFor();
            RealBrowser.screenshot(page, "sso-required-" + scheme.name().toLowerCase() + "-" + locale.substring(0, 2));
            assertThat(page.locator("#enforce-sso-okta").innerText())
                    .isEqualTo(locale.startsWith("de") ? "Weiter mit Okta" : "Continue with Okta");
            assertThat(RealBrowser.seriousFindings(page)).isEmpty();
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({"LIGHT", "DARK"})
        @DisplayName("UX-4 axe-core finds nothing serious in Keycloak's own theme")
        void accessibleInTheStockTheme(ColorScheme scheme) {
            Page page = open(stock, new NewContextOptions().setLocale("en-US").setColorScheme(scheme));
            passwordLogin(page, People.PASSWORD);

            page.locator("#enforce-sso-okta").waitFor();
            RealBrowser.screenshot(page, "sso-required-stock-" + scheme.name().toLowerCase());
            assertThat(RealBrowser.seriousFindings(page)).isEmpty();
        }
    }

    @Nested
    @DisplayName("Pages that few people see:")
    class RarePages {

        private static final String USERNAME_FIRST = "username-first";
        private static final String IMPLICIT = "implicit";

        @BeforeAll
        static void clients() {
            ClientRepresentation usernameFirst = client(USERNAME_FIRST);
            usernameFirst.setAuthenticationFlowBindingOverrides(Map.of("browser", UsernameFirst.create(tenant)));
            tenant.admin().realm().clients().create(usernameFirst).close();
            ClientRepresentation implicit = client(IMPLICIT);
            implicit.setImplicitFlowEnabled(true);
            tenant.admin().realm().clients().create(implicit).close();
        }

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource({"LIGHT,en-US", "DARK,de-DE"})
        @DisplayName("UX-4 axe-core finds nothing serious where the username is asked for first, then the password")
        void usernameFirst(ColorScheme scheme, String locale) {
            Page page = person(scheme, locale);
            page.navigate(loginUrl(Map.of("client_id", USERNAME_FIRST)));
            assertThat(page.locator("nav a").allInnerTexts()).hasSize(1);
            isAccessible(page, "sso-username", scheme);

            page.locator("#other-ways > summary").click();
            isAccessible(page, "sso-username-unfolded", scheme);

            page.locator("#username").fill(People.EMMA);
            page.keyboard().press("Enter");
            page.locator("#password").waitFor();
            isAccessible(page, "sso-password", scheme);

            page.locator("#password").fill(People.PASSWORD);
            page.keyboard().press("Enter");
            page.waitForURL(OidcBrowser.REDIRECT_URI + "**");
            assertThat(page.url()).contains("code=");
        }

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource({"LIGHT,en-US", "DARK,de-DE"})
        @DisplayName("UX-4 axe-core finds nothing serious on the refusal page without a provider")
        void refusalWithoutProvider(ColorScheme scheme, String locale) {
            enableOkta(false);
            try {
                Page page = person(scheme, locale);
                page.navigate(loginUrl(Map.of()));
                passwordLogin(page, People.PASSWORD);

                page.locator("#enforce-sso-why").waitFor();
                assertThat(page.locator("#enforce-sso-form").count()).isZero();
                isAccessible(page, "sso-required-no-provider", scheme);
            } finally {
                enableOkta(true);
            }
        }

        @ParameterizedTest(name = "{0} {1}")
        @CsvSource({"LIGHT,en-US", "DARK,de-DE"})
        @DisplayName("UX-4 axe-core finds nothing serious on the error page of a refused implicit login")
        void refusedImplicitLogin(ColorScheme scheme, String locale) {
            enableAction(false);
            try {
                Page page = person(scheme, locale);
                page.navigate(loginUrl(Map.of("client_id", IMPLICIT, "response_type", "id_token token")));
                passwordLogin(page, People.PASSWORD);

                page.locator("#kc-error-message").waitFor();
                assertThat(page.locator("#kc-error-message").innerText())
                        .contains(locale.startsWith("de") ? "verlangt Single Sign-on" : "requires single sign-on");
                isAccessible(page, "sso-refused-error", scheme);
            } finally {
                enableAction(true);
            }
        }

        private static void isAccessible(Page page, String name, ColorScheme scheme) {
            RealBrowser.screenshot(page, name + "-" + scheme.name().toLowerCase(Locale.ROOT));
            assertThat(RealBrowser.seriousFindings(page)).isEmpty();
        }

        private static Page person(ColorScheme scheme, String locale) {
            return browser.person(new NewContextOptions().setLocale(locale).setColorScheme(scheme));
        }

        private static String loginUrl(Map<String, String> parameters) {
            return tenant.browser().loginUrl(parameters).toString();
        }

        private static ClientRepresentation client(String id) {
            ClientRepresentation client = new ClientRepresentation();
            client.setClientId(id);
            client.setPublicClient(true);
            client.setRedirectUris(List.of(OidcBrowser.REDIRECT_URI));
            return client;
        }

        private static void enableOkta(boolean enabled) {
            var okta = tenant.admin().realm().identityProviders().get(Tenant.OKTA);
            var provider = okta.toRepresentation();
            provider.setEnabled(enabled);
            okta.update(provider);
        }

        private static void enableAction(boolean enabled) {
            var flows = tenant.admin().realm().flows();
            var action = flows.getRequiredAction("enforce-sso");
            action.setEnabled(enabled);
            flows.updateRequiredAction("enforce-sso", action);
        }
    }

    private static NewContextOptions light() {
        return new NewContextOptions().setLocale("en-US").setColorScheme(ColorScheme.LIGHT);
    }

    private static Page open(Tenant tenant, NewContextOptions options) {
        Page page = browser.person(options);
        page.navigate(tenant.loginUrl().toString());
        return page;
    }

    private static void passwordLogin(Page page, String password) {
        if (!page.locator("#username").isVisible()
                && page.locator("#other-ways").count() > 0) {
            page.locator("#other-ways > summary").click();
        }
        page.locator("#username").fill(People.NINA);
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
    }
}
