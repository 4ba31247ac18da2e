package io.github.enterprisesso.it.server;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.RealmResource;
import org.keycloak.admin.client.resource.UsersResource;
import org.keycloak.representations.idm.GroupRepresentation;

/** Two nodes on one database: nothing that matters is kept in one node's memory. */
@KeycloakTest
class ClusterIT {

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
