package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RoleRepresentation;

/** What administrators decide, in a realm whose rules leave most of it to them. */
@KeycloakTest
@Tag("h2")
class MappingDecisionsIT {

    @AutoClose
    static Tenant tenant;

    static Directory directory;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-decisions");
        directory = Directory.in(tenant);
        Answer saved = tenant.admin()
                .put(
                        "/group-mappings/settings",
                        Map.of(
                                "rules",
                                List.of(
                                        rule("automatic", "auto-", 200, true),
                                        rule("on request", "ask-", 100, false))));
        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
    }

    private static Map<String, Object> rule(String name, String prefix, int priority, boolean autoApprove) {
        return Map.of(
                "name", name,
                "type", "PREFIX",
                "pattern", prefix,
                "targetType", "TEAM",
                "autoApprove", autoApprove,
                "priority", priority);
    }

    @Test
    @DisplayName("MAP-2 a group that no rule is for leads nowhere until an administrator maps it to a team")
    void mappedByHand() {
        String group = directory.push("Unmapped");
        String user = directory.person("una", group);
        assertThat(directory.describe(group).path("mappings")).isEmpty();
        assertThat(directory.teamsOf(user)).isEmpty();

        Answer mapped = directory.map(group, directory.team("Ours"));

        assertThat(mapped.status()).as(mapped.toString()).isEqualTo(201);
        assertThat(mapped.header("Location")).endsWith("/group-mappings/mappings/" + mapped.at("/id"));
        assertThat(mapped.at("/status")).isEqualTo("APPROVED");
        assertThat(directory.teamsOf(user)).containsExactly("Ours");
        assertThat(directory.reasons(user))
                .contains("Member of pushed group 'Unmapped', which an administrator maps to team 'Ours'.");
    }

    @Test
    @DisplayName("a mapping by name makes the team")
    void mappedByName() {
        String group = directory.push("By name");
        String user = directory.person("bea", group);

        tenant.admin()
                .post(
                        "/group-mappings/mappings",
                        Map.of("groupId", group, "targetType", "TEAM", "targetName", "Fresh team"));

        assertThat(directory.teamsOf(user)).containsExactly("Fresh team");
    }

    @Test
    @DisplayName("MAP-1 one group may lead to two teams")
    void twoTeams() {
        String group = directory.push("Both");
        String user = directory.person("bob", group);

        directory.map(group, directory.team("First"));
        directory.map(group, directory.team("Second"));

        assertThat(directory.teamsOf(user)).containsExactly("First", "Second");
    }

    @Test
    @DisplayName("MAP-9 a rule without approval waits; approved, the mapping finds or makes the team")
    void approved() {
        String group = directory.push("ask-me");
        String user = directory.person("amy", group);
        assertThat(directory.mapping(group).path("status").asText()).isEqualTo("PENDING");
        assertThat(directory.teamsOf(user)).isEmpty();

        Answer approved = directory.decide(directory.mapping(group).path("id").asText(), Map.of("status", "APPROVED"));

        assertThat(approved.status()).as(approved.toString()).isEqualTo(200);
        assertThat(directory.teamsOf(user)).containsExactly("ask-me");
    }

    @Test
    @DisplayName("MAP-2 rejected, the members leave the team, and a rename brings nobody back")
    void rejected() {
        String group = directory.push("auto-rejected");
        String user = directory.person("rita", group);
        assertThat(directory.teamsOf(user)).containsExactly("auto-rejected");

        directory.decide(directory.mapping(group).path("id").asText(), Map.of("status", "REJECTED"));
        assertThat(directory.teamsOf(user)).isEmpty();

        directory.rename(group, "auto-rejected-again");
        assertThat(directory.teamsOf(user)).isEmpty();
    }

    @Test
    @DisplayName("MAP-16 mapped to another team, the members move")
    void remapped() {
        String group = directory.push("auto-moved");
        String user = directory.person("moe", group);
        String team = directory.team("Elsewhere");

        directory.decide(directory.mapping(group).path("id").asText(), Map.of("status", "APPROVED", "targetId", team));

        assertThat(directory.teamsOf(user)).containsExactly("Elsewhere");
    }

    @Test
    @DisplayName("a mapping taken away takes its members out of the team")
    void unmapped() {
        String group = directory.push("auto-gone");
        String user = directory.person("gina", group);

        Answer gone = tenant.admin()
                .delete("/group-mappings/mappings/"
                        + directory.mapping(group).path("id").asText());

        assertThat(gone.status()).isEqualTo(204);
        assertThat(directory.teamsOf(user)).isEmpty();
        assertThat(directory.describe(group).path("mappings")).isEmpty();
    }

    @Test
    @DisplayName(
            "section 3, decision 2: another rule for the new name puts the mapping to pending, and members keep access")
    void anotherRule() {
        String group = directory.push("auto-one");
        String user = directory.person("ann", group);

        directory.rename(group, "ask-one");
        assertThat(directory.mapping(group).path("status").asText()).isEqualTo("PENDING");
        assertThat(directory.teamsOf(user)).containsExactly("auto-one");

        String later = directory.person("late", group);
        assertThat(directory.teamsOf(later)).isEmpty();

        directory.decide(directory.mapping(group).path("id").asText(), Map.of("status", "APPROVED"));
        assertThat(directory.teamsOf(user)).isEqualTo(directory.teamsOf(later)).hasSize(1);
    }

    @Test
    @DisplayName("MAP-13 a team deleted by hand puts its mapping to pending and is not made again")
    void teamDeleted() {
        String group = directory.push("auto-deleted");
        String user = directory.person("dan", group);
        directory.delete(directory.mapping(group).path("targetId").asText());

        String later = directory.person("dave", group);
        directory.reconcile();

        assertThat(directory.teams()).doesNotContain("auto-deleted");
        assertThat(directory.mapping(group).path("status").asText()).isEqualTo("PENDING");
        assertThat(directory.mapping(group).path("targetDeleted").asBoolean()).isTrue();
        assertThat(directory.reasons(user)).noneMatch(reason -> reason.contains("team"));

        String mapping = directory.mapping(group).path("id").asText();
        directory.decide(mapping, Map.of("status", "APPROVED", "targetId", directory.team("Instead")));
        assertThat(directory.teamsOf(user)).containsExactly("Instead");
        assertThat(directory.teamsOf(later)).containsExactly("Instead");
    }

    @Test
    @DisplayName("MAP-17 MAP-18 the groups of a team are replaced as a whole, by their exact names")
    void fromTheTeam() {
        String team = directory.team("Replaced");
        String one = directory.person("ole", directory.push("Old group"));
        String other = directory.person("nele", directory.push("New group"));
        replace(team, "Old group");
        assertThat(directory.teamsOf(one)).containsExactly("Replaced");

        Answer replaced = replace(team, "New group");
        assertThat(replaced.status()).as(replaced.toString()).isEqualTo(200);
        assertThat(directory.teamsOf(one)).isEmpty();
        assertThat(directory.teamsOf(other)).containsExactly("Replaced");

        replace(team);
        assertThat(directory.teamsOf(other)).isEmpty();
        assertThat(replace(team, "new group").status()).isEqualTo(400);
        assertThat(replace("nowhere", "New group").status()).isEqualTo(400);
        assertThat(replace(team, "New group", "New group").status()).isEqualTo(409);
    }

    private static Answer replace(String team, String... groups) {
        return tenant.admin()
                .patch(
                        "/group-mappings/team-group-mappings",
                        Map.of("data", List.of(Map.of("team_id", team, "groups", List.of(groups)))));
    }

    @Nested
    @DisplayName("Refused")
    class Refused {

        @Test
        @DisplayName("a second mapping of a group to the same team is a 409")
        void twice() {
            String group = directory.push("Twice");
            String team = directory.team("Once");
            directory.map(group, team);

            Answer second = directory.map(group, team);

            assertThat(second.status()).isEqualTo(409);
            assertThat(second.at("/errorMessage")).contains("mapped to team 'Once' already");
        }

        @Test
        @DisplayName("a group outside the teams' parent is a 400")
        void outside() {
            String group = directory.push("Inside");

            refused(directory.map(group, directory.push("Not a team")), "targetId", "not below /teams");
        }

        @Test
        @DisplayName("SCP-19 a team that carries a Keycloak administrator role is a 400")
        void administrators() {
            String group = directory.push("Climbers");
            String team = directory.team("Administrators");
            String client = tenant.admin()
                    .realm()
                    .clients()
                    .findByClientId("realm-management")
                    .get(0)
                    .getId();
            RoleRepresentation role = tenant.admin()
                    .realm()
                    .clients()
                    .get(client)
                    .roles()
                    .get("manage-users")
                    .toRepresentation();
            directory.group(team).roles().clientLevel(client).add(List.of(role));

            refused(directory.map(group, team), "targetId", "carries a Keycloak administrator role");
        }

        @Test
        @DisplayName("SCP-19 a rule does not lead to a team that carries a Keycloak administrator role")
        void administratorsByRule() {
            String team = directory.team("auto-administrators");
            RoleRepresentation exempt =
                    tenant.admin().realm().roles().get("sso-exempt").toRepresentation();
            directory.group(team).roles().realmLevel().add(List.of(exempt));

            String group = directory.push("auto-administrators");
            String user = directory.person("eve", group);

            assertThat(directory.mapping(group).path("status").asText()).isEqualTo("PENDING");
            assertThat(directory.teamsOf(user)).isEmpty();
        }

        @Test
        @DisplayName("what is no pushed group, no team and no status is a 400 that says so")
        void nonsense() {
            String group = directory.push("Nonsense");

            refused(directory.map("nobody", directory.team("Somewhere")), "groupId", "not the id of a pushed group");
            refused(directory.map(group, "nowhere"), "targetId", "not the id of a group");
            refused(
                    tenant.admin().post("/group-mappings/mappings", Map.of("groupId", group)),
                    "targetId",
                    "either targetId or targetName");
            refused(
                    tenant.admin()
                            .post(
                                    "/group-mappings/mappings",
                                    Map.of("groupId", group, "targetType", "POOL", "targetName", "x")),
                    "targetType",
                    "allowed are TEAM, EXCLUSIVE_GROUP, ORGANIZATION");
            Answer mapped = directory.map(group, directory.team("Fine"));
            refused(directory.decide(mapped.at("/id"), Map.of("status", "PENDING")), "status", "APPROVED and REJECTED");
            assertThat(directory.decide("unknown", Map.of("status", "APPROVED")).status())
                    .isEqualTo(404);
        }

        private void refused(Answer answer, String field, String message) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.at("/errors/0/field")).isEqualTo(field);
            assertThat(answer.at("/errors/0/errorMessage")).contains(message);
        }
    }

    @Test
    @DisplayName("MAP-16 the search for groups ignores case and spaces around, and matches anywhere")
    void search() {
        directory.push("Needle 100%");

        Answer found = tenant.admin().get("/group-mappings/groups?search=%20EEDLE%20100%25%20");

        assertThat(found.body()).hasSize(1);
        assertThat(found.at("/0/name")).isEqualTo("Needle 100%");
        assertThat(found.at("/0/path")).isEqualTo("/pushed/Needle 100%");
        assertThat(found.at("/0/connection")).isEqualTo("the-connection");
        assertThat(found.at("/0/lastPush")).isNotEmpty();
    }
}
