package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.client.Simultaneously;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.HeldUser;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A directory with several connections at once: what one transaction cannot see of another must not be lost. */
@KeycloakTest
class SimultaneousPushesIT {

    private static final int ROUNDS = 6;

    @AutoClose
    static Tenant tenant;

    static Directory directory;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-at-once");
        tenant.mapEveryGroupToATeam();
        directory = Directory.in(tenant);
        directory.person("boss", directory.push("Bosses", "Admin"));
    }

    @Test
    @Tag("h2")
    @DisplayName("E3 who leaves two groups that lead to one team at once leaves the team, and keeps no role of theirs")
    void leaveBoth() throws Exception {
        String group = directory.push("Both", "Admin");
        String other = directory.push("Others", "Admin");
        String team = directory.mapping(group).path("targetId").asText();
        directory.map(other, team);

        for (int round = 0; round < ROUNDS; round++) {
            String user = directory.person("leaver" + round, group, other);
            assertThat(directory.teamsOf(user)).containsExactly("Both", "Others");

            Simultaneously.run(() -> directory.remove(group, user), () -> directory.remove(other, user));

            assertThat(directory.teamsOf(user)).as("round " + round).isEmpty();
            assertThat(tenant.realmRolesOf(user)).as("round " + round).containsExactly("User");
            assertThat(directory.reasons(user)).hasSize(1);
        }
    }

    @Test
    @Tag("h2")
    @DisplayName("ROL-10 of two last administrators who leave at once one stays")
    void lastAdministrators(KeycloakServer keycloak) throws Exception {
        try (Tenant other = Tenant.create(keycloak, "teams-last-two")) {
            other.mapEveryGroupToATeam();
            Directory pushing = Directory.in(other);
            String leaders = pushing.push("Leaders", "Admin");
            List<String> users = List.of(pushing.person("one"), pushing.person("two"));

            for (int round = 0; round < ROUNDS; round++) {
                users.forEach(user -> pushing.add(leaders, user));

                Simultaneously.run(
                        () -> pushing.remove(leaders, users.get(0)), () -> pushing.remove(leaders, users.get(1)));

                assertThat(users)
                        .as("round " + round)
                        .filteredOn(user -> other.realmRolesOf(user).contains("Admin"))
                        .hasSize(1);
            }
        }
    }

    @Test
    @Tag("h2")
    @DisplayName("GRP-8 first groups that are pushed at once make the teams' parent once, and share a new member")
    void firstGroups(KeycloakServer keycloak) throws Exception {
        try (Tenant fresh = Tenant.create(keycloak, "teams-first", realm -> realm.setGroups(null))) {
            fresh.mapEveryGroupToATeam();
            ScimClient okta = fresh.connect();

            for (int round = 0; round < ROUNDS; round++) {
                String name = "round-" + round;
                String user = okta.post("/Users", user(name)).at("/id");

                List<Answer> answers = Simultaneously.call(IntStream.range(0, 4)
                        .<Callable<Answer>>mapToObj(i -> () -> okta.post("/Groups", group(name + "-" + i, user)))
                        .toList());

                assertThat(answers)
                        .extracting(Answer::status)
                        .as(answers.toString())
                        .containsOnly(201);
                assertThat(fresh.groupsOf(user)).contains("/teams/" + name + "-0", "/teams/" + name + "-3");
                assertThat(fresh.realmRolesOf(user)).containsExactly("User");
            }
        }
    }

    @Test
    @Tag("h2")
    @DisplayName("MAP-9 groups of one name, pushed at once by two connections, share a team")
    void oneName() throws Exception {
        List<ScimClient> directories = Stream.of("north", "south")
                .map(name -> tenant.connect(name, Map.of("groupProvisioning", "true")))
                .toList();

        for (int round = 0; round < ROUNDS; round++) {
            String name = "Shared " + round;

            List<Answer> answers = Simultaneously.call(directories.stream()
                    .<Callable<Answer>>map(scim -> () -> scim.post("/Groups", group(name)))
                    .toList());

            assertThat(answers)
                    .extracting(Answer::status)
                    .as(answers.toString())
                    .containsOnly(201);
            assertThat(directory.teams()).containsOnlyOnce(name);
        }
    }

    /** Whom one connection pushes, in the order of their ids, in which pushes come to them. */
    private static List<String> people(ScimClient scim, String... names) {
        return Stream.of(names)
                .map(name -> scim.post("/Users", user(name)).at("/id"))
                .sorted()
                .toList();
    }

    private static Answer members(ScimClient scim, String op, String group, List<String> users) {
        return scim.patch("/Groups/" + group, """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations":[{"op":"%s","path":"members","value":[%s]}]}""".formatted(
                op,
                String.join(
                        ",",
                        users.stream().map(id -> "{\"value\":\"" + id + "\"}").toList())));
    }

    @Test
    @DisplayName(
            "MAP-13 a team that is deleted in the middle of a push is no team of its members, and its mapping waits")
    void teamDeleted(Deployment deployment) throws Exception {
        ScimClient scim = tenant.connect("interrupted", Map.of("groupProvisioning", "true"));
        List<String> users = people(scim, "cut-1", "cut-2", "cut-3");
        String group = scim.post("/Groups", group("Cut", users.get(0))).at("/id");
        String team = directory.mapping(group).path("targetId").asText();
        ExecutorService client = Executors.newSingleThreadExecutor();
        try {
            Future<Answer> push;
            try (HeldUser last = HeldUser.of(deployment, users.get(2))) {
                // The push has decided on the first of the two, and waits for the second.
                push = client.submit(() -> members(scim, "add", group, users.subList(1, 3)));
                last.awaitWaiting(1);

                directory.delete(team);
            }

            assertThat(push.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
        } finally {
            client.shutdown();
        }
        assertThat(directory.mapping(group).path("status").asText()).isEqualTo("PENDING");
        assertThat(directory.mapping(group).path("targetDeleted").asBoolean()).isTrue();
        assertThat(users).allSatisfy(user -> assertThat(tenant.groupsOf(user)).containsExactly("/interrupted/Cut"));
        assertThat(tenant.admin().get("/group-mappings/grants?groupId=" + team).body())
                .isEmpty();
        assertThat(deployment.rows(
                        Deployment.MAIN, "select user_id from user_group_membership where group_id = '" + team + "'"))
                .isEmpty();
        assertThat(tenant.admin().get("/group-mappings/drift?groupId=" + group).at("/total/users"))
                .isEqualTo("0");
    }

    private static String user(String name) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%1$s@acme.test","externalId":"%1$s",
                 "active":true,"name":{"givenName":"Given","familyName":"Family"},
                 "emails":[{"value":"%1$s@acme.test","primary":true}]}""".formatted(name);
    }

    private static String group(String name, String... members) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"%s","members":[%s]}""".formatted(
                        name,
                        String.join(
                                ",",
                                Stream.of(members)
                                        .map(id -> "{\"value\":\"" + id + "\"}")
                                        .toList()));
    }
}
