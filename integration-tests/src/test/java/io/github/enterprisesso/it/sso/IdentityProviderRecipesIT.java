package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** What Keycloak does by itself, done as docs/identity-providers.md says, in a realm that enforces the result. */
@KeycloakTest
class IdentityProviderRecipesIT {

    private static final String SAML = "okta-saml";
    private static final String PORTAL_LINK = "tenant";
    private static final String EMAIL_ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress";
    private static final List<String> ATTRIBUTES = List.of("firstName", "lastName", "email");

    @AutoClose
    static Tenant tenant;

    static String issuer;
    static String endpoint;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-recipes", realm -> {
            realm.setAccessTokenLifespan(1800);
            realm.setSsoSessionIdleTimeout(3600);
            realm.setSsoSessionMaxLifespan(43_200);
        });
        issuer = keycloak.url() + "/realms/" + tenant.realm();
        endpoint = issuer + "/broker/" + SAML + "/endpoint";
        try (Response created = tenant.admin().realm().clients().create(SamlApp.client())) {
            assertThat(created.getStatus()).isEqualTo(201);
        }
        providerFromMetadata();
        registerAtOkta(
                tenant.browser().get(URI.create(endpoint + "/descriptor")).text());
        Answer enforced = tenant.admin()
                .put("/sso-policy", Map.of("mode", "ENFORCE", "allowedProviders", List.of(Tenant.OKTA, SAML)));
        assertThat(enforced.status()).as("%s", enforced).isEqualTo(200);
    }

    private static void providerFromMetadata() {
        Map<String, String> config = new HashMap<>(tenant.admin()
                .realm()
                .identityProviders()
                .importFrom(Map.of("providerId", "saml", "fromUrl", okta() + "/protocol/saml/descriptor")));
        config.put("nameIDPolicyFormat", EMAIL_ADDRESS);
        config.put("validateSignature", "true");
        try (Response created = tenant.admin().realm().identityProviders().create(saml(SAML, config))) {
            assertThat(created.getStatus()).isEqualTo(201);
        }
        for (String attribute : ATTRIBUTES) {
            IdentityProviderMapperRepresentation importer = new IdentityProviderMapperRepresentation();
            importer.setName(attribute);
            importer.setIdentityProviderAlias(SAML);
            importer.setIdentityProviderMapper("saml-user-attribute-idp-mapper");
            importer.setConfig(Map.of("attribute.name", attribute, "user.attribute", attribute));
            tenant.admin()
                    .realm()
                    .identityProviders()
                    .get(SAML)
                    .addMapper(importer)
                    .close();
        }
    }

    private static IdentityProviderRepresentation saml(String alias, Map<String, String> config) {
        IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
        provider.setAlias(alias);
        provider.setProviderId("saml");
        provider.setEnabled(true);
        provider.setTrustEmail(true);
        provider.setConfig(config);
        return provider;
    }

    /** What the administrator of the Okta org does with the metadata of the tenant. */
    private static void registerAtOkta(String metadata) {
        RealmResource realm = tenant.admin().keycloak().realm(tenant.oktaRealm());
        ClientRepresentation app = realm.convertClientDescription(metadata);
        app.getAttributes().put("saml_idp_initiated_sso_url_name", PORTAL_LINK);
        app.getAttributes().put("saml_assertion_consumer_url_post", endpoint + "/clients/" + SamlApp.ENTITY_ID);
        app.setProtocolMappers(
                ATTRIBUTES.stream().map(IdentityProviderRecipesIT::sent).toList());
        try (Response created = realm.clients().create(app)) {
            assertThat(created.getStatus()).isEqualTo(201);
        }
    }

    private static ProtocolMapperRepresentation sent(String attribute) {
        ProtocolMapperRepresentation mapper = new ProtocolMapperRepresentation();
        mapper.setName(attribute);
        mapper.setProtocol("saml");
        mapper.setProtocolMapper("saml-user-property-mapper");
        mapper.setConfig(Map.of(
                "user.attribute", attribute, "attribute.name", attribute, "attribute.nameformat", "Unspecified"));
        return mapper;
    }

    @Test
    @DisplayName(
            "CON-1 CON-2 the provider's administrator can copy entity ID, ACS URL and NameID format, the doctor tells them too")
    void serviceProviderValues() {
        String metadata =
                tenant.browser().get(URI.create(endpoint + "/descriptor")).text();

        assertThat(metadata)
                .contains("entityID=\"" + issuer + "\"")
                .contains("Location=\"" + endpoint + "\"")
                .contains(EMAIL_ADDRESS);
        assertThat(tenant.admin().get("/sso-policy/doctor?probe=false").text())
                .contains("ACS URL of 'okta-saml' is " + endpoint + ", its entity ID here " + issuer)
                .contains("Redirect URI of 'okta' is " + issuer + "/broker/okta/endpoint");
    }

    @Test
    @DisplayName("CON-3 CON-5 CON-8 who comes for the first time, from an application, has an account with his names")
    void justInTime() {
        tenant.oktaUser("jana@acme.test", OKTA_PASSWORD);

        assertThat(bySaml("jana@acme.test").code()).isPresent();

        assertThat(account("jana@acme.test"))
                .satisfies(jana -> assertThat(jana.getEmail()).isEqualTo("jana@acme.test"))
                .satisfies(jana -> assertThat(jana.getFirstName()).isEqualTo("Jana"))
                .satisfies(jana -> assertThat(jana.getLastName()).isEqualTo("Test"));
    }

    @Test
    @DisplayName("CON-8 from the portal of the provider (IdP-initiated) the person lands in the application")
    void fromThePortal() {
        tenant.oktaUser("petra@acme.test", OKTA_PASSWORD);

        Page portal = tenant.browser().open(URI.create(okta() + "/protocol/saml/clients/" + PORTAL_LINK));
        Page landed = posted(portal.signIn("petra@acme.test", OKTA_PASSWORD));

        assertThat(SamlApp.hasAssertion(landed)).as("%s", landed).isTrue();
        assertThat(account("petra@acme.test").getFirstName()).isEqualTo("Petra");
    }

    @Test
    @DisplayName("CON-1 CON-7 reconfigured in place, by sign-in URL and certificate alone: account and link stay")
    void reconfigured() {
        tenant.oktaUser("rosi@acme.test", OKTA_PASSWORD);
        assertThat(bySaml("rosi@acme.test").code()).isPresent();
        String id = account("rosi@acme.test").getId();
        var resource = tenant.admin().realm().identityProviders().get(SAML);
        IdentityProviderRepresentation before = resource.toRepresentation();
        IdentityProviderRepresentation changed = resource.toRepresentation();
        changed.setDisplayName("Okta, reconfigured");
        changed.setConfig(Map.of(
                "singleSignOnServiceUrl",
                before.getConfig().get("singleSignOnServiceUrl"),
                "signingCertificate",
                before.getConfig().get("signingCertificate"),
                "validateSignature",
                "true",
                "wantAuthnRequestsSigned",
                "true",
                "postBindingResponse",
                "true",
                "nameIDPolicyFormat",
                EMAIL_ADDRESS));

        resource.update(changed);

        tenant.admin().realm().logoutAll();
        tenant.admin().keycloak().realm(tenant.oktaRealm()).logoutAll();
        Page page = bySaml("rosi@acme.test");
        assertThat(page.code()).as("%s", page).isPresent();
        assertThat(tenant.sessionsOf(id)).isEqualTo(1);
        assertThat(tenant.admin().realm().users().get(id).getFederatedIdentity())
                .extracting(link -> link.getIdentityProvider())
                .containsExactly(SAML);
        resource.update(before);
    }

    @Test
    @DisplayName("CON-7 the alias, by which accounts are linked and the policy names the provider, cannot be changed")
    void alias() {
        Answer renamed = tenant.admin()
                .put(
                        "/identity-provider/instances/" + Tenant.SOCIAL,
                        Map.of("alias", "renamed", "providerId", "oidc", "enabled", true));

        assertThat(renamed.status()).as("%s", renamed).isEqualTo(400);
        assertThat(renamed.at("/errorMessage")).contains("alias cannot be changed");
    }

    @Test
    @DisplayName("CON-5 a transient NameID is no principal")
    void transientNameId() {
        Map<String, String> config = new HashMap<>(tenant.admin()
                .realm()
                .identityProviders()
                .get(SAML)
                .toRepresentation()
                .getConfig());
        config.put("nameIDPolicyFormat", "urn:oasis:names:tc:SAML:2.0:nameid-format:transient");

        try (Response refused = tenant.admin().realm().identityProviders().create(saml("oracle", config))) {
            assertThat(refused.getStatus()).isEqualTo(400);
        }
        config.put("principalType", "ATTRIBUTE");
        config.put("principalAttribute", "email");
        try (Response made = tenant.admin().realm().identityProviders().create(saml("oracle", config))) {
            assertThat(made.getStatus()).isEqualTo(201);
        }
        tenant.admin().realm().identityProviders().get("oracle").remove();
    }

    @Test
    @DisplayName("CON-10 an address leads straight to the provider, with the name filled in")
    void straight() {
        Page page = tenant.browser().login(Map.of("kc_idp_hint", Tenant.OKTA, "login_hint", "nina@acme.test"));

        assertThat(page.location().getPath()).contains(tenant.oktaRealm());
        assertThat(page.document().select("#username").val()).isEqualTo("nina@acme.test");
        assertThat(tenant.admin().get("/sso-policy/doctor?probe=false").text())
                .contains("straight to it leads " + issuer + "/account?kc_idp_hint=okta");
    }

    @Test
    @DisplayName(
            "LTM-11 the realm's limits hold for sessions of the provider: token 30 minutes, refresh 60, session 12 hours")
    void limits() {
        tenant.oktaUser("lisa@acme.test", OKTA_PASSWORD);
        OidcBrowser browser = tenant.browser();

        Answer tokens = browser.tokens(browser.loginThrough(Tenant.OKTA, "lisa@acme.test", OKTA_PASSWORD));

        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        assertThat(seconds(tokens, "/expires_in")).isBetween(1790, 1800);
        assertThat(seconds(tokens, "/refresh_expires_in")).isBetween(3590, 3600);
        RealmRepresentation realm = tenant.admin().realm().toRepresentation();
        realm.setSsoSessionIdleTimeout(86_400);
        tenant.admin().realm().update(realm);
        assertThat(seconds(browser.tokens(browser.login()), "/refresh_expires_in"))
                .as("as long as the session may last")
                .isBetween(43_000, 43_200);
    }

    private static int seconds(Answer tokens, String lifespan) {
        return Integer.parseInt(tokens.at(lifespan));
    }

    private static String okta() {
        return tenant.server().url() + "/realms/" + tenant.oktaRealm();
    }

    private static Page bySaml(String email) {
        return posted(posted(tenant.browser().login().follow("#social-" + SAML)).signIn(email, OKTA_PASSWORD));
    }

    /** Where the forms lead that a browser posts by itself, up to the one for the application. */
    private static Page posted(Page page) {
        Page next = page;
        for (int forms = 0;
                forms < 3 && next.has("form[name=saml-post-binding]") && !SamlApp.hasAssertion(next);
                forms++) {
            next = next.submit("form[name=saml-post-binding]", Map.of());
        }
        return next;
    }

    private static UserRepresentation account(String username) {
        return tenant.admin().realm().users().searchByUsername(username, true).get(0);
    }
}
