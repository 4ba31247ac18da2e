package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;

/** The boundary by itself: somebody has disabled the required action, and still no token and no assertion leaves. */
@KeycloakTest
class OutputGateIT {

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-output");
        people = People.in(tenant);
        try (Response response = tenant.admin().realm().clients().create(SamlApp.client())) {
            assertThat(response.getStatus()).isEqualTo(201);
        }
        ClientRepresentation app = tenant.admin()
                .realm()
                .clients()
                .findByClientId(OidcBrowser.CLIENT)
                .get(0);
        app.setImplicitFlowEnabled(true);
        tenant.admin().realm().clients().get(app.getId()).update(app);
        tenant.policy("ENFORCE");
        RequiredActionProviderRepresentation action =
                tenant.admin().realm().flows().getRequiredAction("enforce-sso");
        action.setEnabled(false);
        tenant.admin().realm().flows().updateRequiredAction("enforce-sso", action);
    }

    @Test
    @DisplayName("Route 1: the code of a password login buys no token, and the session ends")
    void code() {
        Page page = people.browser().loginByPassword(NINA, PASSWORD);
        assertThat(page.code()).isPresent();

        people.isRefused(people.browser().tokens(page), people.nina);
    }

    @Test
    @DisplayName("Route 1: exempt people and enterprise logins get their tokens")
    void others() {
        people.passes(people.browser().loginByPassword(EMMA, PASSWORD));
        people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
    }

    @Test
    @DisplayName("Route 23: a SAML application gets no assertion, and the session ends")
    void saml() {
        Page page = SamlApp.spInitiated(tenant).signIn(NINA, PASSWORD);

        assertThat(page.status()).isEqualTo(400);
        assertThat(page.text()).contains("requires single sign-on");
        assertThat(page.has("input[name=SAMLResponse]")).isFalse();
        assertThat(tenant.sessionsOf(people.nina)).isZero();
        assertThat(SamlApp.hasAssertion(SamlApp.spInitiated(tenant).signIn(EMMA, PASSWORD)))
                .isTrue();
    }

    @Test
    @DisplayName("Route 27: an implicit login ends on an error page, without a token and without a session")
    void implicit() {
        Page page = people.browser()
                .login(Map.of("response_type", "id_token token"))
                .signIn(NINA, PASSWORD);

        assertThat(page.isClient()).isFalse();
        assertThat(page.status()).isEqualTo(403);
        assertThat(page.text()).contains("requires single sign-on");
        assertThat(tenant.sessionsOf(people.nina)).isZero();
    }

    @Test
    @DisplayName("Route 27: a hybrid login ends on an error page too")
    void hybrid() {
        Page page =
                people.browser().login(Map.of("response_type", "code id_token")).signIn(NINA, PASSWORD);

        assertThat(page.isClient()).isFalse();
        assertThat(page.status()).isEqualTo(403);
        assertThat(tenant.sessionsOf(people.nina)).isZero();
    }
}
