package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.AuthenticationDevice;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.AuthorizationResource;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.authorization.ClientPolicyRepresentation;
import org.keycloak.representations.idm.authorization.PolicyEnforcementMode;
import org.keycloak.representations.idm.authorization.ResourceRepresentation;
import org.keycloak.representations.idm.authorization.ResourceServerRepresentation;
import org.keycloak.representations.idm.authorization.ScopePermissionRepresentation;

/** The routes that lead to a token without the login page: grants, exchanges, and protocols that bring their own password. */
@KeycloakTest
class GrantRoutesIT {

    /** The application of these routes: confidential, with every grant switched on. */
    private static final String SERVICE = "service";

    /** Its elder sister, which exchanges tokens by version 1 alone. */
    private static final String OLD_SERVICE = "old-service";

    private static final String SECRET = "service-secret";
    private static final String ORIGIN = "http://spa.test";
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final String SAML_TOKEN = "urn:ietf:params:oauth:token-type:saml2";

    @AutoClose
    static Tenant tenant;

    static People people;

    static String service;
    static String oldService;
    static String saml;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-grants");
        people = People.in(tenant);
        service = create(confidential(
                SERVICE,
                Map.of(
                        "standard.token.exchange.enabled",
                        "true",
                        "oidc.ciba.grant.enabled",
                        "true",
                        "oauth2.device.authorization.grant.enabled",
                        "true",
                        "oauth2.jwt.authorization.grant.enabled",
                        "true",
                        "oauth2.jwt.authorization.grant.idp",
                        Tenant.OKTA + "##" + Tenant.SOCIAL)));
        oldService = create(confidential(OLD_SERVICE, Map.of()));
        saml = create(SamlApp.client());
    }

    private static ClientRepresentation confidential(String id, Map<String, String> attributes) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(id);
        client.setSecret(SECRET);
        client.setDirectAccessGrantsEnabled(true);
        client.setImplicitFlowEnabled(true);
        client.setServiceAccountsEnabled(true);
        client.setAuthorizationServicesEnabled(true);
        client.setRedirectUris(List.of(OidcBrowser.REDIRECT_URI));
        client.setWebOrigins(List.of(ORIGIN));
        client.setAttributes(attributes);
        return client;
    }

    @BeforeEach
    void switchedOff() {
        tenant.policy("OFF");
        tenant.admin().realm().logoutAll();
    }

    @Nested
    @DisplayName("Route 17: token exchange v2")
    class StandardExchange {

        @Test
        @DisplayName("ENF-6 the token of a non-exempt person's older password login buys no other")
        void nonExempt() {
            String token = byPassword(NINA).at("/access_token");
            tenant.policy("ENFORCE");

            people.isRefused(exchange(token), people.nina);
        }

        @Test
        @DisplayName("EXM-2 an exempt person's token is exchanged")
        void exempt() {
            String token = byPassword(EMMA).at("/access_token");
            tenant.policy("ENFORCE");

            people.works(exchange(token));
        }

        @Test
        @DisplayName("ENF-4 the token of an enterprise login is exchanged")
        void enterprise() {
            tenant.policy("ENFORCE");

            people.works(exchange(throughOkta(OLGA).at("/access_token")));
        }

        private static Answer exchange(String token) {
            return service(Map.of(
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:token-exchange",
                    "subject_token",
                    token,
                    "subject_token_type",
                    ACCESS_TOKEN,
                    "scope",
                    "openid"));
        }
    }

    @Nested
    @DisplayName("Route 18: token exchange v1")
    class OldExchange {

        @BeforeAll
        static void permissions() {
            List<String> permissions = Stream.of(
                            "/identity-provider/instances/" + Tenant.OKTA,
                            "/identity-provider/instances/" + Tenant.SOCIAL,
                            "/clients/" + saml)
                    .map(OldExchange::permissionToExchange)
                    .toList();
            String policy = policyForTheService();
            permissions.forEach(permission -> permit(permission, policy));
            loginClient(tenant.oktaRealm());
            loginClient(tenant.socialRealm());
        }

        @Test
        @DisplayName("ENF-3 the social token of a non-exempt person buys none here")
        void nonExempt() {
            tenant.policy("ENFORCE");

            people.isRefused(
                    external(Tenant.SOCIAL, elsewhere(tenant.socialRealm(), NINA, SOCIAL_PASSWORD)), people.nina);
        }

        @Test
        @DisplayName("ENF-3 the social token of an unknown person leaves no account")
        void unknown() {
            tenant.socialUser("xenia@acme.test", SOCIAL_PASSWORD);
            tenant.policy("ENFORCE");

            Answer answer =
                    external(Tenant.SOCIAL, elsewhere(tenant.socialRealm(), "xenia@acme.test", SOCIAL_PASSWORD));

            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.at("/error_description")).startsWith("sso_required");
            people.leftNoAccount("xenia@acme.test");
        }

        @Test
        @DisplayName("EXM-2 the social token of an exempt person is exchanged")
        void exempt() {
            tenant.policy("ENFORCE");

            people.works(external(Tenant.SOCIAL, elsewhere(tenant.socialRealm(), EMMA, SOCIAL_PASSWORD)));
        }

        @Test
        @DisplayName("ENF-4 the Okta token of a person is exchanged, and its refresh token goes on")
        void enterprise() {
            tenant.policy("ENFORCE");

            Answer tokens = external(Tenant.OKTA, elsewhere(tenant.oktaRealm(), OLGA, OKTA_PASSWORD));

            people.works(tokens);
            people.works(service(Map.of("grant_type", "refresh_token", "refresh_token", tokens.at("/refresh_token"))));
        }

        @Test
        @DisplayName("ENF-6 a non-exempt person's older token buys no SAML assertion, an exempt person's does")
        void toSaml() {
            String nina = byPassword(OLD_SERVICE, NINA, PASSWORD).at("/access_token");
            String emma = byPassword(OLD_SERVICE, EMMA, PASSWORD).at("/access_token");
            tenant.policy("ENFORCE");

            Answer refused = toSaml(nina);
            assertThat(refused.status()).as("%s", refused).isEqualTo(400);
            assertThat(refused.at("/access_token")).isEmpty();
            people.nothingIsLeftOf(people.nina);
            Answer assertion = toSaml(emma);
            assertThat(assertion.at("/issued_token_type")).as("%s", assertion).isEqualTo(SAML_TOKEN);
            assertThat(toSaml(throughOkta(OLD_SERVICE, OLGA).at("/access_token"))
                            .at("/issued_token_type"))
                    .isEqualTo(SAML_TOKEN);
        }

        private static Answer external(String alias, String token) {
            return service(Map.of(
                    "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                    "subject_token", token,
                    "subject_token_type", ACCESS_TOKEN,
                    "subject_issuer", alias,
                    "scope", "openid"));
        }

        private static Answer toSaml(String token) {
            return endpoint(
                    OLD_SERVICE,
                    "token",
                    Map.of(
                            "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                            "subject_token", token,
                            "subject_token_type", ACCESS_TOKEN,
                            "requested_token_type", SAML_TOKEN,
                            "audience", SamlApp.ENTITY_ID));
        }

        private static String policyForTheService() {
            ClientPolicyRepresentation policy = new ClientPolicyRepresentation();
            policy.setName("the service may exchange");
            policy.setClients(Set.of(service, oldService));
            try (Response response = management().policies().client().create(policy)) {
                assertThat(response.getStatus()).isEqualTo(201);
            }
            return management().policies().client().findByName(policy.getName()).getId();
        }

        /** Switches fine-grained permissions on; answers the id of the one that exchanges need. */
        private static String permissionToExchange(String path) {
            Answer permissions = tenant.admin().put(path + "/management/permissions", Map.of("enabled", true));
            assertThat(permissions.status()).as("%s", permissions).isEqualTo(200);
            return permissions.at("/scopePermissions/token-exchange");
        }

        private static void permit(String id, String policy) {
            ScopePermissionRepresentation permission =
                    management().permissions().scope().findById(id).toRepresentation();
            permission.setPolicies(Set.of(policy));
            management().permissions().scope().findById(id).update(permission);
        }

        private static AuthorizationResource management() {
            String id = tenant.admin()
                    .realm()
                    .clients()
                    .findByClientId("realm-management")
                    .get(0)
                    .getId();
            return tenant.admin().realm().clients().get(id).authorization();
        }
    }

    @Nested
    @DisplayName("Route 19: CIBA")
    class Ciba {

        @Test
        @DisplayName("ENF-6 the approval of a non-exempt person buys no token, though no required action is asked")
        void nonExempt() {
            tenant.policy("ENFORCE");

            people.isRefused(approved(NINA), people.nina);
            assertThat(consentOf(people.nina))
                    .as("a consent that nobody gave to a token")
                    .isEmpty();
            assertThat(tenant.events("REVOKE_GRANT"))
                    .filteredOn(event -> people.nina.equals(event.getUserId()))
                    .extracting(event -> event.getDetails().get("reason"))
                    .containsExactly("sso_required");
        }

        @Test
        @DisplayName("a consent from before the refusal stays as it was")
        void earlierConsent() {
            String id = people.person("cora@acme.test");
            people.works(approved("cora@acme.test"));
            tenant.admin().realm().users().get(id).logout();
            Map<String, Object> before = consentOf(id);
            assertThat(before).isNotEmpty();
            tenant.policy("ENFORCE");

            people.isRefused(approved("cora@acme.test", "openid phone"), id);

            assertThat(consentOf(id)).isEqualTo(before);
            tenant.policy("OFF");
            people.works(approved("cora@acme.test", "openid phone"));
            assertThat(consentOf(id)).isNotEqualTo(before);
        }

        @Test
        @DisplayName("EXM-2 that of an exempt person does")
        void exempt() {
            tenant.policy("ENFORCE");

            people.works(approved(EMMA));
        }

        @Test
        @DisplayName(
                "ENF-4 the approval of a person who is signed in through Okta is no enterprise login; his session stays")
        void enterprise() {
            tenant.policy("ENFORCE");
            Answer tokens = throughOkta(OLGA);

            Answer refused = approved(OLGA);

            assertThat(refused.at("/error_description")).as("%s", refused).startsWith("sso_required");
            people.works(service(Map.of("grant_type", "refresh_token", "refresh_token", tokens.at("/refresh_token"))));
            assertThat(tenant.sessionsOf(people.olga)).isEqualTo(1);
        }

        /** What the person allows the service, without the times. */
        private static Map<String, Object> consentOf(String userId) {
            Map<String, Object> consent = new HashMap<>();
            tenant.admin().realm().users().get(userId).getConsents().stream()
                    .filter(given -> SERVICE.equals(given.get("clientId")))
                    .forEach(given -> consent.put("scopes", Set.copyOf((List<?>) given.get("grantedClientScopes"))));
            return consent;
        }

        private static Answer approved(String username) {
            return approved(username, "openid");
        }

        private static Answer approved(String username, String scope) {
            Answer request = endpoint(SERVICE, "ext/ciba/auth", Map.of("login_hint", username, "scope", scope));
            assertThat(request.status()).as("%s", request).isEqualTo(200);
            AuthenticationDevice.approve();
            return service(Map.of(
                    "grant_type", "urn:openid:params:grant-type:ciba", "auth_req_id", request.at("/auth_req_id")));
        }
    }

    @Nested
    @DisplayName("Route 20: device code")
    class DeviceCode {

        @Test
        @DisplayName("ENF-2 a non-exempt person is refused at the page, and the device gets nothing")
        void nonExempt() {
            tenant.policy("ENFORCE");
            Answer device = device();

            people.isRefused(page(device).signIn(NINA, PASSWORD), people.nina);
            assertThat(poll(device).at("/error")).isEqualTo("authorization_pending");
        }

        @Test
        @DisplayName("ENF-6 what a non-exempt person approved before is refused when the device asks")
        void nonExemptApprovedBefore() {
            Answer device = device();
            approve(page(device).signIn(NINA, PASSWORD));
            tenant.policy("ENFORCE");

            people.isRefused(poll(device), people.nina);
        }

        @Test
        @DisplayName("EXM-2 an exempt person's device gets its token")
        void exempt() {
            tenant.policy("ENFORCE");
            Answer device = device();
            approve(page(device).signIn(EMMA, PASSWORD));

            people.works(poll(device));
        }

        @Test
        @DisplayName("ENF-4 so does that of an enterprise login")
        void enterprise() {
            tenant.policy("ENFORCE");
            Answer device = device();
            approve(page(device).follow("#social-okta").signIn(OLGA, OKTA_PASSWORD));

            people.works(poll(device));
        }

        private static Answer device() {
            Answer device = endpoint(SERVICE, "auth/device", Map.of("scope", "openid"));
            assertThat(device.status()).as("%s", device).isEqualTo(200);
            return device;
        }

        private static Page page(Answer device) {
            return people.browser().open(URI.create(device.at("/verification_uri_complete")));
        }

        private static void approve(Page consent) {
            Page done = consent.submit("form", Map.of("accept", "Yes"));
            assertThat(done.text()).contains("Device Login Successful");
        }

        private static Answer poll(Answer device) {
            return service(Map.of(
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:device_code",
                    "device_code",
                    device.at("/device_code")));
        }
    }

    @Nested
    @DisplayName("Route 21: JWT authorization grant")
    class JwtGrant {

        @BeforeAll
        static void providers() {
            for (String alias : List.of(Tenant.OKTA, Tenant.SOCIAL)) {
                IdentityProviderRepresentation provider =
                        tenant.admin().realm().identityProviders().get(alias).toRepresentation();
                provider.getConfig().put("jwtAuthorizationGrantEnabled", "true");
                tenant.admin().realm().identityProviders().get(alias).update(provider);
            }
            loginClient(tenant.oktaRealm());
            loginClient(tenant.socialRealm());
        }

        @Test
        @DisplayName("ENF-3 an assertion that the social provider signed for a non-exempt person buys no token")
        void nonExempt() {
            tenant.policy("ENFORCE");

            people.isRefused(grant(elsewhere(tenant.socialRealm(), NINA, SOCIAL_PASSWORD)), people.nina);
        }

        @Test
        @DisplayName("EXM-2 for an exempt person it does")
        void exempt() {
            tenant.policy("ENFORCE");

            people.works(grant(elsewhere(tenant.socialRealm(), EMMA, SOCIAL_PASSWORD)));
        }

        @Test
        @DisplayName("ENF-4 an assertion that Okta signed does")
        void enterprise() {
            tenant.policy("ENFORCE");

            people.works(grant(elsewhere(tenant.oktaRealm(), OLGA, OKTA_PASSWORD)));
        }

        private static Answer grant(String assertion) {
            return service(Map.of(
                    "grant_type",
                    "urn:ietf:params:oauth:grant-type:jwt-bearer",
                    "assertion",
                    assertion,
                    "scope",
                    "openid"));
        }
    }

    @Nested
    @DisplayName("Route 22: UMA")
    class Uma {

        @BeforeAll
        static void resource() {
            AuthorizationResource authorization =
                    tenant.admin().realm().clients().get(service).authorization();
            ResourceServerRepresentation settings = authorization.getSettings();
            settings.setPolicyEnforcementMode(PolicyEnforcementMode.PERMISSIVE);
            authorization.update(settings);
            ResourceRepresentation resource = new ResourceRepresentation("thing");
            authorization.resources().create(resource).close();
        }

        @Test
        @DisplayName("ENF-6 the token of a non-exempt person's older password login buys no permissions")
        void nonExempt() {
            String token = byPassword(NINA).at("/access_token");
            tenant.policy("ENFORCE");

            people.isRefused(permissions(token), people.nina);
        }

        @Test
        @DisplayName("EXM-2 that of an exempt person does")
        void exempt() {
            String token = byPassword(EMMA).at("/access_token");
            tenant.policy("ENFORCE");

            assertThat(permissions(token).at("/access_token")).isNotEmpty();
        }

        @Test
        @DisplayName("ENF-4 so does that of an enterprise login")
        void enterprise() {
            tenant.policy("ENFORCE");

            assertThat(permissions(throughOkta(OLGA).at("/access_token")).at("/access_token"))
                    .isNotEmpty();
        }

        private static Answer permissions(String token) {
            return people.browser()
                    .withHeader("Authorization", "Bearer " + token)
                    .endpoint(
                            "token",
                            Map.of(
                                    "grant_type",
                                    "urn:ietf:params:oauth:grant-type:uma-ticket",
                                    "audience",
                                    SERVICE,
                                    "permission",
                                    "thing"));
        }
    }

    @Nested
    @DisplayName("Route 22: OID4VCI pre-authorized code")
    class CredentialOffer {

        private static final String BADGE = "badge";

        @BeforeAll
        static void credential() {
            succeed(tenant.admin().put("", Map.of("realm", tenant.realm(), "verifiableCredentialsEnabled", true)));
            succeed(tenant.admin()
                    .post(
                            "/client-scopes",
                            Map.of(
                                    "name",
                                    BADGE,
                                    "protocol",
                                    "oid4vc",
                                    "attributes",
                                    Map.of("vc.credential_configuration_id", BADGE))));
            ClientRepresentation client =
                    tenant.admin().realm().clients().get(service).toRepresentation();
            client.getAttributes().put("oid4vci.enabled", "true");
            tenant.admin().realm().clients().get(service).update(client);
            for (String person : List.of(people.nina, people.emma, people.olga)) {
                succeed(tenant.admin()
                        .post("/users/" + person + "/vc/credentials", Map.of("credentialScopeName", BADGE)));
            }
        }

        @Test
        @DisplayName("ENF-6 the code of a non-exempt person's offer buys no token")
        void nonExempt() {
            String code = offer(byPassword(NINA));
            tenant.admin().realm().logoutAll();
            tenant.policy("ENFORCE");

            people.isRefused(redeem(code), people.nina);
        }

        @Test
        @DisplayName("EXM-2 that of an exempt person does")
        void exempt() {
            String code = offer(byPassword(EMMA));
            tenant.policy("ENFORCE");

            Answer tokens = redeem(code);
            assertThat(tokens.at("/access_token")).as("%s", tokens).isNotEmpty();
        }

        @Test
        @DisplayName("ENF-4 that of a person who is signed in through Okta is no enterprise login; his session stays")
        void enterprise() {
            tenant.policy("ENFORCE");
            Answer tokens = throughOkta(OLGA);

            Answer refused = redeem(offer(tokens));

            assertThat(refused.at("/error_description")).as("%s", refused).startsWith("sso_required");
            people.works(service(Map.of("grant_type", "refresh_token", "refresh_token", tokens.at("/refresh_token"))));
        }

        /** The person makes an offer to himself; answers the code in it. */
        private static String offer(Answer tokens) {
            OidcBrowser person = people.browser().withHeader("Authorization", "Bearer " + tokens.at("/access_token"));
            Answer uri = succeed(person.get(URI.create(
                    protocol() + "/create-credential-offer?pre_authorized=true&credential_configuration_id=" + BADGE)));
            Answer offer =
                    succeed(people.browser().get(URI.create(protocol() + "/credential-offer/" + uri.at("/nonce"))));
            return offer.body().findValue("pre-authorized_code").asText();
        }

        private static Answer redeem(String code) {
            return people.browser()
                    .endpoint(
                            "token",
                            Map.of(
                                    "grant_type",
                                    "urn:ietf:params:oauth:grant-type:pre-authorized_code",
                                    "pre-authorized_code",
                                    code));
        }

        private static String protocol() {
            return tenant.server().url() + "/realms/" + tenant.realm() + "/protocol/oid4vc";
        }

        private static Answer succeed(Answer answer) {
            assertThat(answer.status()).as("%s", answer).isBetween(200, 299);
            return answer;
        }
    }

    @Nested
    @DisplayName("Route 24: SAML ECP")
    class Ecp {

        @Test
        @DisplayName("ENF-6 the password of a non-exempt person buys no assertion, an exempt person's does")
        void ecp() {
            tenant.policy("ENFORCE");

            Answer refused = SamlApp.ecp(tenant, NINA, PASSWORD);
            assertThat(refused.text()).doesNotContain("<saml:Assertion");
            people.nothingIsLeftOf(people.nina);
            assertThat(SamlApp.ecp(tenant, EMMA, PASSWORD).text()).contains("<saml:Assertion");
        }

        @Test
        @DisplayName("ENF-4 that of a person who is signed in through Okta buys none either; his session stays")
        void enterprise() {
            tenant.policy("ENFORCE");
            Answer tokens = throughOkta(OLGA);

            assertThat(SamlApp.ecp(tenant, OLGA, PASSWORD).text()).doesNotContain("<saml:Assertion");

            people.works(service(Map.of("grant_type", "refresh_token", "refresh_token", tokens.at("/refresh_token"))));
            assertThat(tenant.sessionsOf(people.olga)).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("Route 25: Docker v2")
    class Docker {

        private static final String REGISTRY = "registry";

        @BeforeAll
        static void registry() {
            ClientRepresentation registry = new ClientRepresentation();
            registry.setClientId(REGISTRY);
            registry.setProtocol("docker-v2");
            create(registry);
        }

        @Test
        @DisplayName("ENF-6 the required action keeps a non-exempt person from a registry token, an exempt one gets it")
        void docker() {
            tenant.policy("ENFORCE");

            Answer refused = token(NINA);
            assertThat(refused.at("/token")).as("%s", refused).isEmpty();
            people.nothingIsLeftOf(people.nina);
            Answer token = token(EMMA);
            assertThat(token.at("/token")).as("%s", token).isNotEmpty();
        }

        @Test
        @DisplayName("ENF-4 the password of a person who is signed in through Okta gets none; his session stays")
        void enterprise() {
            tenant.policy("ENFORCE");
            Answer tokens = throughOkta(OLGA);

            Answer refused = token(OLGA);

            assertThat(refused.at("/token")).as("%s", refused).isEmpty();
            people.works(service(Map.of("grant_type", "refresh_token", "refresh_token", tokens.at("/refresh_token"))));
        }

        private static Answer token(String username) {
            return people.browser()
                    .withHeader("Authorization", SamlApp.basic(username, PASSWORD))
                    .get(URI.create(tenant.server().url() + "/realms/" + tenant.realm()
                            + "/protocol/docker-v2/auth?service=" + REGISTRY + "&account=someone"));
        }
    }

    @Nested
    @DisplayName("Route 26: impersonation, which is allowed and recorded unless the policy refuses it")
    class Impersonation {

        @Test
        @DisplayName(
                "ADM-10 an administrator acts as anybody from the console: non-exempt, exempt, or with an Okta account")
        void console() {
            tenant.policy("ENFORCE");

            for (String person : List.of(people.nina, people.emma, people.olga)) {
                people.works(
                        people.browser().refresh(people.passes(actingAs(person)).at("/refresh_token")));
                assertThat(tenant.events("IMPERSONATE"))
                        .extracting(event -> event.getUserId())
                        .contains(person);
            }
        }

        @Test
        @DisplayName("ADM-10 an administrator acts as a non-exempt person by token exchange v1")
        void exchange() {
            tenant.policy("ENFORCE");

            people.works(exchangedFor(NINA));
        }

        @Test
        @DisplayName(
                "ADM-10 where the policy refuses it, nobody acts as a person who must use SSO; as an exempt one he does")
        void refused() {
            tenant.admin()
                    .put(
                            "/sso-policy",
                            Map.of(
                                    "mode", "ENFORCE",
                                    "allowedProviders", List.of(Tenant.OKTA),
                                    "impersonation", "REFUSE"));

            for (String person : List.of(people.nina, people.olga)) {
                people.isRefused(actingAs(person), person);
                assertThat(EnforcedRoutesIT.newestRefusal(tenant, person).getDetails())
                        .containsEntry("reason", "impersonation")
                        .containsEntry("method", "impersonation");
            }
            people.isRefused(exchangedFor(NINA), people.nina);
            people.passes(actingAs(people.emma));
            people.works(exchangedFor(EMMA));
        }

        private static Page actingAs(String userId) {
            String token = tenant.admin().keycloak().tokenManager().getAccessTokenString();
            OidcBrowser browser = people.browser().withHeader("Authorization", "Bearer " + token);
            browser.post(
                    URI.create(tenant.server().url() + "/admin/realms/" + tenant.realm() + "/users/" + userId
                            + "/impersonation"),
                    Map.of());
            return browser.login();
        }

        private static Answer exchangedFor(String username) {
            String owner =
                    byPassword(SERVICE, Tenant.OWNER, Tenant.OWNER_PASSWORD).at("/access_token");
            return service(Map.of(
                    "grant_type", "urn:ietf:params:oauth:grant-type:token-exchange",
                    "subject_token", owner,
                    "subject_token_type", ACCESS_TOKEN,
                    "requested_subject", username,
                    "scope", "openid"));
        }
    }

    @Nested
    @DisplayName("Route 27: implicit and hybrid flow")
    class Implicit {

        @Test
        @DisplayName("ENF-6 a non-exempt person is refused before there is a token in the address")
        void nonExempt() {
            tenant.policy("ENFORCE");

            for (String type : List.of("id_token token", "code id_token")) {
                people.isRefused(login(type).signIn(NINA, PASSWORD), people.nina);
            }
        }

        @Test
        @DisplayName("EXM-2 an exempt person gets tokens in the address")
        void exempt() {
            tenant.policy("ENFORCE");

            assertThat(login("id_token token").signIn(EMMA, PASSWORD).parameter("access_token"))
                    .isPresent();
            assertThat(login("code id_token").signIn(EMMA, PASSWORD).parameter("id_token"))
                    .isPresent();
        }

        @Test
        @DisplayName("ENF-4 so does an enterprise login")
        void enterprise() {
            tenant.policy("ENFORCE");

            assertThat(login("id_token token")
                            .follow("#social-okta")
                            .signIn(OLGA, OKTA_PASSWORD)
                            .parameter("access_token"))
                    .isPresent();
        }

        private static Page login(String responseType) {
            return people.browser().login(Map.of("client_id", SERVICE, "response_type", responseType));
        }
    }

    @Test
    @DisplayName("Route 29: an access token that is out lives on, until its session ends")
    void accessTokenAlreadyOut() {
        Answer tokens = byPassword(NINA);
        String token = tokens.at("/access_token");
        tenant.policy("ENFORCE");
        assertThat(people.browser().userInfo(token).status()).isEqualTo(200);

        people.isRefused(
                service(Map.of("grant_type", "refresh_token", "refresh_token", tokens.at("/refresh_token"))),
                people.nina);

        assertThat(people.browser().userInfo(token).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("Route 15: an application that runs in a browser can read why its refresh was refused")
    void refusalAcrossOrigins() {
        String token = byPassword(NINA).at("/refresh_token");
        tenant.policy("ENFORCE");

        Answer refused = people.browser()
                .withHeader("Origin", ORIGIN)
                .endpoint(
                        "token",
                        Map.of(
                                "grant_type",
                                "refresh_token",
                                "refresh_token",
                                token,
                                "client_id",
                                SERVICE,
                                "client_secret",
                                SECRET));

        people.isRefused(refused, people.nina);
        assertThat(refused.header("Access-Control-Allow-Origin")).isEqualTo(ORIGIN);
    }

    private static Answer byPassword(String username) {
        return byPassword(SERVICE, username, PASSWORD);
    }

    private static Answer byPassword(String client, String username, String password) {
        Answer tokens = endpoint(
                client,
                "token",
                Map.of("grant_type", "password", "username", username, "password", password, "scope", "openid"));
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        return tokens;
    }

    private static Answer throughOkta(String username) {
        return throughOkta(SERVICE, username);
    }

    private static Answer throughOkta(String client, String username) {
        Page page = people.browser()
                .login(Map.of("client_id", client))
                .follow("#social-okta")
                .signIn(username, OKTA_PASSWORD);
        return endpoint(
                client,
                "token",
                Map.of(
                        "grant_type",
                        "authorization_code",
                        "code",
                        page.code().orElseThrow(() -> new AssertionError(page.toString())),
                        "redirect_uri",
                        OidcBrowser.REDIRECT_URI));
    }

    /** The token endpoint, as the service. */
    private static Answer service(Map<String, String> fields) {
        return endpoint(SERVICE, "token", fields);
    }

    private static Answer endpoint(String client, String name, Map<String, String> fields) {
        Map<String, String> all = new HashMap<>(fields);
        all.put("client_id", client);
        all.put("client_secret", SECRET);
        return people.browser().endpoint(name, all);
    }

    private static String create(ClientRepresentation client) {
        try (Response response = tenant.admin().realm().clients().create(client)) {
            return CreatedResponseUtil.getCreatedId(response);
        }
    }

    /** A client of another provider, whose access tokens are meant for the tenant, so that they serve as assertions. */
    private static void loginClient(String realm) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("login");
        client.setPublicClient(true);
        client.setDirectAccessGrantsEnabled(true);
        client.setFullScopeAllowed(false);
        client.setAttributes(Map.of("access.token.lifespan", "60"));
        ProtocolMapperRepresentation audience = new ProtocolMapperRepresentation();
        audience.setName("tenant");
        audience.setProtocol("openid-connect");
        audience.setProtocolMapper("oidc-audience-mapper");
        audience.setConfig(Map.of(
                "included.custom.audience",
                tenant.server().url() + "/realms/" + tenant.realm(),
                "access.token.claim",
                "true"));
        client.setProtocolMappers(List.of(audience));
        var clients = tenant.admin().keycloak().realm(realm).clients();
        if (clients.findByClientId("login").isEmpty()) {
            clients.create(client).close();
        }
    }

    /** The access token of a person at another provider. */
    private static String elsewhere(String realm, String username, String password) {
        Answer tokens = new OidcBrowser(tenant.server().url(), realm)
                .token(Map.of(
                        "client_id", "login",
                        "grant_type", "password",
                        "username", username,
                        "password", password,
                        "scope", "openid"));
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        return tokens.at("/access_token");
    }
}
