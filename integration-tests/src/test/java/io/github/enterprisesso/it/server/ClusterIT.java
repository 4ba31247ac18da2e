package io.github.enterprisesso.it.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Eventually;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.client.Simultaneously;
import io.github.enterprisesso.it.realm.Tenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestClassOrder;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** Two nodes on one database: nothing that matters is kept in one node's memory. */
@KeycloakTest
@TestClassOrder(ClassOrderer.OrderAnnotation.class)
class ClusterIT {

    private static final String ROLES = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:Group";

    private static final Pattern CLUSTER_SIZE = Pattern.compile("(?m)^vendor_cluster_size\\{[^}]*} (\\d+)");

    @AutoClose
    static KeycloakServer second;

    @AutoClose
    static Tenant tenant;

    @BeforeAll
    static void nodes(KeycloakServer first, Deployment deployment) {
        tenant = Tenant.create(first, "cluster");
        second = deployment.anotherNode();
    }

    @Test
    @DisplayName("two nodes on one database are one cluster")
    void view(KeycloakServer first) throws Exception {
        assertThat(clusterSize(first)).isEqualTo(2);
        assertThat(clusterSize(second)).isEqualTo(2);
    }

    @Test
    @DisplayName("a token made on one node serves on the other, and a person pushed there is known to both")
    void connectionsTokensAndPeople() {
        ScimClient onFirst = tenant.connect();
        ScimClient onSecond = ScimClient.withToken(tenant.scimBaseUrl(second), onFirst.token());

        Answer created = onSecond.post("/Users", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"Nora@acme.test","externalId":"00unora",
                 "name":{"givenName":"Nora","familyName":"Node"},"emails":[{"primary":true,"value":"Nora@acme.test","type":"work"}],
                 "active":true}""");

        assertThat(created.status()).as("%s", created).isEqualTo(201);
        Answer found = onFirst.get("/Users?filter=userName eq \"nora@acme.test\"");
        assertThat(found.at("/Resources/0/userName")).isEqualTo("Nora@acme.test");
        assertThat(found.at("/Resources/0/externalId")).isEqualTo("00unora");
    }

    @Test
    @DisplayName("a token revoked on one node is refused by the other at once")
    void revokedToken() {
        ScimClient onFirst = tenant.connect("revoked", Map.of());
        ScimClient onSecond = ScimClient.withToken(tenant.scimBaseUrl(second), onFirst.token());
        assertThat(onSecond.get("/Users").status()).isEqualTo(200);
        String tokens = "/scim-connections/" + tenant.connectionId("revoked") + "/tokens";
        String id = tenant.admin().get(tokens).at("/0/id");

        assertThat(tenant.admin().delete(tokens + "/" + id).status()).isEqualTo(204);

        assertThat(onSecond.get("/Users").status()).isEqualTo(401);
    }

    @Test
    @DisplayName("a change of membership on one node is seen by the other, whose user cache was warm")
    void teamsThroughTheUserCache() {
        tenant.mapEveryGroupToATeam();
        ScimClient scim = tenant.connect("teams", Map.of("groupProvisioning", "true"));
        String user = scim.post("/Users", """
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"tom@acme.test",
                         "name":{"givenName":"Tom","familyName":"Team"},"active":true}""").at("/id");
        try (AdminClient onSecond = AdminClient.ofMaster(second, tenant.realm())) {
            assertThat(onSecond.realm().users().get(user).groups()).isEmpty();

            scim.post("/Groups", """
                    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Rockets",
                     "members":[{"value":"%s"}]}""".formatted(user));

            assertThat(tenant.groupsOf(user)).contains("/teams/Rockets");
            assertThat(onSecond.realm().users().get(user).groups())
                    .extracting("path")
                    .contains("/teams/Rockets");
        }
    }

    @Test
    @DisplayName("many members added on one node are members on the other, whose user cache was warm")
    void manyMembers() {
        ScimClient scim = tenant.connect("crowd", Map.of("groupProvisioning", "true"));
        List<String> users = IntStream.range(0, 20)
                .mapToObj(i -> scim.post(
                                "/Users",
                                "{\"userName\":\"crowd-%d@acme.test\",\"name\":{\"givenName\":\"C\",\"familyName\":\"D\"}}"
                                        .formatted(i))
                        .at("/id"))
                .toList();
        try (AdminClient onSecond = AdminClient.ofMaster(second, tenant.realm())) {
            UsersResource people = onSecond.realm().users();
            assertThat(users)
                    .allSatisfy(id -> assertThat(people.get(id).groups()).isEmpty());

            scim.post(
                    "/Groups",
                    users.stream()
                            .map(id -> "{\"value\":\"" + id + "\"}")
                            .collect(joining(",", "{\"displayName\":\"Crowd\",\"members\":[", "]}")));

            assertThat(users)
                    .allSatisfy(id -> assertThat(people.get(id).groups())
                            .extracting("path")
                            .contains("/crowd/Crowd"));
        }
    }

    @Test
    @DisplayName(
            "RFC 7644 3.7 what a Bulk request does on one node the other shows at once, groups in groups included; and back again")
    void bulk() {
        tenant.mapEveryGroupToATeam();
        ScimClient onFirst = tenant.connect("bulk", Map.of("groupProvisioning", "true", "adopt", "never"));
        ScimClient onSecond = ScimClient.withToken(tenant.scimBaseUrl(second), onFirst.token());
        String veteran = onFirst.post(
                        "/Users",
                        "{\"userName\":\"veteran@acme.test\",\"name\":{\"givenName\":\"V\",\"familyName\":\"N\"}}")
                .at("/id");
        String crew = onFirst.post("/Groups", "{\"displayName\":\"Crew\"}").at("/id");
        try (AdminClient adminOnSecond = AdminClient.ofMaster(second, tenant.realm())) {
            RealmResource realmOnSecond = adminOnSecond.realm();
            RealmResource realmOnFirst = tenant.admin().realm();
            for (RealmResource realm : List.of(realmOnFirst, realmOnSecond)) {
                assertThat(realm.users().get(veteran).groups())
                        .as("warms the cache")
                        .isEmpty();
                assertThat(realm.groups().group(crew).toRepresentation().getName())
                        .isEqualTo("Crew");
                assertThat(realm.getGroupByPath("/bulk").getSubGroupCount()).isEqualTo(1);
            }
            List<String> operations = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                operations.add("""
                        {"method":"POST","path":"/Users","bulkId":"u%1$d","data":{"userName":"bulk-%1$d@acme.test",
                         "name":{"givenName":"B","familyName":"K"}}}""".formatted(i));
            }
            String members = IntStream.range(0, 12)
                    .mapToObj(i -> "{\"value\":\"bulkId:u" + i + "\"}")
                    .collect(joining(","));
            operations.add("""
                    {"method":"POST","path":"/Groups","bulkId":"outer","data":{"displayName":"Outer","members":[
                     {"value":"bulkId:inner"},{"value":"%s"}]}}""".formatted(crew));
            operations.add("""
                    {"method":"POST","path":"/Groups","bulkId":"inner","data":{"displayName":"Inner","members":[%s]}}""".formatted(members));
            operations.add("""
                    {"method":"PUT","path":"/Groups/%s","data":{"displayName":"Whole crew","members":[{"value":"%s"},%s]}}""".formatted(crew, veteran, members));

            Answer done = onFirst.post("/Bulk", "{\"Operations\":[" + String.join(",", operations) + "]}");

            assertThat(done.body().path("Operations").findValuesAsText("status"))
                    .as("%s", done)
                    .hasSize(15)
                    .allMatch(status -> status.equals("201") || status.equals("200"));
            List<String> users =
                    IntStream.range(0, 12).mapToObj(i -> bulkId(done, i)).toList();
            String outer = bulkId(done, 12);
            String inner = bulkId(done, 13);
            assertThat(membersOf(onSecond, outer)).containsExactlyInAnyOrder(inner, crew);
            assertThat(membersOf(onSecond, inner)).containsExactlyInAnyOrderElementsOf(users);
            assertThat(membersOf(onSecond, crew))
                    .contains(veteran)
                    .containsAll(users)
                    .hasSize(13);
            assertThat(onSecond.get("/Groups?filter=members.value eq \"" + inner + "\"")
                            .at("/Resources/0/id"))
                    .isEqualTo(outer);
            assertThat(realmOnSecond.groups().group(crew).toRepresentation().getName())
                    .isEqualTo("Whole crew");
            assertThat(realmOnSecond.groups().group(inner).members()).hasSize(12);
            assertThat(realmOnSecond.getGroupByPath("/bulk").getSubGroupCount()).isEqualTo(3);
            assertThat(groupsOf(realmOnSecond, veteran)).containsExactly("/bulk/Whole crew", "/teams/Whole crew");
            assertThat(users)
                    .allSatisfy(user -> assertThat(groupsOf(realmOnSecond, user))
                            .containsExactly("/bulk/Inner", "/bulk/Whole crew", "/teams/Inner", "/teams/Whole crew"));
            assertThat(users)
                    .allSatisfy(user -> assertThat(groupsOf(realmOnFirst, user)).hasSize(4));

            Answer undone = onSecond.post("/Bulk", """
                    {"Operations":[
                     {"method":"DELETE","path":"/Groups/%s"},
                     {"method":"PATCH","path":"/Groups/%s","data":{"Operations":[{"op":"replace","path":"members","value":[{"value":"%s"}]}]}},
                     {"method":"PATCH","path":"/Users/%s","data":{"Operations":[{"op":"replace","value":{"active":false}}]}}]}""".formatted(inner, crew, users.get(0), veteran));

            assertThat(undone.body().path("Operations").findValuesAsText("status"))
                    .containsExactly("204", "200", "200");
            assertThat(membersOf(onFirst, outer)).containsExactly(crew);
            assertThat(membersOf(onFirst, crew)).containsExactly(users.get(0));
            assertThat(onFirst.get("/Groups/" + inner).status()).isEqualTo(404);
            assertThat(onFirst.get("/Users/" + veteran).at("/active")).isEqualTo("false");
            assertThat(realmOnFirst.users().get(veteran).toRepresentation().isEnabled())
                    .isFalse();
            assertThat(realmOnFirst.getGroupByPath("/bulk").getSubGroupCount()).isEqualTo(2);
            assertThat(groupsOf(realmOnFirst, users.get(0))).containsExactly("/bulk/Whole crew", "/teams/Whole crew");
            assertThat(users.subList(1, 12))
                    .allSatisfy(user -> assertThat(groupsOf(realmOnFirst, user)).isEmpty());
            assertThat(groupsOf(realmOnFirst, veteran)).isEmpty();
        }
    }

    private static String bulkId(Answer bulk, int operation) {
        String location = bulk.at("/Operations/" + operation + "/location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static List<String> membersOf(ScimClient scim, String group) {
        return scim.get("/Groups/" + group).body().path("members").findValuesAsText("value");
    }

    private static List<String> groupsOf(RealmResource realm, String user) {
        return realm.users().get(user).groups().stream()
                .map(GroupRepresentation::getPath)
                .sorted()
                .toList();
    }

    @Test
    @DisplayName("RFC 9865 a list is walked a page on each node in turn, by cursor and by index")
    void lists() {
        ScimClient onFirst = tenant.connect("walk", Map.of("adopt", "never"));
        ScimClient onSecond = ScimClient.withToken(tenant.scimBaseUrl(second), onFirst.token());
        for (int i = 0; i < 5; i++) {
            onFirst.post(
                    "/Users",
                    "{\"userName\":\"walk-%d@acme.test\",\"name\":{\"givenName\":\"W\",\"familyName\":\"K\"}}"
                            .formatted(i));
        }
        List<String> byCursor = new ArrayList<>();
        List<String> byIndex = new ArrayList<>();
        String cursor = "";
        for (int i = 0; i < 5; i++) {
            ScimClient scim = i % 2 == 0 ? onFirst : onSecond;
            Answer page = scim.get("/Users?count=1&cursor=" + cursor);
            cursor = page.at("/nextCursor");
            byCursor.add(page.at("/Resources/0/userName"));
            byIndex.add(scim.get("/Users?count=1&startIndex=" + (i + 1)).at("/Resources/0/userName"));
        }

        assertThat(cursor).isEmpty();
        assertThat(byCursor)
                .containsExactly(
                        "walk-0@acme.test",
                        "walk-1@acme.test",
                        "walk-2@acme.test",
                        "walk-3@acme.test",
                        "walk-4@acme.test");
        assertThat(byIndex).isEqualTo(byCursor);
    }

    @Test
    @DisplayName("enforcement switched on at one node refuses a password at the other")
    void policy() {
        String user = tenant.localUser("petra@acme.test", "petra-password");
        OidcBrowser onSecond = new OidcBrowser(second.url(), tenant.realm());
        assertThat(onSecond.directGrant("petra@acme.test", "petra-password").status())
                .isEqualTo(200);

        tenant.admin().realm().users().get(user).logout();
        tenant.policy("ENFORCE");

        try {
            Page page =
                    new OidcBrowser(second.url(), tenant.realm()).loginByPassword("petra@acme.test", "petra-password");
            assertThat(page.isClient()).as("%s", page).isFalse();
            assertThat(onSecond.directGrant("petra@acme.test", "petra-password").status())
                    .isBetween(400, 401);
            assertThat(tenant.sessionsOf(user)).isZero();
        } finally {
            tenant.policy("OFF");
        }
    }

    /** A company whose directory pushes through both nodes, two requests at a time. */
    @Nested
    @Order(1)
    @DisplayName("CNF-1 CNF-2 CNF-4 ROL-2 two pushes at once, one through each node")
    class Pushes {

        private static final int ROUNDS = 4;

        @AutoClose
        static Tenant company;

        static Crowd crowd;
        static ScimClient onFirst;

        @BeforeAll
        static void realm(KeycloakServer first) {
            crowd = new Crowd(120);
            company = crowd.tenant(first, "cluster-pushes");
            onFirst = company.connect();
            Answer saved = company.admin()
                    .put(
                            "/group-mappings/settings",
                            Map.of(
                                    "rules",
                                    List.of(
                                            rule("exclusive", "PREFIX", "x-", "EXCLUSIVE_GROUP", 200),
                                            rule("teams", "MATCH_ALL", "", "TEAM", 100))));
            assertThat(saved.status()).as("%s", saved).isEqualTo(200);
        }

        private static Map<String, Object> rule(String name, String type, String pattern, String target, int priority) {
            Map<String, Object> rule = new HashMap<>(Map.of(
                    "name", name, "type", type, "targetType", target, "autoApprove", true, "priority", priority));
            if (!pattern.isEmpty()) {
                rule.put("pattern", pattern);
            }
            return rule;
        }

        @Test
        @DisplayName("of overlapping groups end in the right teams, roles, exclusive groups and conflicts")
        void overlapping() throws Exception {
            ScimClient onSecond = ScimClient.withToken(company.scimBaseUrl(second), onFirst.token());
            List<String> all = crowd.ids();
            List<String> lower = all.subList(0, 80);
            List<String> upper = all.subList(40, 120);
            for (int round = 0; round < ROUNDS; round++) {
                String red = group(onFirst, "x-red-" + round);
                String blue = group(onSecond, "x-blue-" + round);
                String admins = group(onFirst, "Admins-" + round, "Admin");
                String guests = group(onSecond, "Guests-" + round, "Guest");

                Simultaneously.run(
                        () -> {
                            patch(onFirst, "add", red, lower);
                            patch(onFirst, "add", admins, lower);
                        },
                        () -> {
                            patch(onSecond, "add", blue, upper);
                            patch(onSecond, "add", guests, upper);
                        });

                Set<String> inRed = members("/exclusive/x-red-" + round);
                Set<String> inBlue = members("/exclusive/x-blue-" + round);
                assertThat(inRed).containsAll(all.subList(0, 40)).doesNotContainAnyElementsOf(inBlue);
                assertThat(inBlue).containsAll(all.subList(80, 120));
                assertThat(inRed.size() + inBlue.size()).isEqualTo(120);
                assertThat(conflicts()).isEqualTo(40);
                assertThat(members("/teams/Admins-" + round)).containsExactlyInAnyOrderElementsOf(lower);
                assertThat(members("/teams/Guests-" + round)).containsExactlyInAnyOrderElementsOf(upper);
                assertThat(holders("Admin")).containsExactlyInAnyOrderElementsOf(lower);
                assertThat(holders("Guest")).containsExactlyInAnyOrderElementsOf(all.subList(80, 120));
                nothingIsAmiss(company);

                Simultaneously.run(
                        () -> {
                            patch(onFirst, "remove", red, lower);
                            patch(onFirst, "remove", admins, lower);
                        },
                        () -> {
                            patch(onSecond, "remove", guests, upper);
                            patch(onSecond, "add", blue, all.subList(0, 10));
                        });

                assertThat(members("/exclusive/x-red-" + round)).isEmpty();
                assertThat(members("/exclusive/x-blue-" + round))
                        .containsExactlyInAnyOrderElementsOf(Stream.concat(all.subList(0, 10).stream(), upper.stream())
                                .toList());
                assertThat(conflicts()).isZero();
                assertThat(holders("Guest")).isEmpty();
                assertThat(holders("Admin")).as("the last administrator").hasSize(1);
                nothingIsAmiss(company);
                onFirst.delete("/Groups/" + blue);
            }
        }

        @Test
        @DisplayName("ROL-10 about the last administrators wait for each other in one order, whichever comes first")
        void lastAdministrators() throws Exception {
            ScimClient onSecond = ScimClient.withToken(company.scimBaseUrl(second), onFirst.token());
            List<String> all = crowd.ids();
            List<String> rest = all.subList(2, 60);
            String one = group(onFirst, "One", "Admin");
            String two = group(onFirst, "Two", "Admin");
            String keeps = group(onFirst, "Keeps", "Admin");
            patch(onFirst, "add", keeps, all.subList(1, 2));
            // Whoever was the last administrator before is not any more.
            company.admin().post("/group-mappings/reconcile", Map.of());
            for (int round = 0; round < 2 * ROUNDS; round++) {
                // The first to go loses the role, so its lock is asked for before most others are decided on; who comes
                // first in the other push keeps it.
                List<String> losing = with(all.get(0), rest);
                List<String> keeping = with(all.get(1), rest);
                patch(onFirst, "add", one, losing);
                patch(onFirst, "add", two, keeping);
                ScimClient left = round % 2 == 0 ? onFirst : onSecond;
                ScimClient right = round % 2 == 0 ? onSecond : onFirst;

                Simultaneously.run(
                        () -> patch(left, "remove", one, losing), () -> patch(right, "remove", two, keeping));

                assertThat(holders("Admin")).as("round " + round).contains(all.get(1));
                assertThat(holders("Admin")).doesNotContainAnyElementsOf(rest);
                nothingIsAmiss(company);
            }
        }

        private static List<String> with(String one, List<String> others) {
            return Stream.concat(Stream.of(one), others.stream()).toList();
        }

        private static Set<String> members(String path) {
            return Crowd.members(company, path);
        }

        private static Set<String> holders(String role) {
            return company.admin().realm().roles().get(role).getUserMembers(0, 1000).stream()
                    .map(UserRepresentation::getId)
                    .collect(Collectors.toSet());
        }

        private static int conflicts() {
            return company.admin()
                    .get("/group-mappings/conflicts?max=1")
                    .body()
                    .path("total")
                    .asInt();
        }
    }

    /** A node that dies while it works: what it had not finished is as if it had never begun. */
    @Nested
    @Order(2)
    @DisplayName("kill -9 of a node")
    class Killed {

        private static final int MANY = 700;

        @AutoClose
        static Tenant company;

        static Crowd crowd;

        @BeforeAll
        static void realm(KeycloakServer first) {
            crowd = new Crowd(MANY);
            company = crowd.tenant(first, "cluster-killed");
            company.mapEveryGroupToATeam();
        }

        @Test
        @DisplayName(
                "in the middle of a push leaves nothing of it, in the middle of a reconciliation what was done; both can be repeated")
        void killed(Deployment deployment) throws Exception {
            ScimClient onFirst = company.connect();
            String group = group(onFirst, "Crowd", "Guest");
            List<String> all = crowd.ids();
            ScimClient onSecond = ScimClient.withToken(company.scimBaseUrl(second), onFirst.token());

            whileSomebodyIsLocked(deployment, () -> patch(onSecond, "add", group, all));

            assertThat(Crowd.members(company, "/okta/Crowd")).isEmpty();
            assertThat(Crowd.members(company, "/teams/Crowd")).isEmpty();
            assertThat(grants(deployment)).isZero();

            second = deployment.anotherNode();
            ScimClient again = ScimClient.withToken(company.scimBaseUrl(second), onFirst.token());
            patch(again, "add", group, all);
            everybodyIsThere(deployment);

            String team = company.admin().realm().getGroupByPath("/teams/Crowd").getId();
            deployment.execute("delete from user_group_membership where group_id = '" + team + "'");
            try (AdminClient admin = AdminClient.ofMaster(second, company.realm())) {
                whileSomebodyIsLocked(deployment, () -> {
                    Answer done = admin.post("/group-mappings/reconcile", Map.of());
                    assertThat(done.status()).isEqualTo(200);
                });
            }
            assertThat(Crowd.members(company, "/teams/Crowd"))
                    .as("some batches were done")
                    .isNotEmpty()
                    .hasSizeLessThan(MANY);

            Answer rest = company.admin().post("/group-mappings/reconcile", Map.of());
            assertThat(rest.status()).as("%s", rest).isEqualTo(200);
            everybodyIsThere(deployment);
        }

        private static void everybodyIsThere(Deployment deployment) {
            assertThat(Crowd.members(company, "/okta/Crowd")).hasSize(MANY);
            assertThat(Crowd.members(company, "/teams/Crowd")).hasSize(MANY);
            assertThat(grants(deployment)).as("a team and a role each").isEqualTo(2 * MANY);
            nothingIsAmiss(company);
        }

        private static int grants(Deployment deployment) {
            return deployment
                    .rowsOf(company.admin().realm().toRepresentation().getId())
                    .get("team_grant");
        }

        /** Holds the row of the last of the people, waits until the second node waits for it, and kills that node. */
        private static void whileSomebodyIsLocked(Deployment deployment, Runnable work) throws Exception {
            ExecutorService client = Executors.newSingleThreadExecutor();
            try (Connection database = deployment.connection();
                    Statement statement = database.createStatement()) {
                database.setAutoCommit(false);
                statement.execute(
                        "select id from user_entity where id = '" + crowd.ids().get(MANY - 1) + "' for no key update");
                Future<?> answer = client.submit(work);
                Eventually.is("the node waits", () -> waiting(deployment) > 0 || answer.isDone());
                assertThat(answer).as("at work").isNotDone();

                deployment.kill(second);

                assertThatThrownBy(() -> answer.get(1, TimeUnit.MINUTES)).isInstanceOf(ExecutionException.class);
                database.rollback();
                Eventually.is("the node waits no more", () -> waiting(deployment) == 0);
            } finally {
                client.shutdownNow();
            }
        }

        /** How many connections wait for somebody's row. */
        private static int waiting(Deployment deployment) {
            try (Connection database = deployment.connection();
                    Statement statement = database.createStatement();
                    ResultSet count = statement.executeQuery(
                            "select count(*) from pg_stat_activity where query ilike '%user_entity%' and state = 'active'"
                                    + " and wait_event_type = 'Lock'")) {
                count.next();
                return count.getInt(1);
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static String group(ScimClient scim, String name, String... roles) {
        Map<String, Object> group = new HashMap<>(
                Map.of("schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:Group", ROLES), "displayName", name));
        if (roles.length > 0) {
            group.put(ROLES, Map.of("LambdatestRoles", List.of(roles)));
        }
        Answer created = scim.post("/Groups", group);
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        return created.at("/id");
    }

    private static void patch(ScimClient scim, String op, String group, List<String> users) {
        Answer answer = scim.patch(
                "/Groups/" + group,
                Map.of(
                        "schemas",
                        List.of("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                        "Operations",
                        List.of(Map.of(
                                "op",
                                op,
                                "path",
                                "members",
                                "value",
                                users.stream().map(id -> Map.of("value", id)).toList()))));
        assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
    }

    /** A reconciliation would change nothing. */
    private static void nothingIsAmiss(Tenant company) {
        Answer drift = company.admin().get("/group-mappings/drift");
        assertThat(drift.body().path("users")).as("%s", drift).isEmpty();
    }

    /** People who are there from the beginning, in the order of their ids. */
    private record Crowd(List<String> ids) {

        Crowd(int size) {
            this(Stream.generate(() -> UUID.randomUUID().toString())
                    .limit(size)
                    .sorted()
                    .toList());
        }

        Tenant tenant(KeycloakServer node, String name) {
            return Tenant.create(
                    node,
                    name,
                    realm -> realm.setUsers(
                            new ArrayList<>(ids.stream().map(Crowd::person).toList())));
        }

        private static UserRepresentation person(String id) {
            UserRepresentation user = new UserRepresentation();
            user.setId(id);
            user.setUsername(id + "@acme.test");
            user.setEmail(user.getUsername());
            user.setEmailVerified(true);
            user.setFirstName("One");
            user.setLastName("OfMany");
            user.setEnabled(true);
            return user;
        }

        static Set<String> members(Tenant tenant, String path) {
            String group = tenant.admin().realm().getGroupByPath(path).getId();
            return tenant.admin().realm().groups().group(group).members(0, 1000).stream()
                    .map(UserRepresentation::getId)
                    .collect(Collectors.toSet());
        }
    }

    private static int clusterSize(KeycloakServer node) throws Exception {
        String metrics = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(node.managementUrl() + "/metrics"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString())
                .body();
        Matcher size = CLUSTER_SIZE.matcher(metrics);
        assertThat(size.find()).as("a metric of the cluster's size").isTrue();
        return Integer.parseInt(size.group(1));
    }
}
