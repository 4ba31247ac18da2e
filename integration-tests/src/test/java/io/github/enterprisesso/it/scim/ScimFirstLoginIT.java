package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.resource.UserResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** The first login through the identity provider finds the person who was pushed, by OIDC and by SAML. */
@KeycloakTest
class ScimFirstLoginIT {

    private static final String SAML = "okta-saml";

    @AutoClose
    static Tenant tenant;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "firstlogin");
        String entity = keycloak.url() + "/realms/" + tenant.realm();
        String endpoint = entity + "/broker/" + SAML + "/endpoint";
        try (Response created = tenant.admin()
                .keycloak()
                .realm(tenant.oktaRealm())
                .clients()
                .create(serviceProvider(entity, endpoint))) {
            assertThat(created.getStatus()).isEqualTo(201);
        }
        Answer provider = tenant.admin().post("/identity-provider/instances", identityProvider(keycloak, entity));
        assertThat(provider.status()).as("%s", provider).isEqualTo(201);
    }

    /** The tenant, as the SAML app of the Okta org: signed assertions, the NameID is the user name. */
    private static ClientRepresentation serviceProvider(String entity, String endpoint) {
        ClientRepresentation app = new ClientRepresentation();
        app.setClientId(entity);
        app.setProtocol("saml");
        app.setFrontchannelLogout(true);
        app.setRedirectUris(List.of(endpoint));
        app.setAttributes(Map.of(
                "saml.client.signature", "false",
                "saml.server.signature", "true",
                "saml.assertion.signature", "true",
                "saml.authnstatement", "true",
                "saml.force.post.binding", "true",
                "saml_force_name_id_format", "true",
                "saml_name_id_format", "username",
                "saml_assertion_consumer_url_post", endpoint));
        return app;
    }

    /** Made from the metadata of the Okta org, certificate included, as an administrator would. */
    private static Map<String, Object> identityProvider(KeycloakServer keycloak, String entity) {
        Answer imported = tenant.admin()
                .post(
                        "/identity-provider/import-config",
                        Map.of(
                                "providerId",
                                "saml",
                                "fromUrl",
                                keycloak.url() + "/realms/" + tenant.oktaRealm() + "/protocol/saml/descriptor"));
        assertThat(imported.status()).as("%s", imported).isEqualTo(200);
        Map<String, String> config = new HashMap<>();
        for (Map.Entry<String, JsonNode> setting : imported.body().properties()) {
            config.put(setting.getKey(), setting.getValue().asText());
        }
        config.put("entityId", entity);
        config.put("validateSignature", "true");
        config.put("wantAssertionsSigned", "true");
        config.put("postBindingResponse", "true");
        config.put("postBindingAuthnRequest", "false");
        config.put("wantAuthnRequestsSigned", "false");
        config.put("nameIDPolicyFormat", "urn:oasis:names:tc:SAML:1.1:nameid-format:unspecified");
        config.put("principalType", "SUBJECT");
        config.put("syncMode", "LEGACY");
        return Map.of(
                "alias",
                SAML,
                "providerId",
                "saml",
                "displayName",
                "Okta SAML",
                "enabled",
                true,
                "trustEmail",
                true,
                "config",
                config);
    }

    private static ScimClient connect(String name, String alias, Map<String, String> options) {
        Answer created = tenant.admin()
                .post("/scim-connections", Map.of("name", name, "identityProvider", alias, "options", options));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        return tenant.withNewToken(created.at("/id"), Map.of("label", name));
    }

    /** A browser sends the assertion on by itself. */
    private static Page loginBySaml(String user) {
        Page page = tenant.browser().loginThrough(SAML, user, "okta-password");
        return page.has("form[name=saml-post-binding]") ? page.submit("form[name=saml-post-binding]", Map.of()) : page;
    }

    private static void assertLandedOn(String id, Page page) {
        assertThat(page.code()).as("%s", page).isPresent();
        assertThat(tenant.sessionsOf(id)).isEqualTo(1);
        assertThat(tenant.admin().realm().users().get(id).getFederatedIdentity())
                .hasSize(1);
    }

    @Test
    @DisplayName("USR-19 USR-20 by OIDC, linked by externalId")
    void oidc() {
        ScimClient scim = tenant.connect("oidc", Map.of());
        String oktaId = tenant.oktaUser("olga@acme.test", "okta-password");
        String id = scim.post("/Users", Scim.user("Olga@acme.test", oktaId)).at("/id");

        assertLandedOn(id, tenant.browser().loginThrough(Tenant.OKTA, "olga@acme.test", "okta-password"));
    }

    @Test
    @DisplayName(
            "USR-17 suspended at Okta, of which nothing is sent: signed in until an administrator ends it, and then out for good")
    void suspended() {
        ScimClient scim = tenant.connect("oidc-suspended", Map.of());
        String oktaId = tenant.oktaUser("susi@acme.test", "okta-password");
        String id = scim.post("/Users", Scim.user("susi@acme.test", oktaId)).at("/id");
        OidcBrowser browser = tenant.browser();
        Answer tokens = browser.tokens(browser.loginThrough(Tenant.OKTA, "susi@acme.test", "okta-password"));
        UserResource atOkta =
                tenant.admin().keycloak().realm(tenant.oktaRealm()).users().get(oktaId);
        UserRepresentation suspended = atOkta.toRepresentation();
        suspended.setEnabled(false);
        atOkta.update(suspended);

        Answer refreshed = browser.refresh(tokens.at("/refresh_token"));
        assertThat(refreshed.status()).as("%s", refreshed).isEqualTo(200);

        tenant.admin().realm().users().get(id).logout();

        assertThat(browser.refresh(refreshed.at("/refresh_token")).status()).isEqualTo(400);
        Page refused = tenant.browser().loginThrough(Tenant.OKTA, "susi@acme.test", "okta-password");
        assertThat(refused.code()).as("%s", refused).isEmpty();
        assertThat(tenant.sessionsOf(id)).isZero();
        assertThat(scim.get("/Users/" + id).at("/active")).isEqualTo("true");
    }

    @Test
    @DisplayName("USR-7 USR-20 by OIDC, a person whom the push adopted")
    void oidcAdopted() {
        ScimClient scim = tenant.connect("oidc-adopting", Map.of());
        String id = tenant.localUser("otto@acme.test", "local-password");
        String oktaId = tenant.oktaUser("otto@acme.test", "okta-password");
        String found = scim.get("/Users?filter=userName eq \"otto@acme.test\"").at("/Resources/0/id");
        assertThat(found).isEqualTo(id);
        assertThat(scim.put("/Users/" + id, Scim.user("otto@acme.test", oktaId)).status())
                .isEqualTo(200);

        assertLandedOn(id, tenant.browser().loginThrough(Tenant.OKTA, "otto@acme.test", "okta-password"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"userName", "email"})
    @DisplayName("USR-19 USR-20 by SAML, linked by what the NameID is")
    void saml(String linkUserId) {
        ScimClient scim = connect("saml-" + linkUserId, SAML, Map.of("linkUserId", linkUserId));
        String name = "sam-" + linkUserId.toLowerCase() + "@acme.test";
        tenant.oktaUser(name, "okta-password");
        String id = Scim.create(scim, name);

        assertLandedOn(id, loginBySaml(name));
    }

    @Test
    @DisplayName("USR-7 USR-20 by SAML, a person whom the push adopted")
    void samlAdopted() {
        ScimClient scim = connect("saml-adopting", SAML, Map.of("linkUserId", "userName"));
        String id = tenant.localUser("sara@acme.test", "local-password");
        tenant.oktaUser("sara@acme.test", "okta-password");
        Answer adopted = scim.patch("/Users/" + id, Scim.patch("{\"op\":\"replace\",\"value\":{\"active\":true}}"));
        assertThat(adopted.status()).as("%s", adopted).isEqualTo(200);

        assertLandedOn(id, loginBySaml("sara@acme.test"));
    }

    @Test
    @DisplayName("USR-20 by SAML, a person who was never pushed gets no way into somebody else's account")
    void samlStranger() {
        String id = tenant.localUser("stranger@acme.test", "local-password");
        tenant.oktaUser("stranger@acme.test", "okta-password");

        Page page = loginBySaml("stranger@acme.test");

        assertThat(page.code()).as("%s", page).isEmpty();
        assertThat(tenant.sessionsOf(id)).isZero();
    }
}
