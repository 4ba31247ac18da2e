package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** The life of a token, and the other ways to prove who asks. */
@KeycloakTest
@Tag("h2")
class ScimTokensIT {

    private static final String SECRET = "client-secret";

    @AutoClose
    static Tenant tenant;

    static String connection;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "tokens");
        tenant.connect();
        connection = tenant.connectionId("okta");
    }

    private static String tokens() {
        return "/scim-connections/" + connection + "/tokens";
    }

    private static Answer issue(Map<String, ?> token) {
        Answer issued = tenant.admin().post(tokens(), token);
        assertThat(issued.status()).as("%s", issued).isEqualTo(201);
        return issued;
    }

    private static ScimClient client(Answer issued) {
        return ScimClient.withToken(tenant.scimBaseUrl(), issued.at("/token"));
    }

    private static JsonNode listed(String id) {
        for (JsonNode token : tenant.admin().get(tokens()).body()) {
            if (token.path("id").asText().equals(id)) {
                return token;
            }
        }
        throw new AssertionError("no token " + id);
    }

    private static Instant inDays(int days) {
        return Instant.now().plus(Duration.ofDays(days));
    }

    @Test
    @DisplayName("TOK-4 rotation: both tokens work, the old one ends after the overlap, the new one is its equal")
    void rotation() {
        Answer old = issue(Map.of(
                "label",
                "rotating",
                "scopes",
                List.of("users"),
                "expiresAt",
                inDays(90).toString()));

        Answer rotated = tenant.admin().post(tokens() + "/" + old.at("/id") + "/rotate", Map.of("overlap", "PT2H"));

        assertThat(rotated.status()).as("%s", rotated).isEqualTo(201);
        assertThat(rotated.at("/label")).isEqualTo("rotating");
        assertThat(rotated.at("/scopes/0")).isEqualTo("users");
        assertThat(rotated.at("/createdBy")).isEqualTo(KeycloakServer.ADMIN_USER);
        assertThat(Instant.parse(rotated.at("/expiresAt")))
                .isBetween(inDays(90).minusSeconds(60), inDays(90).plusSeconds(60));
        assertThat(client(old).get("/Users?count=0").status()).isEqualTo(200);
        assertThat(client(rotated).get("/Users?count=0").status()).isEqualTo(200);
        JsonNode before = listed(old.at("/id"));
        assertThat(before.path("replacedBy").asText()).isEqualTo(rotated.at("/id"));
        assertThat(Instant.parse(before.path("expiresAt").asText()))
                .isBetween(Instant.now().plusSeconds(7000), Instant.now().plusSeconds(7300));
        assertThat(tenant.admin()
                        .post(tokens() + "/" + old.at("/id") + "/rotate", Map.of())
                        .status())
                .isEqualTo(409);
    }

    @Test
    @DisplayName("TOK-4 rotation without overlap ends the old token at once; a wrong overlap is a 400")
    void rotationWithoutOverlap() {
        Answer old = issue(Map.of("label", "lost"));
        String rotate = tokens() + "/" + old.at("/id") + "/rotate";

        assertThat(tenant.admin().post(rotate, Map.of("overlap", "P91D")).text())
                .contains("overlap", "between");
        assertThat(tenant.admin().post(rotate, Map.of("overlap", "tomorrow")).status())
                .isEqualTo(400);
        assertThat(tenant.admin()
                        .post(rotate, Map.of("expiresAt", "2020-01-01T00:00:00Z"))
                        .status())
                .isEqualTo(400);
        Answer rotated = tenant.admin().post(rotate, Map.of("overlap", "PT0S"));

        Scim.assertError(client(old).get("/Users"), 401, null);
        assertThat(listed(old.at("/id")).path("status").asText()).isEqualTo("expired");
        assertThat(client(rotated).get("/Users?count=0").status()).isEqualTo(200);
        assertThat(listed(rotated.at("/id")).has("expiresAt")).isFalse();
        assertThat(tenant.admin().post(tokens() + "/unknown/rotate", Map.of()).status())
                .isEqualTo(404);
    }

    @Test
    @DisplayName("TOK-3 the status of a token; one warning a day from 20 days before the end, as event and as metric")
    void warning(KeycloakServer keycloak) {
        Answer soon = issue(Map.of("label", "soon", "expiresAt", inDays(19).toString()));
        Answer later = issue(Map.of("label", "later", "expiresAt", inDays(21).toString()));
        assertThat(soon.at("/status")).isEqualTo("expiring-soon");
        assertThat(later.at("/status")).isEqualTo("valid");

        for (int use = 0; use < 3; use++) {
            assertThat(client(soon).get("/Users?count=0").status()).isEqualTo(200);
            assertThat(client(later).get("/Users?count=0").status()).isEqualTo(200);
        }

        assertThat(Scim.warnings(tenant, soon)).singleElement().satisfies(event -> {
            assertThat(event.getResourceType()).isEqualTo("SCIM_TOKEN");
            assertThat(event.getDetails()).containsEntry("status", "expiring-soon");
            assertThat(event.getRepresentation()).contains(soon.at("/prefix")).doesNotContain(soon.at("/token"));
        });
        assertThat(Scim.warnings(tenant, later)).isEmpty();
        assertThat(Meters.of(keycloak).lines("scim_token_expiring_total", "realm=\"tokens\""))
                .singleElement()
                .asString()
                .endsWith(" 1.0");
    }

    @Test
    @DisplayName("HTTP Basic is refused unless the connection allows it; then the token is the password")
    void basic() {
        Answer token = issue(Map.of("label", "basic"));
        String pair = "okta:" + token.at("/token");
        ScimClient basic = client(token)
                .withAuthorization(
                        "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        Scim.assertError(basic.get("/Users?count=0"), 401, null);

        Map<String, Object> on = Map.of("options", Map.of("groupProvisioning", "true", "basicAuthentication", "true"));
        tenant.admin().put("/scim-connections/" + connection, on);

        assertThat(basic.get("/Users?count=0").status()).isEqualTo(200);
        assertThat(basic.get("/ServiceProviderConfig").text()).contains("httpbasic");
        Answer refused = client(token)
                .withAuthorization(
                        "Basic " + Base64.getEncoder().encodeToString("okta:wrong".getBytes(StandardCharsets.UTF_8)))
                .get("/Users");
        assertThat(refused.header("WWW-Authenticate")).contains("Bearer", "Basic");
    }

    @Test
    @DisplayName(
            "TOK-6 the service account with the role scim opens the connection that names its client, nobody else does")
    void serviceAccount() {
        String client = clientWithServiceAccount("scim-app", true);
        clientWithServiceAccount("no-role-app", false);
        clientWithServiceAccount("other-app", true);
        String person = tenant.localUser("person@acme.test", "person");
        tenant.admin().realm().users().get(person).roles().clientLevel(client).add(roles(client));
        ScimClient unnamed = withAccessToken("scim-app");
        Scim.assertError(unnamed.get("/Users"), 401, null);

        Answer created = tenant.admin()
                .post(
                        "/scim-connections",
                        Map.of(
                                "name", "by-service-account",
                                "identityProvider", "okta",
                                "options", Map.of("serviceAccountClient", "scim-app")));

        assertThat(created.status()).as("%s", created).isEqualTo(201);
        ScimClient scim = withAccessToken("scim-app");
        Answer user = scim.post("/Users", Scim.user("by-account@acme.test"));
        assertThat(user.status()).as("%s", user).isEqualTo(201);
        assertThat(tenant.adminEvents())
                .filteredOn(event -> event.getResourcePath().equals("users/" + user.at("/id")))
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails()).containsEntry("scim_token", "client:scim-app"));
        Scim.assertError(withAccessToken("no-role-app").get("/Users"), 401, null);
        Scim.assertError(withAccessToken("other-app").get("/Users"), 401, null);
        Answer grant = tenant.browser()
                .token(Map.of(
                        "client_id", "scim-app",
                        "client_secret", SECRET,
                        "grant_type", "password",
                        "username", "person@acme.test",
                        "password", "person"));
        assertThat(grant.status()).as("%s", grant).isEqualTo(200);
        Scim.assertError(
                ScimClient.withToken(tenant.scimBaseUrl(), grant.at("/access_token"))
                        .get("/Users"),
                401,
                null);
        // A role that is taken away ends the access of tokens that are still alive.
        String account = tenant.admin()
                .realm()
                .clients()
                .get(client)
                .getServiceAccountUser()
                .getId();
        tenant.admin().realm().users().get(account).roles().clientLevel(client).remove(roles(client));
        Scim.assertError(scim.get("/Users"), 401, null);
    }

    @Test
    @DisplayName("TOK-6 a connection names a client with a service account that no other connection names")
    void serviceAccountIsValidated() {
        clientWithServiceAccount("shared-app", true);
        Map<String, ?> options = Map.of("serviceAccountClient", "shared-app");

        Answer unknown = create("names-nobody", Map.of("serviceAccountClient", "nobody"));
        Answer without = create("names-app", Map.of("serviceAccountClient", "app"));
        assertThat(create("names-shared", options).status()).isEqualTo(201);
        Answer twice = create("names-shared-too", options);

        for (Answer refused : List.of(unknown, without, twice)) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.at("/errors/0/field")).isEqualTo("serviceAccountClient");
        }
    }

    private static Answer create(String name, Map<String, ?> options) {
        return tenant.admin()
                .post("/scim-connections", Map.of("name", name, "identityProvider", "okta", "options", options));
    }

    private static String clientWithServiceAccount(String clientId, boolean withRole) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(clientId);
        client.setSecret(SECRET);
        client.setServiceAccountsEnabled(true);
        client.setStandardFlowEnabled(false);
        client.setDirectAccessGrantsEnabled(true);
        var clients = tenant.admin().realm().clients();
        String id;
        try (Response response = clients.create(client)) {
            id = CreatedResponseUtil.getCreatedId(response);
        }
        clients.get(id).roles().create(new RoleRepresentation("scim", null, false));
        if (withRole) {
            String account = clients.get(id).getServiceAccountUser().getId();
            tenant.admin().realm().users().get(account).roles().clientLevel(id).add(roles(id));
        }
        return id;
    }

    private static List<RoleRepresentation> roles(String client) {
        return List.of(
                tenant.admin().realm().clients().get(client).roles().get("scim").toRepresentation());
    }

    private static ScimClient withAccessToken(String clientId) {
        Answer grant = tenant.browser()
                .token(Map.of("client_id", clientId, "client_secret", SECRET, "grant_type", "client_credentials"));
        assertThat(grant.status()).as("%s", grant).isEqualTo(200);
        return ScimClient.withToken(tenant.scimBaseUrl(), grant.at("/access_token"));
    }

    @Test
    @DisplayName("TOK-7 a refused request is an event and a line in the log, with the address and without the token")
    void failures(KeycloakServer keycloak) {
        Answer revoked = issue(Map.of("label", "revoked"));
        tenant.admin().delete(tokens() + "/" + revoked.at("/id"));

        Scim.assertError(client(revoked).get("/Users"), 401, null);
        Scim.assertError(client(revoked).withAuthorization("Bearer e30.e30.sig").get("/Users"), 401, null);

        List<EventRepresentation> events = tenant.events("CLIENT_LOGIN_ERROR");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getIpAddress()).isNotBlank();
            assertThat(event.getError()).isEqualTo("invalid_token");
            assertThat(event.getDetails()).containsEntry("auth_method", "scim");
            assertThat(event.getDetails().toString()).doesNotContain(revoked.at("/token"));
        });
        assertThat(events)
                .extracting(event -> event.getDetails().get("reason"))
                .contains("unknown_token", "invalid_access_token");
        assertThat(keycloak.log()).contains("unknown_token").doesNotContain(revoked.at("/token"));
    }
}
