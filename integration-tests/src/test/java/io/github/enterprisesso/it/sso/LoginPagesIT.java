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
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    private static NewContextOptions light() {
        return new NewContextOptions().setLocale("en-US").setColorScheme(ColorScheme.LIGHT);
    }

    private static Page open(Tenant tenant, NewContextOptions options) {
        Page page = browser.person(options);
        page.navigate(tenant.loginUrl().toString());
        return page;
    }

    private static void passwordLogin(Page page, String password) {
        if (!page.locator("#username").isVisible()) {
            page.locator("#other-ways > summary").click();
        }
        page.locator("#username").fill(People.NINA);
        page.locator("#password").fill(password);
        page.locator("#kc-login").click();
    }
}
