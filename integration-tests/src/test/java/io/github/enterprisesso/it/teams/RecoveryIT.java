package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RoleRepresentation;

/** Seeing beforehand, seeing why, stopping what is too much, and undoing. */
@KeycloakTest
@Tag("h2")
class RecoveryIT {

    private static final Map<String, Object> EVERY_GROUP = Map.of(
            "name", "every group", "type", "MATCH_ALL", "targetType", "TEAM", "autoApprove", true, "priority", 100);

    @AutoClose
    static Tenant tenant;

    static Directory directory;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-recovery");
        tenant.mapEveryGroupToATeam();
        directory = Directory.in(tenant);
        directory.person("boss", directory.push("Bosses", "Admin"));
    }

    @BeforeEach
    void defaults() {
        settings(Map.of());
    }

    private static Answer settings(Map<String, ?> more) {
        Map<String, Object> settings = new HashMap<>(Map.of("rules", List.of(EVERY_GROUP)));
        settings.putAll(more);
        Answer saved = tenant.admin().put("/group-mappings/settings", settings);
        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
        return saved;
    }

    @Nested
    class A_deleted_group {

        @Test
        @DisplayName(
                "E5 E6 section 3, decision 11: pushed again it has its mapping and roles back, and its members as they come")
        void pushedAgain() {
            String group = directory.push("Returners", "Guest");
            String elsewhere = directory.team("Elsewhere");
            directory.map(group, elsewhere);
            String user = directory.person("rudi", group);
            directory.delete(group);
            assertThat(directory.teamsOf(user)).isEmpty();
            JsonNode tombstone = tombstone("Returners");
            assertThat(tombstone.path("memberCount").asInt()).isEqualTo(1);
            assertThat(tombstone.path("mappings"))
                    .hasSize(2)
                    .allSatisfy(mapping ->
                            assertThat(mapping.path("status").asText()).isEqualTo("REJECTED"));

            String again = directory.push("Returners");

            assertThat(directory.describe(again).path("mappings"))
                    .extracting(mapping -> mapping.path("targetName").asText())
                    .containsExactlyInAnyOrder("Returners", "Elsewhere");
            assertThat(directory.describe(again).path("roles").path(0).asText()).isEqualTo("Guest");
            assertThat(directory.teamsOf(user)).isEmpty();
            directory.add(again, user);
            assertThat(directory.teamsOf(user)).containsExactly("Elsewhere", "Returners");
            assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
        }

        @Test
        @DisplayName(
                "section 4, item 7: comes back on an administrator's word, with its members, whether pushed again or not")
        void undone() {
            String group = directory.push("Undone", "Guest");
            String one = directory.person("uli", group);
            String other = directory.person("uwe", group);
            directory.delete(group);

            Answer undone = undo("Undone");

            assertThat(undone.at("/memberCount")).as(undone.toString()).isEqualTo("2");
            assertThat(directory.teamsOf(one)).containsExactly("Undone");
            assertThat(directory.teamsOf(other)).containsExactly("Undone");
            assertThat(tenant.realmRolesOf(other)).containsExactly("Guest");
            assertThat(tenant.groupsOf(one)).contains("/pushed/Undone");

            directory.delete(undone.at("/id"));
            directory.push("Undone");
            undo("Undone");
            assertThat(directory.teamsOf(one)).containsExactly("Undone");
        }

        @Test
        @DisplayName("section 3, decision 11: comes back by no tombstone whose time is over")
        void expired() {
            String group = directory.push("Expired");
            String user = directory.person("edgar", group);
            directory.delete(group);
            String tombstone = tombstone("Expired").path("id").asText();
            settings(Map.of("tombstoneDays", 0));

            Answer refused = tenant.admin().post("/group-mappings/tombstones/" + tombstone + "/undo", Map.of());

            assertThat(refused.status()).as(refused.toString()).isEqualTo(404);
            assertThat(refused.at("/errorMessage")).isEqualTo("Tombstone (kept for 0 days) not found");
            assertThat(tenant.groupsOf(user)).isEmpty();
        }

        @Test
        @DisplayName(
                "section 4, item 7: is listed newest first, page by page, and groups that few have left fill no page")
        void listed() {
            directory.delete(directory.push("Older"));
            String left = directory.push("Left by one");
            String one = directory.person("l1", left);
            directory.person("l2", left);
            directory.person("l3", left);
            directory.remove(left, one);
            directory.delete(directory.push("Newer"));

            assertThat(names("?max=1")).containsExactly("Newer");
            assertThat(names("?first=1&max=1")).containsExactly("Older");
            assertThat(names("?max=0")).isEmpty();
        }

        private List<String> names(String page) {
            return tenant.admin()
                    .get("/group-mappings/tombstones" + page)
                    .body()
                    .findValuesAsText("name");
        }
    }

    private static JsonNode tombstone(String name) {
        for (JsonNode tombstone :
                tenant.admin().get("/group-mappings/tombstones").body()) {
            if (tombstone.path("name").asText().equals(name)) {
                return tombstone;
            }
        }
        throw new AssertionError("no tombstone " + name);
    }

    private static Answer undo(String name) {
        return tenant.admin()
                .post("/group-mappings/tombstones/" + tombstone(name).path("id").asText() + "/undo", Map.of());
    }

    @Nested
    @DisplayName("section 4, item 7: a group that was emptied")
    class An_emptied_group {

        @Test
        @DisplayName("has all back who left it within the hour, one by one or at once, on an administrator's word")
        void undone() {
            String group = directory.push("Emptied", "Guest");
            String one = directory.person("elke", group);
            String other = directory.person("emil", group);
            String third = directory.person("enno", group);
            directory.remove(group, one);
            assertThat(tenant.admin().get("/group-mappings/tombstones").body().findValuesAsText("name"))
                    .as("one of three is no mistake")
                    .doesNotContain("Emptied");
            directory.add(group, one);
            directory.remove(group, one, other, third);
            assertThat(directory.teamsOf(other)).isEmpty();

            JsonNode emptied = tombstone("Emptied");
            assertThat(emptied.path("kind").asText()).isEqualTo("EMPTIED");
            assertThat(emptied.path("memberCount").asInt()).isEqualTo(3);
            assertThat(emptied.path("back").asBoolean()).isTrue();
            directory.add(group, third);
            Answer undone = undo("Emptied");

            assertThat(undone.at("/id")).as(undone.toString()).isEqualTo(group);
            assertThat(undone.at("/memberCount")).isEqualTo("3");
            for (String user : List.of(one, other, third)) {
                assertThat(directory.teamsOf(user)).containsExactly("Emptied");
                assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
            }
            assertThat(tenant.admin().get("/group-mappings/tombstones").body().findValuesAsText("name"))
                    .doesNotContain("Emptied");
        }

        @Test
        @DisplayName("is not remembered where deleted groups are not")
        void forgotten() {
            settings(Map.of("tombstoneDays", 0));
            String group = directory.push("Forgotten");
            directory.remove(group, directory.person("fred", group));

            assertThat(tenant.admin().get("/group-mappings/tombstones").body().findValuesAsText("name"))
                    .doesNotContain("Forgotten");
        }

        @Test
        @DisplayName("is remembered as deleted once it is deleted, with those who were in it then")
        void deletedAfterwards() {
            String group = directory.push("Deleted later");
            String gone = directory.person("gero", group);
            directory.person("gita", group);
            directory.remove(group, gone);
            directory.delete(group);

            JsonNode tombstone = tombstone("Deleted later");
            assertThat(tombstone.path("kind").asText()).isEqualTo("DELETED");
            assertThat(tombstone.path("memberCount").asInt()).isEqualTo(1);
        }
    }

    @Nested
    @DisplayName("section 4, item 6: the brake")
    class The_brake {

        @Test
        @DisplayName("lets go who is few, and nobody when a push would empty the team")
        void emptied() {
            settings(Map.of("brakePercent", 50));
            String group = directory.push("Braked");
            List<String> users = List.of(
                    directory.person("b1", group), directory.person("b2", group), directory.person("b3", group));

            directory.remove(group, users.get(0));
            assertThat(directory.teamsOf(users.get(0))).isEmpty();

            directory.delete(group);
            assertThat(directory.teamsOf(users.get(1))).containsExactly("Braked");
            assertThat(directory.teamsOf(users.get(2))).containsExactly("Braked");
            JsonNode mapping = braked("Braked");
            assertThat(directory.events(
                            "group-mappings/mappings/" + mapping.path("id").asText()))
                    .filteredOn(event -> event.getOperationType().equals("ACTION"))
                    .singleElement()
                    .satisfies(event ->
                            assertThat(event.getDetails().get("reason")).contains("would take 2 of 2 members"));

            directory.decide(mapping.path("id").asText(), Map.of("status", "APPROVED"));
            assertThat(directory.teamsOf(users.get(1))).isEmpty();
            assertThat(directory.teamsOf(users.get(2))).isEmpty();
        }

        @Test
        @DisplayName("stops a push that would take an administrator")
        void administrator() {
            settings(Map.of("brakePercent", 90));
            String group = directory.push("Captains", "Admin");
            String user = directory.person("cap", group);
            directory.person("mate", group);
            directory.person("crew", group);

            directory.remove(group, user);

            assertThat(directory.teamsOf(user)).containsExactly("Captains");
            assertThat(directory.mapping(group).path("braked").asBoolean()).isTrue();
            directory.decide(directory.mapping(group).path("id").asText(), Map.of("status", "APPROVED"));
            assertThat(directory.teamsOf(user)).isEmpty();
        }

        private JsonNode braked(String target) {
            for (JsonNode mapping :
                    tenant.admin().get("/group-mappings/mappings").body()) {
                if (mapping.path("braked").asBoolean()
                        && mapping.path("targetName").asText().equals(target)) {
                    return mapping;
                }
            }
            throw new AssertionError("nothing is braked");
        }
    }

    @Test
    @DisplayName("LTM-7 a mapped team can be read-only: an edit by hand is undone at once, with an event")
    void readOnly() {
        settings(Map.of("readOnlyTeams", true));
        String group = directory.push("Guarded");
        String team = directory.mapping(group).path("targetId").asText();
        String member = directory.person("gina", group);
        String stranger = directory.person("gus");

        directory.remove(team, member);
        directory.add(team, stranger);

        assertThat(directory.teamsOf(member)).containsExactly("Guarded");
        assertThat(directory.teamsOf(stranger)).isEmpty();
        assertThat(directory.events("users/" + stranger + "/groups/" + team))
                .anySatisfy(
                        event -> assertThat(event.getDetails().get("reason")).contains("read-only in this realm"));

        directory.remove(group, member);
        assertThat(directory.teamsOf(member)).isEmpty();
    }

    @Nested
    @DisplayName("section 3, decision 5: whose last mapped group is gone")
    class Unmapped {

        @Test
        void is_disabled_and_enabled_again() {
            settings(Map.of("unmapped", "disable"));
            String group = directory.push("Employees");
            String user = directory.person("emma", group);

            directory.remove(group, user);
            assertThat(enabled(user)).isFalse();

            directory.add(group, user);
            assertThat(enabled(user)).isTrue();
            assertThat(directory.teamsOf(user)).containsExactly("Employees");
        }

        @Test
        void is_left_alone_when_exempt() {
            settings(Map.of("unmapped", "disable"));
            String group = directory.push("Exempt");
            String user = directory.person("ede", group);
            tenant.grant(user, "sso-exempt");

            directory.remove(group, user);

            assertThat(enabled(user)).isTrue();
        }

        @Test
        void joins_the_default_team() {
            directory.team("Lobby");
            settings(Map.of("unmapped", "default-team", "defaultTeam", "Lobby"));
            String group = directory.push("Visitors");
            String user = directory.person("vera", group);

            directory.remove(group, user);

            assertThat(directory.teamsOf(user)).containsExactly("Lobby");
        }

        private boolean enabled(String user) {
            return tenant.admin().realm().users().get(user).toRepresentation().isEnabled();
        }
    }

    @Test
    @DisplayName("MAP-6 one group for each target, when the realm says so: a second mapping is a 409")
    void exclusiveOwner() {
        settings(Map.of("exclusiveOwner", true));
        String owner = directory.push("Owner");
        String other = directory.push("Other");

        Answer refused =
                directory.map(other, directory.mapping(owner).path("targetId").asText());

        assertThat(refused.status()).as(refused.toString()).isEqualTo(409);
        assertThat(refused.at("/errorMessage")).contains("mapped from group 'Owner' already");
    }

    @Nested
    @DisplayName("section 4, items 4 and 5")
    class Beforehand {

        @Test
        @DisplayName("a mapping is previewed: who would join, who would be in conflict, and nothing is done")
        void mapping() {
            String group = directory.push("Previewed");
            String user = directory.person("pia", group);

            Answer preview = tenant.admin()
                    .post(
                            "/group-mappings/preview",
                            Map.of(
                                    "mapping",
                                    Map.of("groupId", group, "targetType", "TEAM", "targetName", "Not made yet")));

            assertThat(preview.at("/total/JOIN")).as(preview.toString()).isEqualTo("1");
            assertThat(preview.at("/users/0/userId")).isEqualTo(user);
            assertThat(preview.at("/users/0/changes/0/target")).isEqualTo("Not made yet");
            assertThat(directory.teams()).doesNotContain("Not made yet");
        }

        @Test
        @DisplayName("a decision is previewed: who would leave, who would move, and nothing is done")
        void decision() {
            String group = directory.push("Decided");
            String user = directory.person("della", group);
            String mapping = directory.mapping(group).path("id").asText();
            String instead = directory.team("Instead of it");

            Answer rejected = tenant.admin()
                    .post(
                            "/group-mappings/preview",
                            Map.of("decision", Map.of("mappingId", mapping, "status", "REJECTED")));
            Answer moved = tenant.admin()
                    .post(
                            "/group-mappings/preview",
                            Map.of(
                                    "decision",
                                    Map.of("mappingId", mapping, "status", "APPROVED", "targetId", instead)));
            Answer wrong = tenant.admin()
                    .post(
                            "/group-mappings/preview",
                            Map.of("decision", Map.of("mappingId", mapping, "status", "PENDING")));

            assertThat(rejected.at("/total/LEAVE")).as(rejected.toString()).isEqualTo("1");
            assertThat(rejected.at("/users/0/userId")).isEqualTo(user);
            assertThat(rejected.at("/users/0/changes/0/target")).isEqualTo("Decided");
            assertThat(moved.at("/total/LEAVE")).as(moved.toString()).isEqualTo("1");
            assertThat(moved.at("/total/JOIN")).isEqualTo("1");
            assertThat(wrong.at("/errors/0/field")).isEqualTo("decision.status");
            assertThat(directory.teamsOf(user)).containsExactly("Decided");
        }

        @Test
        @DisplayName("rules are previewed for the groups that have no mapping")
        void rules() {
            settings(Map.of("rules", List.of()));
            String group = directory.push("later-one");
            directory.person("lara", group);

            Answer preview = tenant.admin()
                    .post(
                            "/group-mappings/preview",
                            Map.of(
                                    "rules",
                                    List.of(Map.of(
                                            "name",
                                            "later",
                                            "type",
                                            "PREFIX",
                                            "pattern",
                                            "later-",
                                            "autoApprove",
                                            true,
                                            "priority",
                                            1,
                                            "role",
                                            "Guest"))));

            JsonNode forecast = preview.body().path("groups").path(0);
            assertThat(forecast.path("groupName").asText())
                    .as(preview.toString())
                    .isEqualTo("later-one");
            assertThat(forecast.path("status").asText()).isEqualTo("AUTO_APPROVED");
            assertThat(forecast.path("made").asBoolean()).isTrue();
            assertThat(preview.at("/total/JOIN")).isEqualTo("1");
            assertThat(preview.at("/total/GRANT_ROLE")).isEqualTo("1");
        }

        @Test
        @DisplayName(
                "MAP-6 where a target has one owner, a preview says that another group waits or is refused, as it would be")
        void oneOwner() {
            settings(Map.of("rules", List.of(), "exclusiveOwner", true));
            directory.map(directory.push("Owned"), directory.team("Owned"));
            String rival = Directory.in(tenant, "rivals").push("Owned");

            Answer rules = tenant.admin()
                    .post(
                            "/group-mappings/preview",
                            Map.of(
                                    "rules",
                                    List.of(Map.of(
                                            "name",
                                            "owned",
                                            "type",
                                            "PREFIX",
                                            "pattern",
                                            "Owned",
                                            "autoApprove",
                                            true,
                                            "priority",
                                            1))));
            Answer mapping = tenant.admin()
                    .post(
                            "/group-mappings/preview",
                            Map.of("mapping", Map.of("groupId", rival, "targetName", "Owned")));

            assertThat(rules.body().path("groups"))
                    .filteredOn(group -> group.path("groupId").asText().equals(rival))
                    .singleElement()
                    .satisfies(
                            group -> assertThat(group.path("status").asText()).isEqualTo("PENDING"));
            assertThat(mapping.status()).as(mapping.toString()).isEqualTo(409);
            assertThat(mapping.at("/errorMessage")).contains("mapped from group 'Owned' already");
        }

        @Test
        @DisplayName("section 4, item 4: what if about a group that there is not is refused with the field")
        void unknownGroup() {
            String user = directory.person("wanda");
            for (String field : List.of("without", "with")) {
                Answer refused = tenant.admin().get("/group-mappings/users/" + user + "/explain?" + field + "=nobody");

                assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
                assertThat(refused.at("/errors/0/field")).isEqualTo(field);
            }
        }

        @Test
        @DisplayName("ADM-7 a person is explained, and what if he left a group")
        void explained() {
            String group = directory.push("Explained", "Guest");
            String user = directory.person("xenia", group);

            Answer explained = tenant.admin().get("/group-mappings/users/" + user + "/explain?without=" + group);

            assertThat(explained.body().path("grants"))
                    .extracting(grant -> grant.path("reason").asText())
                    .contains("Member of pushed group 'Explained', which rule 'every group' maps to team 'Explained'.");
            assertThat(explained.body().at("/whatIf/changes"))
                    .extracting(change -> change.path("action").asText() + " "
                            + change.path("target").asText())
                    .containsExactlyInAnyOrder("LEAVE Explained", "GRANT_ROLE User", "REVOKE_ROLE Guest");
            assertThat(explained.body().path("drift")).isEmpty();
            assertThat(directory.teamsOf(user)).containsExactly("Explained");
        }

        @Test
        @DisplayName("section 4, item 9: drift is reported, and reconciled part by part")
        void drift() {
            String group = directory.push("Drifting", "Guest");
            String user = directory.person("dirk", group);
            RoleRepresentation guest =
                    tenant.admin().realm().roles().get("Guest").toRepresentation();
            tenant.admin().realm().users().get(user).roles().realmLevel().remove(List.of(guest));

            Answer drift = tenant.admin().get("/group-mappings/drift?groupId=" + group);
            assertThat(drift.at("/users/0/changes/0/action"))
                    .as(drift.toString())
                    .isEqualTo("GRANT_ROLE");
            assertThat(drift.at("/progress/done")).isEqualTo("1");
            assertThat(drift.at("/progress/total")).isEqualTo("1");
            assertThat(tenant.realmRolesOf(user)).isEmpty();
            directory.person("dora", group);
            assertThat(parts("GET", "/group-mappings/drift?groupId=" + group + "&max=1&after="))
                    .isEqualTo(2);

            assertThat(parts("POST", "/group-mappings/reconcile?max=2&after=")).isGreaterThan(2);

            assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
            assertThat(tenant.admin().get("/group-mappings/drift").at("/total/users"))
                    .isEqualTo("0");
        }
    }

    @Test
    @DisplayName("section 4, item 9: a group is reconciled part by part, and each part says how far it is")
    void groupInParts() {
        String group = directory.push("Parted");
        List<String> users =
                List.of(directory.person("p1", group), directory.person("p2", group), directory.person("p3", group));
        String team = directory.mapping(group).path("targetId").asText();
        users.forEach(user -> directory.remove(team, user));

        assertThat(parts("POST", "/group-mappings/groups/" + group + "/reconcile?max=2&after="))
                .isEqualTo(3);

        assertThat(users).allSatisfy(user -> assertThat(directory.teamsOf(user)).containsExactly("Parted"));
    }

    /** Asks for part after part; answers how many users there were. */
    private static int parts(String method, String path) {
        String after = "";
        int done = 0;
        do {
            Answer part = method.equals("GET")
                    ? tenant.admin().get(path + after)
                    : tenant.admin().post(path + after, Map.of());
            assertThat(part.status()).as(part.toString()).isEqualTo(200);
            JsonNode progress = part.body().has("progress") ? part.body().path("progress") : part.body();
            assertThat(progress.path("done").asInt()).as(part.toString()).isGreaterThan(done);
            done = progress.path("done").asInt();
            after = part.body().path("next").asText();
            assertThat(after.isEmpty()).isEqualTo(done == progress.path("total").asInt());
        } while (!after.isEmpty());
        return done;
    }

    @Test
    @DisplayName(
            "ADM-3 MAP-8 rules are listed, added, changed, ordered and removed one by one, and validated without being saved")
    void rules() {
        Map<String, Object> rule = Map.of("name", "qa", "type", "REGEX", "pattern", "^qa-", "priority", 200);
        assertThat(tenant.admin().post("/group-mappings/rules", rule).status()).isEqualTo(201);
        assertThat(names()).containsExactly("qa", "every group");

        Answer invalid = tenant.admin()
                .post("/group-mappings/rules/validate", List.of(Map.of("name", "x", "type", "REGEX", "pattern", "(")));
        assertThat(invalid.status()).isEqualTo(400);
        assertThat(invalid.at("/errors/0/field")).isEqualTo("rules[0]");
        assertThat(names()).containsExactly("qa", "every group");

        Answer reordered = tenant.admin()
                .put(
                        "/group-mappings/rules",
                        List.of(
                                Map.of("name", "every group", "type", "MATCH_ALL", "autoApprove", true),
                                Map.of("name", "qa", "type", "REGEX", "pattern", "^qa-")));
        assertThat(reordered.status()).as(reordered.toString()).isEqualTo(200);
        assertThat(names()).containsExactly("every group", "qa");

        assertThat(tenant.admin().delete("/group-mappings/rules/qa").status()).isEqualTo(204);
        assertThat(names()).containsExactly("every group");
        assertThat(tenant.admin().delete("/group-mappings/rules/qa").status()).isEqualTo(404);
    }

    private static List<String> names() {
        return tenant.admin().get("/group-mappings/rules").body().findValuesAsText("name");
    }

    @Test
    @DisplayName("settings that cannot be are refused with the field")
    void refused() {
        Map<String, Map<String, ?>> wrong = Map.of(
                "unmapped", Map.of("unmapped", "explode"),
                "defaultTeam", Map.of("unmapped", "default-team"),
                "brakePercent", Map.of("brakePercent", 100),
                "exclusiveParent", Map.of("exclusiveParent", "/teams/exclusive"));
        wrong.forEach((field, settings) -> {
            Answer answer = tenant.admin().put("/group-mappings/settings", settings);
            assertThat(answer.status()).as(field).isEqualTo(400);
            assertThat(answer.at("/errors/0/field")).isEqualTo(field);
        });
    }
}
