package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** Connections and tokens, as an administrator manages them. */
@KeycloakTest
@Tag("h2")
class ScimConnectionsIT {

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static String connection;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "connections");
        scim = tenant.connect();
        connection = tenant.connectionId("okta");
    }

    private static Answer create(Map<String, ?> connection) {
        return tenant.admin().post("/scim-connections", connection);
    }

    private static List<String> fields(Answer answer) {
        return answer.body().path("errors").findValuesAsText("field");
    }

    @Test
    @DisplayName("TOK-1 ADM-5 a connection tells its base URL and every option")
    void readsBack() {
        Answer answer = tenant.admin().get("/scim-connections/" + connection);

        assertThat(answer.at("/baseUrl")).isEqualTo(tenant.scimBaseUrl().toString());
        assertThat(answer.at("/identityProvider")).isEqualTo("okta");
        assertThat(answer.at("/options/groupProvisioning")).isEqualTo("true");
        assertThat(answer.at("/options/adopt")).isEqualTo("verified-email");
        assertThat(answer.at("/options/groupsParent")).isEqualTo("/okta");
    }

    @Test
    @DisplayName(
            "CON-14 a connection that cannot be, one of an unknown provider included: 400 with one message per field")
    void invalid() {
        Answer answer = create(Map.of(
                "name", "/",
                "identityProvider", "nobody",
                "options", Map.of("adopt", "sometimes", "groupProvisioning", "yes", "groupsParent", "okta")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(fields(answer))
                .containsExactlyInAnyOrder("name", "identityProvider", "adopt", "groupProvisioning", "groupsParent");
        assertThat(answer.text()).contains("[never, verified-email, always]");
        assertThat(fields(create(Map.of("name", "x", "identityProvider", "okta", "options", Map.of("colour", "red")))))
                .containsExactly("colour");
        assertThat(fields(create(Map.of("name", "x", "identityProvider", "okta", "option", "x"))))
                .containsExactly("option");
    }

    @ParameterizedTest(name = "{index} {0}")
    @MethodSource
    @DisplayName("an option that would fail later, in a push or in the database: 400 for its field")
    void invalidOption(String option, String value) {
        Answer answer = create(Map.of("name", "x", "identityProvider", "okta", "options", Map.of(option, value)));

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(fields(answer)).containsExactly(option);
    }

    static Stream<Arguments> invalidOption() {
        return Stream.of(
                arguments("groupsParent", "/a".repeat(2000)),
                arguments("groupsParent", "/" + "a".repeat(256)),
                arguments("groupsParent", "/a\0b"),
                arguments("organization", "a\0b"),
                arguments("roleAttribute", "Email"),
                arguments("userExtension", "urn:ietf:params:scim:schemas:core:2.0:User"),
                arguments("userExtensionAliases", "urn:a:b,urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"),
                arguments("groupExtension", "urn:a:b,urn:a:c"));
    }

    @Test
    @DisplayName("a name that is taken: 409")
    void taken() {
        assertThat(create(Map.of("name", "OKTA", "identityProvider", "okta")).status())
                .isEqualTo(409);
    }

    @Test
    @DisplayName("PUT changes what is given; the change holds for the next request")
    void update() {
        String id =
                create(Map.of("name", "changing", "identityProvider", "okta")).at("/id");
        ScimClient changing = tenant.withNewToken(id, Map.of("label", "x"));
        assertThat(changing.post("/Groups", "{\"displayName\":\"G\"}").status()).isEqualTo(403);

        Answer updated =
                tenant.admin().put("/scim-connections/" + id, Map.of("options", Map.of("groupProvisioning", "true")));

        assertThat(updated.at("/name")).isEqualTo("changing");
        assertThat(changing.post("/Groups", "{\"displayName\":\"G\"}").status()).isEqualTo(201);
    }

    @Test
    @DisplayName("TOK-2 TOK-4 TOK-7 a token is shown once; several live at once; one is revoked alone")
    void tokens() {
        Answer first = tenant.admin().post("/scim-connections/" + connection + "/tokens", Map.of("label", "first"));
        Answer second = tenant.admin().post("/scim-connections/" + connection + "/tokens", Map.of("label", "second"));
        ScimClient one = ScimClient.withToken(tenant.scimBaseUrl(), first.at("/token"));
        ScimClient two = ScimClient.withToken(tenant.scimBaseUrl(), second.at("/token"));
        assertThat(one.get("/Users").status()).isEqualTo(200);

        Answer list = tenant.admin().get("/scim-connections/" + connection + "/tokens");
        assertThat(list.text()).doesNotContain(first.at("/token")).contains(first.at("/prefix"));
        assertThat(first.at("/token")).startsWith(first.at("/prefix"));
        assertThat(token(list, first.at("/id")).path("lastUsedAt").asText()).isNotBlank();
        assertThat(token(list, second.at("/id")).has("lastUsedAt")).isFalse();

        String path = "/scim-connections/" + connection + "/tokens/" + first.at("/id");
        assertThat(tenant.admin().delete(path).status()).isEqualTo(204);
        assertThat(tenant.admin().delete(path).status()).isEqualTo(404);
        assertThat(one.get("/Users").status()).isEqualTo(401);
        assertThat(two.get("/Users").status()).isEqualTo(200);
    }

    private static JsonNode token(Answer list, String id) {
        for (JsonNode token : list.body()) {
            if (token.path("id").asText().equals(id)) {
                return token;
            }
        }
        throw new AssertionError("no token " + id + " in " + list);
    }

    @Test
    @DisplayName("a token that cannot be: 400 with one message per field")
    void invalidToken() {
        Answer answer = tenant.admin()
                .post(
                        "/scim-connections/" + connection + "/tokens",
                        Map.of("label", 5, "expiresAt", "2020-01-01T00:00:00Z", "scopes", List.of("everything")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(fields(answer)).containsExactlyInAnyOrder("label", "expiresAt", "scopes");
        assertThat(fields(tenant.admin()
                        .post(
                                "/scim-connections/" + connection + "/tokens",
                                Map.of("label", "a\0b", "expiresAt", "+999999999-12-31T23:59:59Z"))))
                .containsExactlyInAnyOrder("label", "expiresAt");
    }

    @Test
    @DisplayName("scopes say what a token is for")
    void scopes() {
        ScimClient users = tenant.withNewToken(connection, Map.of("label", "u", "scopes", List.of("users")));
        ScimClient reader = tenant.withNewToken(
                connection, Map.of("label", "r", "scopes", List.of("users", "groups", "read-only")));

        assertThat(users.get("/Users").status()).isEqualTo(200);
        Scim.assertError(users.get("/Groups"), 403, null);
        assertThat(reader.get("/Groups").status()).isEqualTo(200);
        Scim.assertError(reader.post("/Users", Scim.user("reader@acme.test")), 403, null);
        assertThat(users.get("/ServiceProviderConfig").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("TOK-5 a token is for SCIM in its realm, and for nothing else")
    void onlyForScim(KeycloakServer keycloak) {
        try (Tenant other = Tenant.create(keycloak, "connections-other")) {
            Scim.assertError(
                    ScimClient.withToken(other.scimBaseUrl(), scim.token()).get("/Users"), 401, null);
        }
        assertThat(tenant.browser().userInfo(scim.token()).status()).isEqualTo(401);
    }

    @Test
    @DisplayName("ADM-6 who may read, who may write, and who may make a token")
    void permissions() {
        AdminClient viewer = administrator("viewer@acme.test", "view-identity-providers");
        AdminClient manager = administrator("manager@acme.test", "manage-identity-providers");
        AdminClient both = administrator("both@acme.test", "manage-identity-providers", "manage-users");
        AdminClient nobody = administrator("users@acme.test", "manage-users");

        assertThat(viewer.get("/scim-connections").status()).isEqualTo(200);
        assertThat(nobody.get("/scim-connections").status()).isEqualTo(403);
        assertThat(viewer.post("/scim-connections", Map.of("name", "v", "identityProvider", "okta"))
                        .status())
                .isEqualTo(403);
        Answer made = manager.post("/scim-connections", Map.of("name", "m", "identityProvider", "okta"));
        assertThat(made.status()).isEqualTo(201);
        String tokens = "/scim-connections/" + made.at("/id") + "/tokens";
        assertThat(manager.post(tokens, Map.of("label", "x")).status()).isEqualTo(403);
        assertThat(viewer.get(tokens).status()).isEqualTo(200);
        assertThat(both.post(tokens, Map.of("label", "x")).status()).isEqualTo(201);
        assertThat(viewer.delete("/scim-connections/" + made.at("/id")).status())
                .isEqualTo(403);
        assertThat(manager.delete("/scim-connections/" + made.at("/id")).status())
                .isEqualTo(204);
    }

    private static AdminClient administrator(String name, String... roles) {
        String id = tenant.localUser(name, "administrator");
        for (String role : roles) {
            tenant.grantManagement(id, role);
        }
        return tenant.adminAs(name, "administrator");
    }

    @Test
    @DisplayName("AUD-3 connections and tokens are admin events without secrets")
    void adminEvents() {
        Answer token = tenant.admin().post("/scim-connections/" + connection + "/tokens", Map.of("label", "audited"));

        assertThat(tenant.adminEvents())
                .filteredOn(event -> event.getResourcePath().endsWith("/tokens/" + token.at("/id")))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getOperationType()).isEqualTo("CREATE");
                    assertThat(event.getRepresentation()).contains("audited").doesNotContain(token.at("/token"));
                });
    }

    @Test
    @DisplayName("a removed connection takes its tokens along and leaves its people, who can be adopted")
    void removal() {
        String id =
                create(Map.of("name", "leaving", "identityProvider", "okta")).at("/id");
        ScimClient leaving = tenant.withNewToken(id, Map.of("label", "x"));
        tenant.admin().put("/scim-connections/" + id, Map.of("options", Map.of("groupProvisioning", "true")));
        String user = Scim.create(leaving, "orphan@acme.test");
        String group = Scim.group(leaving, "Orphans");
        Scim.assertError(scim.get("/Users/" + user), 404, null);

        assertThat(tenant.admin().delete("/scim-connections/" + id).status()).isEqualTo(204);

        assertThat(leaving.get("/Users").status()).isEqualTo(401);
        assertThat(tenant.admin()
                        .realm()
                        .groups()
                        .group(group)
                        .toRepresentation()
                        .getAttributes())
                .doesNotContainKey("scim.connection");
        String again =
                create(Map.of("name", "leaving", "identityProvider", "okta")).at("/id");
        tenant.admin()
                .put(
                        "/scim-connections/" + again,
                        Map.of("options", Map.of("groupProvisioning", "true", "groupTakeover", "true")));
        assertThat(Scim.group(tenant.withNewToken(again, Map.of("label", "x")), "Orphans"))
                .isEqualTo(group);
        assertThat(scim.get("/Users/" + user).status()).isEqualTo(200);
        assertThat(scim.put("/Users/" + user, Scim.user("orphan@acme.test", "00u-adopted"))
                        .at("/externalId"))
                .isEqualTo("00u-adopted");
    }

    @Test
    @DisplayName(
            "CON-14 without an identity provider there is no connection, and so no way to provision; one that is still off will do")
    void identityProviderFirst(KeycloakServer keycloak) {
        try (Tenant bare =
                Tenant.create(keycloak, "connections-bare", realm -> realm.setIdentityProviders(List.of()))) {
            Answer refused = bare.admin().post("/scim-connections", Map.of("name", "x", "identityProvider", "okta"));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(fields(refused)).containsExactly("identityProvider");
            assertThat(refused.text()).contains("there are []");
            assertThat(fields(bare.admin().post("/scim-connections", Map.of("name", "x"))))
                    .containsExactly("identityProvider");
            assertThat(bare.admin().get("/scim-connections").body()).isEmpty();
            Scim.assertError(
                    ScimClient.withToken(bare.scimBaseUrl(), scim.token()).get("/Users"), 401, null);

            IdentityProviderRepresentation off =
                    tenant.admin().realm().identityProviders().get(Tenant.OKTA).toRepresentation();
            off.setInternalId(null);
            off.setEnabled(false);
            bare.admin().realm().identityProviders().create(off).close();

            assertThat(Scim.create(bare.connect(), "early@acme.test")).isNotBlank();
        }
    }

    @Test
    @DisplayName("CON-14 a removed identity provider takes its connections along")
    void identityProviderRemoval() {
        String id = create(Map.of("name", "social", "identityProvider", Tenant.SOCIAL))
                .at("/id");
        ScimClient social = tenant.withNewToken(id, Map.of("label", "x"));
        tenant.admin().put("/scim-connections/" + id, Map.of("options", Map.of("groupProvisioning", "true")));
        String group = Scim.group(social, "Sociable");

        tenant.admin().realm().identityProviders().get(Tenant.SOCIAL).remove();

        assertThat(tenant.admin().get("/scim-connections/" + id).status()).isEqualTo(404);
        assertThat(social.get("/Users").status()).isEqualTo(401);
        assertThat(tenant.admin()
                        .realm()
                        .groups()
                        .group(group)
                        .toRepresentation()
                        .getAttributes())
                .doesNotContainKey("scim.connection");
        assertThat(tenant.adminEvents())
                .filteredOn(event -> event.getResourcePath().equals("scim-connections/" + id))
                .extracting(event -> event.getOperationType() + " " + event.getResourceType())
                .contains("DELETE SCIM_CONNECTION");
    }

    @Test
    @DisplayName("a connection travels with the export of its realm, its tokens do not")
    void exportAndImport(KeycloakServer keycloak) {
        try (Tenant moving = Tenant.create(keycloak, "connections-moving")) {
            ScimClient before = moving.connect("moving", Map.of("groupProvisioning", "true", "roleValues", "Boss"));
            String id = moving.connectionId("moving");
            RealmRepresentation export = moving.admin().realm().partialExport(true, true);
            // An export tells no secrets, and the realms of the tests have a key that was given to them.
            export.getComponents().remove("org.keycloak.keys.KeyProvider");
            moving.admin().realm().remove();

            moving.admin().keycloak().realms().create(export);

            Answer after = moving.admin().get("/scim-connections/" + id);
            assertThat(after.at("/name")).isEqualTo("moving");
            assertThat(after.at("/identityProvider")).isEqualTo(Tenant.OKTA);
            assertThat(after.at("/options/roleValues")).isEqualTo("Boss");
            assertThat(before.get("/Users").status()).isEqualTo(401);
            assertThat(moving.withNewToken(id, Map.of("label", "new"))
                            .post("/Users", Scim.user("moved@acme.test"))
                            .status())
                    .isEqualTo(201);
        }
    }

    @Test
    @DisplayName("a realm may be called as the endpoint is")
    void realmOfTheSameName(KeycloakServer keycloak) {
        try (Tenant namesake = Tenant.create(keycloak, "scim-provisioning-namesake")) {
            assertThat(namesake.connect().get("/Users?count=1").status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("the role attribute is declared for administrators only")
    void roleAttribute() {
        assertThat(tenant.admin()
                        .realm()
                        .users()
                        .userProfile()
                        .getConfiguration()
                        .getAttributes())
                .filteredOn(attribute -> attribute.getName().equals("organizationRole"))
                .singleElement()
                .satisfies(attribute -> {
                    assertThat(attribute.getPermissions().getEdit()).containsExactly("admin");
                    assertThat(attribute.getPermissions().getView()).containsExactly("admin");
                });
    }
}
