package io.github.enterprisesso.it.sso;

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
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;

/** A login for an organization inside an enterprise session: there the cookie alone does not end Keycloak's flow. */
@KeycloakTest
class OrganizationsIT {

    private static final Map<String, String> FOR_AN_ORGANIZATION = Map.of("scope", "openid organization");

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-organizations", realm -> realm.setOrganizationsEnabled(true));
        people = People.in(tenant);
        OrganizationRepresentation partner = new OrganizationRepresentation();
        partner.setName("Partner");
        partner.setAlias("partner");
        partner.addDomain(new OrganizationDomainRepresentation("partner.test"));
        try (Response response = tenant.admin().realm().organizations().create(partner)) {
            assertThat(CreatedResponseUtil.getCreatedId(response)).isNotBlank();
        }
        tenant.policy("ENFORCE");
    }

    @Test
    @DisplayName("Route 14: a password that is asked for because no organization fits is judged by itself")
    void passwordBehindTheCookie() {
        OidcBrowser browser = olgaThroughOkta();

        Page password = browser.login(Map.of("scope", "openid organization", "login_hint", OLGA));
        assertThat(password.has("#password")).as("%s", password).isTrue();
        Page refused = password.submit("#kc-form-login", Map.of("password", PASSWORD));

        assertThat(refused.isClient()).as("%s", refused).isFalse();
        assertThat(refused.has("#enforce-sso-okta")).as("%s", refused).isTrue();
        people.passes(browser.login());
    }

    @Test
    @DisplayName("Route 13: the cookie of an enterprise login passes for an organization too")
    void cookie() {
        people.passes(olgaThroughOkta().login(FOR_AN_ORGANIZATION));
    }

    private static OidcBrowser olgaThroughOkta() {
        OidcBrowser browser = people.browser();
        people.passes(browser.login(Map.of("kc_idp_hint", Tenant.OKTA)).signIn(OLGA, OKTA_PASSWORD));
        return browser;
    }
}
