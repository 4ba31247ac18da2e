package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.GroupRepresentation;

/** The same effects, pushed by Okta through the SCIM endpoint: in both of Okta's dialects, PATCH and PUT. */
@KeycloakTest
@Tag("h2")
@Tag("smoke")
class ScimPushIT {

    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String GROUP_EXTENSION = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:Group";
    private static final String USER_EXTENSION = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User";
    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    @AutoClose
    static Tenant tenant;

    static Directory directory;
    static ScimClient okta;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-scim");
        tenant.mapEveryGroupToATeam();
        directory = Directory.in(tenant);
        okta = tenant.connect();
        // Somebody else is Admin, or the last one would keep the role.
        String boss = user("boss");
        group("Bosses", Map.of(GROUP_EXTENSION, Map.of("LambdatestRoles", List.of("Admin"))), boss);
    }

    @Test
    @DisplayName("ROL-5 USR-11 a person without group and without role has the default role")
    void defaultRole() {
        String una = user("una");

        assertThat(tenant.realmRolesOf(una)).containsExactly("User");
        assertThat(directory.reasons(una))
                .containsExactly(
                        "No pushed group and no user attribute carries a role, so the default role 'User' applies.");
    }

    @Test
    @DisplayName("E1 E2 E3 pushed with members, one added, one removed, all removed")
    void membership() {
        String ada = user("ada");
        String ben = user("ben");
        String group = group("Compilers", Map.of(), ada);
        assertThat(directory.teamsOf(ada)).containsExactly("Compilers");

        okta.patch(
                "/Groups/" + group,
                patch(
                        Map.of("op", "remove", "path", "members[value eq \"" + ada + "\"]"),
                        Map.of("op", "add", "path", "members", "value", members(ben))));
        assertThat(directory.teamsOf(ada)).isEmpty();
        assertThat(directory.teamsOf(ben)).containsExactly("Compilers");

        okta.put(
                "/Groups/" + group,
                Map.of("schemas", List.of(GROUP), "displayName", "Compilers", "members", members(ada)));
        assertThat(directory.teamsOf(ada)).containsExactly("Compilers");
        assertThat(directory.teamsOf(ben)).isEmpty();

        okta.patch("/Groups/" + group, patch(Map.of("op", "replace", "path", "members", "value", List.of())));
        assertThat(directory.teamsOf(ada)).isEmpty();
    }

    @Test
    @DisplayName("E4 E5 E6 renamed, deleted, pushed again")
    void rename() {
        String cleo = user("cleo");
        String group = group("Linkers", Map.of(), cleo);

        okta.patch(
                "/Groups/" + group,
                patch(Map.of("op", "replace", "value", Map.of("id", group, "displayName", "Loaders"))));
        assertThat(directory.teamsOf(cleo)).containsExactly("Loaders");

        okta.delete("/Groups/" + group);
        assertThat(directory.teamsOf(cleo)).isEmpty();

        group("Loaders", Map.of(), cleo);
        assertThat(directory.teamsOf(cleo)).containsExactly("Loaders");
        assertThat(directory.teams()).containsOnlyOnce("Loaders");
    }

    @Test
    @DisplayName("E7 ROL-1 the roles of a group, pushed and changed, reach all its members")
    void groupRoles() {
        String dana = user("dana");
        String eli = user("eli");
        String group =
                group("Watchers", Map.of(GROUP_EXTENSION, Map.of("LambdatestRoles", List.of("Guest"))), dana, eli);
        assertThat(tenant.realmRolesOf(dana)).containsExactly("Guest");

        okta.patch(
                "/Groups/" + group,
                patch(Map.of(
                        "op", "replace", "path", GROUP_EXTENSION + ":LambdatestRoles", "value", List.of("Admin"))));
        assertThat(tenant.realmRolesOf(dana)).containsExactly("Admin");
        assertThat(tenant.realmRolesOf(eli)).containsExactly("Admin");

        okta.patch(
                "/Groups/" + group,
                patch(Map.of("op", "replace", "path", GROUP_EXTENSION + ":LambdatestRoles", "value", List.of("User"))));
        assertThat(tenant.realmRolesOf(dana)).containsExactly("User");
    }

    @Test
    @DisplayName("ROL-1 a user's own role counts as soon as he is provisioned, and when it changes")
    void ownRole() {
        Answer created = okta.post("/Users", body("finn", Map.of(USER_EXTENSION, Map.of("OrganizationRole", "Guest"))));
        String finn = created.at("/id");
        assertThat(tenant.realmRolesOf(finn)).as(created.toString()).containsExactly("Guest");

        okta.put("/Users/" + finn, body("finn", Map.of(USER_EXTENSION, Map.of("OrganizationRole", "Admin"))));

        assertThat(tenant.realmRolesOf(finn)).containsExactly("Admin");
        assertThat(directory.reasons(finn)).singleElement().asString().startsWith("User attribute 'organizationRole'");
    }

    @Test
    @DisplayName(
            "ROL-11 a group's roles come from the directory, or from an administrator, who is not overruled by silence")
    void originOfRoles() {
        String hanna = user("hanna");
        String group = group("Watchmen", Map.of(GROUP_EXTENSION, Map.of("LambdatestRoles", List.of("Guest"))), hanna);
        assertThat(directory.describe(group).path("rolesOrigin").asText()).isEqualTo("DIRECTORY");

        GroupRepresentation stored = directory.group(group).toRepresentation();
        stored.getAttributes().put("scim.roles", List.of("Admin"));
        directory.group(group).update(stored);
        assertThat(directory.describe(group).path("rolesOrigin").asText()).isEqualTo("ADMIN");

        okta.patch("/Groups/" + group, patch(Map.of("op", "add", "path", "members", "value", members(user("hugo")))));
        assertThat(directory.describe(group).path("rolesOrigin").asText()).isEqualTo("ADMIN");
        assertThat(tenant.realmRolesOf(hanna)).containsExactly("Admin");
    }

    @Test
    @DisplayName("AUD-2 the effects of a push name its connection and its request")
    void cause() {
        String gwen = user("gwen");
        String group = group("Auditors", Map.of());
        Answer pushed =
                okta.patch("/Groups/" + group, patch(Map.of("op", "add", "path", "members", "value", members(gwen))));
        String team = directory.mapping(group).path("targetId").asText();

        assertThat(directory.events("users/" + gwen + "/groups/" + team))
                .singleElement()
                .satisfies(event -> assertThat(event.getRepresentation())
                        .contains(
                                "\"connection\":\"" + tenant.connectionId(Tenant.OKTA) + "\"",
                                "\"requestId\":\"" + pushed.header("X-Request-Id") + "\""));
        assertThat(pushed.header("X-Request-Id")).isNotEmpty();
    }

    @Test
    @DisplayName("MAP-20 a protected group is neither renamed nor deleted by a push; its members come and go")
    void protectedGroup() {
        String ivo = user("ivo");
        String group = group("Guarded", Map.of());
        Answer saved = tenant.admin()
                .put(
                        "/group-mappings/settings",
                        Map.of(
                                "rules",
                                tenant.admin().get("/group-mappings/rules").body(),
                                "protectedGroups",
                                List.of("/okta/Guarded")));
        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);

        Answer renamed = okta.patch(
                "/Groups/" + group, patch(Map.of("op", "replace", "path", "displayName", "value", "Unguarded")));
        Answer deleted = okta.delete("/Groups/" + group);
        Answer joined =
                okta.patch("/Groups/" + group, patch(Map.of("op", "add", "path", "members", "value", members(ivo))));

        assertThat(renamed.status()).as(renamed.toString()).isEqualTo(400);
        assertThat(deleted.status()).as(deleted.toString()).isEqualTo(400);
        assertThat(joined.status()).as(joined.toString()).isBetween(200, 204);
        assertThat(directory.group(group).toRepresentation().getPath()).isEqualTo("/okta/Guarded");
        assertThat(directory.teamsOf(ivo)).containsExactly("Guarded");
        tenant.mapEveryGroupToATeam();
        assertThat(okta.delete("/Groups/" + group).status()).isEqualTo(204);
    }

    @Test
    @DisplayName("a push of many members at once reaches all of them")
    void many() {
        List<String> users = Stream.iterate(1, n -> n + 1)
                .limit(60)
                .map(n -> user("crowd" + n))
                .toList();
        String group = group("Crowd", Map.of(), users.toArray(String[]::new));
        String team = directory.mapping(group).path("targetId").asText();

        assertThat(directory.group(team).members(0, 100)).hasSize(60);

        okta.delete("/Groups/" + group);
        assertThat(directory.group(team).members(0, 100)).isEmpty();
    }

    private static String user(String name) {
        Answer created = okta.post("/Users", body(name, Map.of()));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.at("/id");
    }

    private static Map<String, Object> body(String name, Map<String, ?> more) {
        return with(
                Map.of(
                        "schemas",
                        List.of(USER),
                        "userName",
                        name + "@acme.test",
                        "name",
                        Map.of("givenName", name, "familyName", "Test"),
                        "emails",
                        List.of(Map.of("primary", true, "value", name + "@acme.test", "type", "work")),
                        "externalId",
                        "00u" + name,
                        "active",
                        true),
                more);
    }

    private static String group(String name, Map<String, ?> more, String... users) {
        Answer created = okta.post(
                "/Groups",
                with(Map.of("schemas", List.of(GROUP), "displayName", name, "members", members(users)), more));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        return created.at("/id");
    }

    private static List<Map<String, String>> members(String... users) {
        return Stream.of(users).map(user -> Map.of("value", user)).toList();
    }

    private static Map<String, Object> patch(Map<?, ?>... operations) {
        return Map.of("schemas", List.of(PATCH), "Operations", List.of(operations));
    }

    private static Map<String, Object> with(Map<String, ?> body, Map<String, ?> more) {
        Map<String, Object> both = new HashMap<>(body);
        both.putAll(more);
        return both;
    }
}
