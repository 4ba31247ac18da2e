package io.github.enterprisesso.it.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The browser fixture: a login by hand in Keycloak's own theme. */
@KeycloakTest
class RealBrowserIT {

    @AutoClose
    static Tenant tenant;

    @AutoClose
    static RealBrowser browser;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "browser");
        browser = RealBrowser.start();
    }

    @Test
    @DisplayName("a person types his password and arrives at the client")
    void login() {
        Page page = browser.person();
        page.navigate(tenant.loginUrl().toString());
        page.locator("#username").fill(Tenant.OWNER);
        page.locator("#password").fill(Tenant.OWNER_PASSWORD);
        RealBrowser.screenshot(page, "fixture-login");
        page.locator("#kc-login").click();

        page.waitForURL(OidcBrowser.REDIRECT_URI + "**");

        assertThat(page.url()).contains("code=");
    }

    @Test
    @DisplayName("axe-core finds what is wrong with a page")
    void accessibility() {
        Page page = browser.person();
        page.setContent("<html><body><img src='data:,'><button></button></body></html>");

        assertThat(RealBrowser.seriousFindings(page))
                .anyMatch(finding -> finding.startsWith("image-alt"))
                .anyMatch(finding -> finding.startsWith("button-name"));
    }
}
