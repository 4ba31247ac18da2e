package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.MailServer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.scim.Meters;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** What administrators see: groups, people, causes, meters; and groups that they protect. */
@KeycloakTest
class AdministratorsIT {

    private static final ObjectMapper JSON =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    @AutoClose
    static MailServer mail;

    @AutoClose
    static Tenant tenant;

    static Directory directory;
    static String organization;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        mail = MailServer.start();
        tenant = Tenant.create(keycloak, "teams-administrators", realm -> {
            realm.setOrganizationsEnabled(true);
            realm.setSmtpServer(mail.settings());
        });
        directory = Directory.in(tenant);
        Answer made = tenant.admin()
                .post(
                        "/organizations",
                        Map.of("name", "org-acme", "alias", "acme", "domains", List.of(Map.of("name", "acme.test"))));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        organization = tenant.admin().get("/organizations").at("/0/id");
        settings(Map.of());
        directory.person("boss", directory.push("Bosses", "Admin"));
    }

    private static void settings(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "rules",
                List.of(
                        rule("teams", "team-", "TEAM", 40, Map.of("autoApprove", true)),
                        rule("guests", "guest-", "TEAM", 30, Map.of("autoApprove", true, "role", "Guest")),
                        rule("pools", "pool-", "EXCLUSIVE_GROUP", 20, Map.of("autoApprove", true)),
                        rule("organizations", "org-", "ORGANIZATION", 10, Map.of("autoApprove", true)),
                        rule("on request", "ask-", "TEAM", 5, Map.of()))));
        settings.putAll(more);
        Answer saved = tenant.admin().put("/group-mappings/settings", settings);
        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
    }

    private static Map<String, Object> rule(
            String name, String prefix, String type, int priority, Map<String, ?> more) {
        Map<String, Object> rule = new HashMap<>(
                Map.of("name", name, "type", "PREFIX", "pattern", prefix, "targetType", type, "priority", priority));
        rule.putAll(more);
        return rule;
    }

    @Nested
    @Tag("h2")
    @DisplayName("The list of people")
    class People {

        @Test
        @DisplayName("ADM-1 shows everybody with teams and roles, page by page, and finds parts of names and addresses")
        void everybody() {
            String ada = directory.person("ada", directory.push("guest-listed"));
            tenant.admin().realm().users().get(ada).joinGroup(directory.team("By hand"));
            directory.person("adam");

            Answer found = tenant.admin().get("/group-mappings/users?search=ADA");

            assertThat(found.at("/total")).as(found.toString()).isEqualTo("2");
            JsonNode first = found.body().at("/users/0");
            assertThat(first.path("id").asText()).isEqualTo(ada);
            assertThat(first.path("username").asText()).isEqualTo("ada@tenant.test");
            assertThat(first.path("name").asText()).isEqualTo("Ada Test");
            assertThat(first.path("state").asText()).isEqualTo("ACTIVE");
            assertThat(first.path("pending").asBoolean()).isFalse();
            assertThat(first.path("teams"))
                    .extracting(team -> team.path("name").asText() + " "
                            + team.path("byHand").asBoolean())
                    .containsExactly("By hand true", "guest-listed false");
            assertThat(first.path("roles"))
                    .extracting(role -> role.path("name").asText() + " "
                            + role.path("byHand").asBoolean())
                    .containsExactly("Guest false");
            assertThat(found.body().at("/users/1/teams")).isEmpty();
            assertThat(tenant.admin()
                            .get("/group-mappings/users?search=ada&first=1&max=1")
                            .body()
                            .path("users"))
                    .extracting(user -> user.path("username").asText())
                    .containsExactly("adam@tenant.test");
            assertThat(tenant.admin()
                            .get("/group-mappings/users?search=da%25")
                            .body()
                            .path("users"))
                    .isEmpty();
        }

        @Test
        @DisplayName("ADM-1 marks who was invited to an organization, and who waits for a team, as pending")
        void pending() {
            tenant.admin()
                    .realm()
                    .organizations()
                    .get(organization)
                    .members()
                    .inviteUser("ines@guest.test", "Ines", "Invited")
                    .close();
            settings(Map.of("unmapped", "pending"));
            String group = directory.push("team-left");
            String user = directory.person("pia", group);
            directory.remove(group, user);

            Answer invited = tenant.admin().get("/group-mappings/users?search=ines");
            Answer waiting = tenant.admin().get("/group-mappings/users?search=pia");

            assertThat(invited.body().path("users")).isEmpty();
            assertThat(invited.at("/invitations/0/email"))
                    .as(invited.toString())
                    .isEqualTo("ines@guest.test");
            assertThat(invited.at("/invitations/0/name")).isEqualTo("Ines Invited");
            assertThat(invited.at("/invitations/0/organizationName")).isEqualTo("org-acme");
            assertThat(invited.at("/invitations/0/pending")).isEqualTo("true");
            assertThat(waiting.at("/users/0/state")).as(waiting.toString()).isEqualTo("PENDING");
            assertThat(waiting.at("/users/0/pending")).isEqualTo("true");
            assertThat(waiting.body().path("invitations")).isEmpty();
            for (String role : List.of("Admin", "sso-exempt")) {
                String other = directory.person("waits-" + role, group);
                directory.remove(group, other);
                assertThat(state("waits-" + role)).isEqualTo("PENDING");
                tenant.grant(other, role);
                assertThat(state("waits-" + role)).as(role + " by hand").isEqualTo("ACTIVE");
            }
            settings(Map.of());
            assertThat(state("pia")).as("nobody waits here any more").isEqualTo("ACTIVE");
            assertThat(tenant.admin().get("/group-mappings/users?search=pia").at("/users/0/pending"))
                    .isEqualTo("false");
        }

        private String state(String search) {
            return tenant.admin().get("/group-mappings/users?search=" + search).at("/users/0/state");
        }

        @Test
        @DisplayName("ADM-7 a person is explained with where he is known from and the last push")
        void explained() {
            String user = directory.person("edda", directory.push("team-explained"));
            tenant.admin().realm().users().get(user).joinGroup(directory.team("Handmade"));

            Answer explained = tenant.admin().get("/group-mappings/users/" + user + "/explain");

            assertThat(explained.body().path("sources"))
                    .extracting(JsonNode::asText)
                    .containsExactly("PUSH", "HAND");
            assertThat(explained.at("/origin")).isEqualTo("HAND");
            assertThat(explained.at("/lastSync")).endsWith("Z");
            assertThat(tenant.admin()
                            .get("/group-mappings/users/nobody/explain")
                            .status())
                    .isEqualTo(404);
        }

        @Test
        @DisplayName("ROL-8 the role of the ladder is in the person's token")
        void token() throws JsonProcessingException {
            directory.person("tilda", directory.push("guest-token"));

            Answer granted = tenant.browser().directGrant("tilda@tenant.test", "password");

            String payload = granted.at("/access_token").split("\\.")[1];
            JsonNode token = JSON.readTree(new String(Base64.getUrlDecoder().decode(payload), StandardCharsets.UTF_8));
            assertThat(token.at("/realm_access/roles"))
                    .extracting(JsonNode::asText)
                    .contains("Guest")
                    .doesNotContain("User", "Admin");
        }
    }

    @Nested
    @Tag("h2")
    @DisplayName("ADM-2 The dashboard of groups")
    class Groups {

        @Test
        @DisplayName("shows state, roles, members, mappings and conflicts of a group, and each alone")
        void dashboard() {
            String group = directory.push("guest-board");
            directory.roles(group, "User");
            String other = directory.push("pool-one");
            String rival = directory.push("pool-two");
            String user = directory.person("bodo", group, other, rival);

            JsonNode described = directory.describe(group);
            assertThat(described.path("state").asText()).as("%s", described).isEqualTo("MAPPED");
            assertThat(described.path("roles")).extracting(JsonNode::asText).containsExactly("User", "Guest");
            assertThat(described.path("rolesOrigin").asText()).isEqualTo("ADMIN");
            assertThat(described.path("ruleRole").asText()).isEqualTo("Guest");
            assertThat(described.path("memberCount").asInt()).isEqualTo(1);
            assertThat(described.path("conflictCount").asInt()).isZero();
            assertThat(directory.describe(rival).path("conflictCount").asInt()).isEqualTo(1);

            assertThat(tenant.admin().get("/group-mappings/groups/" + group).body())
                    .isEqualTo(described);
            Answer members = tenant.admin().get("/group-mappings/groups/" + group + "/members");
            assertThat(members.at("/total")).isEqualTo("1");
            assertThat(members.at("/users/0/id")).isEqualTo(user);
            assertThat(members.at("/users/0/conflicts")).isEqualTo("1");
            Answer conflicts = tenant.admin().get("/group-mappings/conflicts?groupId=" + rival);
            assertThat(conflicts.at("/total")).isEqualTo("1");
            assertThat(conflicts.at("/conflicts/0/incoming/groupName")).isEqualTo("pool-two");
            assertThat(tenant.admin()
                            .get("/group-mappings/conflicts?groupId=" + group)
                            .at("/total"))
                    .isEqualTo("0");
            String mapping = described.at("/mappings/0/id").asText();
            assertThat(tenant.admin().get("/group-mappings/mappings/" + mapping).body())
                    .isEqualTo(described.at("/mappings/0"));
            assertThat(tenant.admin().get("/group-mappings/rules/guests").at("/role"))
                    .isEqualTo("Guest");
        }

        @Test
        @DisplayName("shows what waits, what is rejected, what leads nowhere, and a target that was deleted")
        void states() {
            String waiting = directory.push("ask-waiting");
            String nowhere = directory.push("Nowhere");
            String rejected = directory.push("team-rejected");
            directory.decide(directory.mapping(rejected).path("id").asText(), Map.of("status", "REJECTED"));
            String gone = directory.push("team-gone");
            directory.delete(directory.mapping(gone).path("targetId").asText());

            assertThat(directory.describe(waiting).path("state").asText()).isEqualTo("PENDING");
            assertThat(directory.describe(nowhere).path("state").asText()).isEqualTo("UNMAPPED");
            assertThat(directory.describe(rejected).path("state").asText()).isEqualTo("REJECTED");
            assertThat(directory.describe(gone).path("state").asText()).isEqualTo("PENDING");
            assertThat(directory.mapping(gone).path("targetDeleted").asBoolean())
                    .isTrue();
        }

        @ParameterizedTest(name = "404 for {0} of what is not there")
        @ValueSource(strings = {"groups/no", "groups/no/members", "mappings/no", "rules/no", "users/no/explain"})
        void unknown(String path) {
            assertThat(tenant.admin().get("/group-mappings/" + path).status()).isEqualTo(404);
        }
    }

    @Nested
    @DisplayName("AUD-2 The event of")
    class Causes {

        @Test
        @DisplayName(
                "a join, a leave, a role given and a role taken names connection, group, rule, mapping and request")
        void teamsAndRoles() {
            String group = directory.push("guest-caused");
            String user = directory.person("carl");
            directory.add(group, user);
            directory.remove(group, user);
            JsonNode mapping = directory.mapping(group);

            List<JsonNode> memberships = causes(
                    "users/" + user + "/groups/" + mapping.path("targetId").asText());
            List<JsonNode> roles = causes("users/" + user + "/role-mappings/realm").stream()
                    .filter(cause -> cause.path("groupId").asText().equals(group))
                    .toList();

            assertThat(memberships).hasSize(2).allSatisfy(cause -> {
                caused(cause, group, "guest-caused", "guests");
                assertThat(cause.path("mappingId").asText())
                        .isEqualTo(mapping.path("id").asText());
            });
            assertThat(roles).hasSize(2).allSatisfy(cause -> caused(cause, group, "guest-caused", "guests"));
            Set<String> requests = new HashSet<>();
            memberships.forEach(cause -> requests.add(cause.path("requestId").asText()));
            assertThat(requests)
                    .as("one request for the join, one for the leave")
                    .hasSize(2);
            assertThat(requests).containsAll(requests(roles));
        }

        @Test
        @DisplayName("a membership of an organization does so, too")
        void organizations() {
            String group = directory.push("org-acme");
            String user = directory.person("olga", group);
            directory.remove(group, user);

            List<JsonNode> causes = causes("organizations/" + organization + "/members/" + user);

            assertThat(causes).hasSize(2).allSatisfy(cause -> {
                caused(cause, group, "org-acme", "organizations");
                assertThat(cause.path("mappingId").asText())
                        .isEqualTo(directory.mapping(group).path("id").asText());
            });
        }

        @Test
        @DisplayName("AUD-3 a conflict and its decision do so for the mapping that waits")
        void conflicts() {
            String current = directory.push("pool-current");
            String incoming = directory.push("pool-incoming");
            String user = directory.person("conny", current, incoming);
            String conflict = directory.conflicts(user).at("/0/id").asText();
            assertThat(tenant.admin()
                            .post("/group-mappings/conflicts/" + conflict + "/use-incoming", Map.of())
                            .status())
                    .isEqualTo(204);

            List<JsonNode> causes = causes("group-mappings/conflicts/" + conflict);

            assertThat(causes).hasSizeGreaterThanOrEqualTo(2).allSatisfy(cause -> {
                caused(cause, incoming, "pool-incoming", "pools");
                assertThat(cause.path("mappingId").asText())
                        .isEqualTo(directory.mapping(incoming).path("id").asText());
            });
        }

        private void caused(JsonNode cause, String group, String name, String rule) {
            assertThat(cause.path("connection").asText()).as("%s", cause).isEqualTo("the-connection");
            assertThat(cause.path("groupId").asText()).isEqualTo(group);
            assertThat(cause.path("groupName").asText()).isEqualTo(name);
            assertThat(cause.path("rule").asText()).isEqualTo(rule);
            assertThat(cause.path("requestId").asText()).isNotEmpty();
        }

        private Set<String> requests(List<JsonNode> causes) {
            Set<String> requests = new HashSet<>();
            causes.forEach(cause -> requests.add(cause.path("requestId").asText()));
            return requests;
        }

        /** Those of the mapper's own events: an administrator's have none. */
        private List<JsonNode> causes(String path) {
            List<JsonNode> causes = new ArrayList<>();
            for (AdminEventRepresentation event : directory.events(path)) {
                JsonNode body = read(event.getRepresentation());
                JsonNode cause = (body.isArray() ? body.path(0) : body).path("cause");
                if (!cause.isMissingNode()) {
                    assertThat(event.getDetails())
                            .containsEntry("request_id", cause.path("requestId").asText())
                            .containsEntry("reason", cause.path("reason").asText());
                    causes.add(cause);
                }
            }
            return causes;
        }

        private static JsonNode read(String representation) {
            try {
                return representation == null ? JSON.missingNode() : JSON.readTree(representation);
            } catch (JsonProcessingException e) {
                throw new AssertionError(representation, e);
            }
        }
    }

    @Nested
    @DisplayName("MAP-20 A protected group")
    class Protected {

        @Test
        @DisplayName(
                "is neither deleted nor renamed, moved or changed, nor is one above it; it is mapped and has members")
        void guarded() {
            String team = directory.team("Everyone");
            String parent = tenant.admin().realm().getGroupByPath("/teams").getId();
            String elsewhere = directory.push("Elsewhere");
            settings(Map.of("protectedGroups", List.of("/teams/Everyone")));

            refused(tenant.admin().delete("/groups/" + team), "/teams/Everyone", "cannot be deleted");
            refused(tenant.admin().delete("/groups/" + parent), "/teams", "cannot be deleted");
            refused(
                    tenant.admin().put("/groups/" + team, Map.of("name", "Nobody")),
                    "/teams/Everyone",
                    "cannot be changed");
            refused(tenant.admin().put("/groups/" + parent, Map.of("name", "squads")), "/teams", "cannot be changed");
            refused(
                    tenant.admin()
                            .put(
                                    "/groups/" + team,
                                    Map.of("name", "Everyone", "attributes", Map.of("a", List.of("b")))),
                    "/teams/Everyone",
                    "cannot be changed");
            refused(
                    tenant.admin().post("/groups", Map.of("id", team, "name", "Everyone")),
                    "/teams/Everyone",
                    "cannot be changed");
            RoleRepresentation role =
                    tenant.admin().realm().roles().get("Guest").toRepresentation();
            refused(
                    tenant.admin()
                            .post(
                                    "/groups/" + team + "/role-mappings/realm",
                                    List.of(Map.of("id", role.getId(), "name", role.getName()))),
                    "/teams/Everyone",
                    "cannot be changed");

            GroupRepresentation still = directory.group(team).toRepresentation();
            assertThat(still.getPath()).isEqualTo("/teams/Everyone");
            assertThat(still.getAttributes()).isNullOrEmpty();
            assertThat(directory.map(elsewhere, team).status()).isEqualTo(201);
            String user = directory.person("prot", elsewhere);
            assertThat(directory.teamsOf(user)).containsExactly("Everyone");
            directory.rename(elsewhere, "Elsewhere again");
            assertThat(directory.teamsOf(user)).containsExactly("Everyone");
            directory.team("Another");
            assertThat(directory.teams()).contains("Another");

            settings(Map.of());
            assertThat(tenant.admin().delete("/groups/" + team).status()).isEqualTo(204);
        }

        @Test
        @DisplayName("stands against its realm's own end as little as against a new name that was taken back")
        void realmRemoved(KeycloakServer keycloak) {
            try (Tenant other = Tenant.create(keycloak, "teams-protected")) {
                Answer saved =
                        other.admin().put("/group-mappings/settings", Map.of("protectedGroups", List.of("/teams")));
                assertThat(saved.at("/protectedGroups/0")).as(saved.toString()).isEqualTo("/teams");
                String teams = other.admin().realm().getGroupByPath("/teams").getId();
                assertThat(other.admin().delete("/groups/" + teams).status()).isEqualTo(403);
            }
            assertThat(tenant.admin().keycloak().realms().findAll())
                    .noneMatch(realm -> realm.getRealm().equals("teams-protected"));
        }

        @Test
        @DisplayName("is named by its path, or the settings say how to write it")
        void path() {
            Answer refused = tenant.admin()
                    .put("/group-mappings/settings", Map.of("protectedGroups", List.of("/teams", "Everyone")));

            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.at("/errors/0/field")).isEqualTo("protectedGroups");
            assertThat(refused.at("/errors/0/errorMessage")).contains("'Everyone' is no group path");
        }

        private void refused(Answer answer, String path, String message) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(403);
            assertThat(answer.at("/errorMessage")).contains("'" + path + "'", message, "protectedGroups");
        }
    }

    @Test
    @DisplayName("MAP-20 an ordinary team can be deleted, and its members are in it no more")
    void teamDeleted() {
        String group = directory.push("team-ordinary");
        String user = directory.person("orla", group);
        String team = directory.mapping(group).path("targetId").asText();

        assertThat(tenant.admin().delete("/groups/" + team).status()).isEqualTo(204);

        assertThat(directory.teamsOf(user)).isEmpty();
        assertThat(tenant.admin().get("/group-mappings/grants?groupId=" + team).body())
                .isEmpty();
    }

    @Test
    @DisplayName("grants, conflicts, pending mappings, brakes and the time of reconciliations are counted")
    void meters(KeycloakServer keycloak) {
        settings(Map.of("brakePercent", 50));
        String group = directory.push("guest-counted");
        List<String> users = List.of(directory.person("m1", group), directory.person("m2", group));
        directory.push("ask-counted");
        directory.person("m3", directory.push("pool-left"), directory.push("pool-right"));
        directory.delete(group);
        assertThat(directory.teamsOf(users.get(0))).containsExactly("guest-counted");
        settings(Map.of());

        Meters meters = Meters.of(keycloak);

        for (String effect : List.of("joined", "role_granted", "conflict", "pending_mapping", "braked")) {
            assertThat(meters.lines(
                            "teams_effects_total", "realm=\"teams-administrators\"", "effect=\"" + effect + "\""))
                    .as(effect)
                    .hasSize(1)
                    .noneMatch(line -> line.endsWith(" 0.0"));
        }
        assertThat(meters.lines("teams_reconcile_seconds_count", "realm=\"teams-administrators\""))
                .hasSize(1);
        assertThat(meters.lines("teams_reconcile_seconds_sum", "realm=\"teams-administrators\""))
                .hasSize(1);
    }

    /** Ours of what a realm has in Keycloak's tables: components, and the configuration of required actions. Empty is nothing. */
    private static final String CONFIGURATION = """
            select c.provider_id, f.name, f.value from component c
              join component_config f on f.component_id = c.id join realm r on r.id = c.realm_id
              where r.name = 'teams-exported' and c.provider_type like 'io.github.enterprisesso.%'
            union all
            select a.provider_id, f.name, f.value from required_action_provider a
              join required_action_config f on f.required_action_id = a.id join realm r on r.id = a.realm_id
              where r.name = 'teams-exported' and f.value <> ''
            order by 1, 2, 3""";

    @Test
    @DisplayName(
            "section 4, item 12: the settings are in the file of kc.sh export, and back with it by kc.sh import and by the admin API")
    void exported(KeycloakServer keycloak, Deployment deployment) throws JsonProcessingException {
        try (Tenant travelling = Tenant.create(keycloak, "teams-exported")) {
            Answer saved = travelling
                    .admin()
                    .put(
                            "/group-mappings/settings",
                            Map.of(
                                    "rules",
                                    List.of(rule("teams", "team-", "TEAM", 40, Map.of("autoApprove", true))),
                                    "roleLadder",
                                    List.of("Guest", "User", "Admin"),
                                    "idpMapping",
                                    true,
                                    "identityProviders",
                                    List.of(Tenant.OKTA),
                                    "protectedGroups",
                                    List.of("/teams")));
            assertThat(saved.status()).as(saved.toString()).isEqualTo(200);

            travelling.connect();
            travelling.policy("REPORT");
            String file = deployment.export("teams-exported");
            String elsewhere = deployment.importIntoNewDatabase("teams-exported");
            List<String> configuration = deployment.rows(Deployment.MAIN, CONFIGURATION);
            assertThat(configuration)
                    .as("policy, connection and mapper")
                    .anyMatch(row -> row.startsWith("enforce-sso|"))
                    .anyMatch(row -> row.startsWith("group-mapping|"))
                    .anyMatch(row -> row.startsWith("scim-connection|"));
            assertThat(deployment.rows(elsewhere, CONFIGURATION)).isEqualTo(configuration);

            travelling.admin().realm().remove();
            travelling.admin().keycloak().realms().create(JSON.readValue(file, RealmRepresentation.class));

            assertThat(travelling.admin().get("/group-mappings/settings").body())
                    .isEqualTo(saved.body());
        }
    }

    @Test
    @DisplayName("the OpenAPI document is served, and says where it is valid")
    void openApi() {
        Answer answer = tenant.admin().get("/group-mappings/openapi.json");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.at("/openapi")).startsWith("3.");
        assertThat(answer.body().at("/paths").has("/reconcile")).isTrue();
        assertThat(answer.at("/servers/0/url")).endsWith("/admin/realms/{realm}/group-mappings");
    }

    @Test
    @DisplayName("ADM-6 who may view sees all of it and changes nothing; an ordinary person sees nothing")
    void permissions() {
        String viewer = tenant.localUser("vera@tenant.test", "password");
        tenant.grantManagement(viewer, "view-users");
        AdminClient vera = tenant.adminAs("vera@tenant.test", "password");
        tenant.localUser("norbert@tenant.test", "password");
        AdminClient norbert = tenant.adminAs("norbert@tenant.test", "password");
        String group = directory.push("team-viewed");
        List<String> reads = List.of(
                "users",
                "openapi.json",
                "groups/" + group,
                "groups/" + group + "/members",
                "drift",
                "tombstones",
                "conflicts",
                "rules",
                "team-group-mappings",
                "users/" + viewer + "/explain");

        for (String path : reads) {
            assertThat(vera.get("/group-mappings/" + path).status()).as(path).isEqualTo(200);
            assertThat(norbert.get("/group-mappings/" + path).status()).as(path).isEqualTo(403);
        }
        for (String path : List.of(
                "reconcile", "groups/" + group + "/reconcile", "tombstones/x/undo", "conflicts/x/keep-current")) {
            assertThat(vera.post("/group-mappings/" + path, Map.of()).status())
                    .as(path)
                    .isEqualTo(403);
        }
    }
}
