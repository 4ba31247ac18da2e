package io.github.enterprisesso.it.scim;

import static io.github.enterprisesso.it.scim.Scim.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.client.Simultaneously;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Many members in one request: one statement for all of them, and the same effects as if each had joined by himself. */
@KeycloakTest
@Tag("h2")
class ScimBulkMembersIT {

    private static final int CROWD = 40;

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static List<String> people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "bulk-members", realm -> people = crowd(realm));
        scim = tenant.connect();
    }

    private static List<String> crowd(RealmRepresentation realm) {
        List<UserRepresentation> users =
                IntStream.range(0, CROWD).mapToObj(ScimBulkMembersIT::person).toList();
        realm.setUsers(new ArrayList<>(users));
        return users.stream().map(UserRepresentation::getId).toList();
    }

    private static UserRepresentation person(int number) {
        UserRepresentation user = new UserRepresentation();
        user.setId(UUID.randomUUID().toString());
        user.setUsername("person-" + number + "@acme.test");
        user.setEmail(user.getUsername());
        user.setEmailVerified(true);
        user.setFirstName("Person");
        user.setLastName(Integer.toString(number));
        user.setEnabled(true);
        return user;
    }

    private static String add(List<String> users) {
        return Scim.patch("{\"op\":\"add\",\"path\":\"members\",\"value\":" + values(users) + "}");
    }

    private static String remove(List<String> users) {
        return Scim.patch("{\"op\":\"remove\",\"path\":\"members\",\"value\":" + values(users) + "}");
    }

    private static String values(List<String> users) {
        return users.stream().map(id -> "{\"value\":\"" + id + "\"}").collect(Collectors.joining(",", "[", "]"));
    }

    private static Answer patch(String group, String body) {
        return scim.patch("/Groups/" + group, body);
    }

    private static List<String> members(String group) {
        return scim.get("/Groups/" + group).body().path("members").findValuesAsText("value");
    }

    private static List<String> inWhoseGroups(String path, List<String> users) {
        return users.stream().filter(id -> tenant.groupsOf(id).contains(path)).toList();
    }

    private static List<JsonNode> events(String operation, String group) {
        List<JsonNode> events = new ArrayList<>();
        tenant.admin()
                .get("/admin-events?max=500&resourceTypes=GROUP_MEMBERSHIP&operationTypes=" + operation)
                .body()
                .forEach(events::add);
        return events.stream()
                .filter(event -> event.path("resourcePath").asText().endsWith("/groups/" + group))
                .toList();
    }

    @Test
    @DisplayName("GRP-8 AUD-1 whoever was cached before a bulk add and a bulk remove is right after it; one event each")
    void warmCaches() {
        String group = Scim.group(scim, "Warm");
        assertThat(inWhoseGroups("/okta/Warm", people)).isEmpty();

        assertThat(patch(group, add(people)).status()).isEqualTo(200);

        assertThat(inWhoseGroups("/okta/Warm", people)).containsExactlyElementsOf(people);
        assertThat(members(group)).containsExactlyInAnyOrderElementsOf(people);
        assertThat(events("CREATE", group))
                .extracting(event -> event.path("resourcePath").asText().split("/")[1])
                .containsExactlyInAnyOrderElementsOf(people);
        assertThat(events("CREATE", group))
                .allSatisfy(event ->
                        assertThat(event.at("/details/username").asText()).matches("person-\\d+@acme.test"));

        List<String> leaving = people.subList(5, CROWD);
        assertThat(patch(group, remove(leaving)).status()).isEqualTo(200);

        assertThat(inWhoseGroups("/okta/Warm", people)).containsExactlyElementsOf(people.subList(0, 5));
        assertThat(events("DELETE", group)).hasSize(leaving.size());
    }

    @Test
    @DisplayName("GRP-6 a PUT of the exact list lets the rest leave and the new ones join, and touches nobody else")
    void exactList() {
        String group = Scim.group(scim, "Exact");
        patch(group, add(people.subList(0, 25)));
        int joins = events("CREATE", group).size();

        List<String> exact = people.subList(12, 38);
        Answer replaced = scim.put("/Groups/" + group, "{\"displayName\":\"Exact\",\"members\":" + values(exact) + "}");

        assertThat(replaced.status()).as("%s", replaced).isEqualTo(200);
        assertThat(members(group)).containsExactlyInAnyOrderElementsOf(exact);
        assertThat(inWhoseGroups("/okta/Exact", people)).containsExactlyElementsOf(exact);
        assertThat(events("CREATE", group)).hasSize(joins + 13);
        assertThat(events("DELETE", group)).hasSize(12);

        assertThat(patch(group, Scim.patch("{\"op\":\"remove\",\"path\":\"members\"}"))
                        .status())
                .isEqualTo(200);
        assertThat(members(group)).isEmpty();
        assertThat(inWhoseGroups("/okta/Exact", people)).isEmpty();
    }

    @Test
    @DisplayName("a group may come with its members")
    void created() {
        Answer created = scim.post("/Groups", "{\"displayName\":\"Full\",\"members\":" + values(people) + "}");

        assertThat(created.status()).as("%s", created).isEqualTo(201);
        assertThat(created.body().path("members")).hasSize(CROWD);
        assertThat(inWhoseGroups("/okta/Full", people)).hasSize(CROWD);
    }

    @Test
    @DisplayName("of six identical requests at once every one is answered, and nobody is in the group twice")
    void identicalAtOnce() throws Exception {
        String group = Scim.group(scim, "Race");

        assertThat(Simultaneously.call(6, i -> patch(group, add(people))))
                .extracting(Answer::status)
                .containsOnly(200);
        assertThat(members(group)).containsExactlyInAnyOrderElementsOf(people);
        assertThat(events("CREATE", group)).hasSize(CROWD);

        assertThat(Simultaneously.call(6, i -> patch(group, remove(people))))
                .extracting(Answer::status)
                .containsOnly(200);
        assertThat(members(group)).isEmpty();
        assertThat(events("DELETE", group)).hasSize(CROWD);
    }

    @Test
    @DisplayName("GRP-11 SCP-18 one unknown member among many: 400, and nothing has changed")
    void unknownMember() {
        String group = Scim.group(scim, "Atomic");
        patch(group, add(people.subList(0, 11)));
        List<String> withStranger = new ArrayList<>(people);
        withStranger.add(20, UUID.randomUUID().toString());

        assertError(patch(group, add(withStranger)), 400, "invalidValue");
        assertError(
                scim.put(
                        "/Groups/" + group,
                        "{\"displayName\":\"Other\",\"members\":" + values(withStranger.subList(15, 30)) + "}"),
                400,
                "invalidValue");

        assertThat(members(group)).containsExactlyInAnyOrderElementsOf(people.subList(0, 11));
        assertThat(scim.get("/Groups/" + group).at("/displayName")).isEqualTo("Atomic");
        assertThat(events("CREATE", group)).hasSize(11);
        assertThat(events("DELETE", group)).isEmpty();
    }

    @Test
    @DisplayName(
            "SCP-19 one administrator among many, by his own role or by a group's parent: 403, and nothing has changed")
    void administrators() {
        String byRole = tenant.localUser("chief@acme.test", "chief-password");
        tenant.grantManagement(byRole, "manage-users");
        String byGroup = tenant.localUser("deputy@acme.test", "deputy-password");
        joinAdministrators(byGroup);
        String group = Scim.group(scim, "Ordinary");

        for (String administrator : List.of(byRole, byGroup)) {
            List<String> many = new ArrayList<>(people);
            many.add(administrator);
            assertError(patch(group, add(many)), 403, null);
        }

        assertThat(members(group)).isEmpty();
        assertThat(tenant.groupsOf(byRole)).isEmpty();
        assertThat(events("CREATE", group)).isEmpty();
    }

    /** Below a group that administers the realm. */
    private static void joinAdministrators(String user) {
        GroupRepresentation parent = new GroupRepresentation();
        parent.setName("Operators");
        String parentId;
        try (Response created = tenant.admin().realm().groups().add(parent)) {
            parentId = CreatedResponseUtil.getCreatedId(created);
        }
        GroupRepresentation child = new GroupRepresentation();
        child.setName("Night shift");
        String childId;
        try (Response created = tenant.admin().realm().groups().group(parentId).subGroup(child)) {
            childId = created.readEntity(GroupRepresentation.class).getId();
        }
        var clients = tenant.admin().realm().clients();
        String management = clients.findByClientId("realm-management").get(0).getId();
        tenant.admin()
                .realm()
                .groups()
                .group(parentId)
                .roles()
                .clientLevel(management)
                .add(List.of(clients.get(management).roles().get("view-users").toRepresentation()));
        tenant.admin().realm().users().get(user).joinGroup(childId);
    }

    @Test
    @DisplayName("a user of a user storage is left to it, also among many: what it refuses, nobody gets")
    void federated() {
        String storage = disabledDirectory();
        String user = tenant.localUser("federated@acme.test", "federated-password");
        String before = Scim.group(scim, "Before storage");
        patch(before, add(List.of(user)));
        UserRepresentation federated = tenant.admin().realm().users().get(user).toRepresentation();
        federated.setFederationLink(storage);
        tenant.admin().realm().users().get(user).update(federated);
        String group = Scim.group(scim, "Storage");
        List<String> many = new ArrayList<>(people);
        many.add(user);

        // Keycloak makes the users of a disabled storage read-only.
        assertError(patch(group, add(many)), 400, "mutability");
        assertThat(members(before)).containsExactly(user);
        assertThat(members(before + "?membersCount=1")).containsExactly(user);

        assertThat(members(group)).isEmpty();
        assertThat(events("CREATE", group)).isEmpty();
    }

    private static String disabledDirectory() {
        ComponentRepresentation ldap = new ComponentRepresentation();
        ldap.setName("directory");
        ldap.setProviderId("ldap");
        ldap.setProviderType("org.keycloak.storage.UserStorageProvider");
        MultivaluedHashMap<String, String> config = new MultivaluedHashMap<>();
        Map.of(
                        "enabled", "false",
                        "editMode", "READ_ONLY",
                        "vendor", "other",
                        "connectionUrl", "ldap://localhost:1",
                        "usersDn", "ou=people,dc=acme,dc=test",
                        "authType", "none",
                        "usernameLDAPAttribute", "uid",
                        "rdnLDAPAttribute", "uid",
                        "uuidLDAPAttribute", "entryUUID",
                        "userObjectClasses", "inetOrgPerson")
                .forEach(config::putSingle);
        ldap.setConfig(config);
        try (Response created = tenant.admin().realm().components().add(ldap)) {
            return CreatedResponseUtil.getCreatedId(created);
        }
    }

    @Test
    @DisplayName("E2 E3 the group mapper follows a bulk add and a bulk remove in the same transaction")
    void mapped(KeycloakServer keycloak) {
        List<String> crowd = new ArrayList<>();
        try (Tenant mapped = Tenant.create(keycloak, "bulk-mapped", realm -> crowd.addAll(crowd(realm)))) {
            mapped.mapEveryGroupToATeam();
            ScimClient okta = mapped.connect();
            String group = Scim.group(okta, "Rockets");

            okta.patch("/Groups/" + group, add(crowd));
            assertThat(crowd).allSatisfy(id -> assertThat(mapped.groupsOf(id)).contains("/teams/Rockets"));

            okta.patch("/Groups/" + group, remove(crowd.subList(1, CROWD)));
            assertThat(mapped.groupsOf(crowd.get(0))).contains("/teams/Rockets");
            assertThat(crowd.subList(1, CROWD))
                    .allSatisfy(id -> assertThat(mapped.groupsOf(id)).isEmpty());
        }
    }
}
