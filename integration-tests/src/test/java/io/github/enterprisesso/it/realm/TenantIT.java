package io.github.enterprisesso.it.realm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The fixture itself: what the other tests take for granted. */
@KeycloakTest
@Tag("h2")
@Tag("smoke")
class TenantIT {

    @AutoClose
    static Tenant tenant;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "fixture");
    }

    @Test
    @DisplayName("a person signs in by password and gets tokens")
    void password() {
        tenant.localUser("paula@acme.test", "paula-password");

        Page page = tenant.browser().loginByPassword("paula@acme.test", "paula-password");

        Answer tokens = tenant.browser().tokens(page);
        assertThat(tokens.status()).isEqualTo(200);
        assertThat(tenant.browser().userInfo(tokens.at("/access_token")).at("/email"))
                .isEqualTo("paula@acme.test");
        assertThat(tenant.browser().refresh(tokens.at("/refresh_token")).status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("a linked person signs in through the enterprise provider")
    void brokered() {
        String oktaId = tenant.oktaUser("olga@acme.test", "olga-password");
        String id = tenant.localUser("olga@acme.test", "another-password");
        tenant.link(id, Tenant.OKTA, oktaId, "olga@acme.test");

        Page page = tenant.browser().loginThrough(Tenant.OKTA, "olga@acme.test", "olga-password");

        assertThat(page.isClient()).as("%s", page).isTrue();
        assertThat(tenant.sessionsOf(id)).isEqualTo(1);
    }

    @Test
    @DisplayName("an unknown person of the social provider gets an account at the first login")
    void firstBrokerLogin() {
        tenant.socialUser("sam@acme.test", "sam-password");

        Page page = tenant.browser().loginThrough(Tenant.SOCIAL, "sam@acme.test", "sam-password");

        assertThat(page.code()).as("%s", page).isPresent();
    }

    @Test
    @DisplayName("a wrong password ends on the login page")
    void wrongPassword() {
        Page page = tenant.browser().loginByPassword(Tenant.OWNER, "not-his-password");

        assertThat(page.isClient()).isFalse();
        assertThat(page.has("#kc-form-login")).isTrue();
    }
}
