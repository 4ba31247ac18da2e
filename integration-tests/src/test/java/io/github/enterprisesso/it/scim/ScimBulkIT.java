package io.github.enterprisesso.it.scim;

import static io.github.enterprisesso.it.scim.Scim.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** POST /Bulk, RFC 7644 section 3.7: many operations in one request, each for itself. */
@KeycloakTest
@Tag("h2")
class ScimBulkIT {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "bulk");
        tenant.mapEveryGroupToATeam();
        scim = tenant.connect();
    }

    private static String request(String... operations) {
        return requestWith("", operations);
    }

    private static String requestWith(String more, String... operations) {
        return "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:BulkRequest\"]," + more + "\"Operations\":["
                + String.join(",", operations) + "]}";
    }

    private static String operation(String method, String path, String bulkId, String data) {
        return "{\"method\":\"" + method + "\",\"path\":\"" + path + "\""
                + (bulkId == null ? "" : ",\"bulkId\":\"" + bulkId + "\"")
                + (data == null ? "" : ",\"data\":" + data) + "}";
    }

    private static String post(String bulkId, String userName) {
        return operation("POST", "/Users", bulkId, Scim.user(userName));
    }

    private static Answer bulk(String... operations) {
        return bulk(scim, request(operations));
    }

    private static Answer bulk(ScimClient client, String request) {
        Answer answer = client.post("/Bulk", request);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.at("/schemas/0")).isEqualTo("urn:ietf:params:scim:api:messages:2.0:BulkResponse");
        return answer;
    }

    /** Of the operations themselves, not of the errors in them. */
    private static List<String> outcomes(Answer answer) {
        return StreamSupport.stream(answer.body().path("Operations").spliterator(), false)
                .map(operation -> operation.path("status").asText())
                .toList();
    }

    private static String id(Answer answer, int operation) {
        String location = answer.at("/Operations/" + operation + "/location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static boolean exists(String userName) {
        return !scim.get("/Users?filter=userName eq \"" + userName + "\"")
                .at("/totalResults")
                .equals("0");
    }

    private static List<String> members(String group) {
        return scim.get("/Groups/" + group).body().path("members").findValuesAsText("value");
    }

    @Test
    @DisplayName(
            "a group that names users who are created after it, and a group in it: all are made, mapped, and told with address and version")
    void references() {
        Answer answer = bulk(
                operation("POST", "/Groups", "outer", """
                        {"displayName":"Tour guides","members":[{"type":"User","value":"bulkId:alice"},
                         {"type":"Group","value":"bulkId:inner"}]}"""),
                operation("POST", "/Groups", "inner", """
                        {"displayName":"Night guides","members":[{"value":"bulkId:bob"}]}"""),
                post("alice", "alice@acme.test"),
                post("bob", "bob@acme.test"));

        assertThat(outcomes(answer)).containsExactly("201", "201", "201", "201");
        assertThat(answer.body().path("Operations").findValuesAsText("bulkId"))
                .containsExactly("outer", "inner", "alice", "bob");
        assertThat(answer.body().path("Operations").findValuesAsText("method")).containsOnly("POST");
        String alice = id(answer, 2);
        assertThat(answer.at("/Operations/2/location")).isEqualTo(scim.baseUrl() + "/Users/" + alice);
        assertThat(answer.body().path("Operations").findValuesAsText("version"))
                .hasSize(4)
                .allMatch(version -> version.startsWith("W/"));
        assertThat(members(id(answer, 0))).containsExactly(alice, id(answer, 1));
        assertThat(members(id(answer, 1))).containsExactly(id(answer, 3));
        assertThat(tenant.groupsOf(alice)).containsExactly("/okta/Tour guides", "/teams/Tour guides");
        assertThat(answer.body().at("/Operations/0").has("response")).isFalse();
    }

    @Test
    @DisplayName(
            "bulkId stands in paths, in the value path of a PATCH and in a manager, too; PUT, PATCH and DELETE are done")
    void everyMethod() {
        String leaver = Scim.create(scim, "bulk-leaver@acme.test");
        String group = Scim.group(scim, "Bulk staff");
        scim.patch(
                "/Groups/" + group,
                Scim.patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + leaver + "\"}]}"));

        Answer answer = bulk(
                post("boss", "bulk-boss@acme.test"),
                post("new", "bulk-new@acme.test"),
                operation("PUT", "/Users/bulkId:new", null, """
                        {"title":"Assistant","urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                         {"manager":{"value":"bulkId:boss"}}}"""),
                operation("PATCH", "/Users/" + leaver, null, Scim.patch("""
                        {"op":"replace","value":{"active":false}}""")),
                operation("PATCH", "/Groups/" + group, null, Scim.patch("""
                        {"op":"add","path":"members","value":[{"value":"bulkId:boss"},{"value":"bulkId:new"}]},
                        {"op":"remove","path":"members[value eq \\"%s\\"]"}""".formatted(leaver))),
                operation("patch", "/Groups/" + group + "/", null, Scim.patch("""
                        {"op":"remove","path":"members[value eq \\"bulkId:boss\\"]"}""")),
                operation("DELETE", "/Users/" + leaver, null, null));

        assertThat(outcomes(answer)).containsExactly("201", "201", "200", "200", "200", "200", "204");
        JsonNode user = scim.get("/Users/" + id(answer, 1)).body();
        assertThat(user.path("title").asText()).isEqualTo("Assistant");
        assertThat(user.path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                        .at("/manager/value")
                        .asText())
                .isEqualTo(id(answer, 0));
        assertThat(answer.at("/Operations/2/location")).isEqualTo(scim.baseUrl() + "/Users/" + id(answer, 1));
        assertThat(scim.get("/Users/" + leaver).at("/active")).isEqualTo("false");
        assertThat(members(group)).containsExactly(id(answer, 1));
        assertThat(answer.at("/Operations/5/version"))
                .isEqualTo(scim.get("/Groups/" + group + "?excludedAttributes=members")
                        .header("ETag"));
        assertThat(answer.body().at("/Operations/6").has("version")).isFalse();
    }

    @Test
    @DisplayName(
            "SCP-18 each operation is atomic: one that fails leaves nothing of it, and undoes nothing of the others")
    void atomic() {
        String group = Scim.group(scim, "Bulk atomic");

        Answer answer = bulk(
                post("one", "atomic-one@acme.test"),
                operation("PATCH", "/Groups/" + group, null, Scim.patch("""
                        {"op":"replace","path":"displayName","value":"Renamed"},
                        {"op":"add","path":"members","value":[{"value":"bulkId:one"},{"value":"%s"}]}""".formatted(NOBODY))),
                post("again", "atomic-one@acme.test"),
                operation("DELETE", "/Users/" + NOBODY, null, null),
                post("two", "atomic-two@acme.test"));

        assertThat(outcomes(answer)).containsExactly("201", "400", "409", "404", "201");
        assertThat(answer.at("/Operations/1/response/scimType")).isEqualTo("invalidValue");
        assertThat(answer.at("/Operations/1/response/status")).isEqualTo("400");
        assertThat(answer.at("/Operations/1/location")).isEqualTo(scim.baseUrl() + "/Groups/" + group);
        assertThat(answer.at("/Operations/2/response/scimType")).isEqualTo("uniqueness");
        assertThat(answer.body().at("/Operations/2").has("location")).isFalse();
        assertThat(answer.at("/Operations/3/response/schemas/0"))
                .isEqualTo("urn:ietf:params:scim:api:messages:2.0:Error");
        assertThat(scim.get("/Groups/" + group).at("/displayName")).isEqualTo("Bulk atomic");
        assertThat(members(group)).isEmpty();
        assertThat(exists("atomic-one@acme.test")).isTrue();
        assertThat(exists("atomic-two@acme.test")).isTrue();
        assertThat(tenant.admin()
                        .get("/admin-events?resourceTypes=GROUP_MEMBERSHIP&resourcePath=users/" + id(answer, 0) + "/*")
                        .body())
                .isEmpty();
    }

    @Test
    @DisplayName(
            "failOnErrors ends the request after that many errors; what was done stays, the rest is neither done nor answered")
    void failOnErrors() {
        String[] operations = {
            post("a", "fail-a@acme.test"),
            operation("DELETE", "/Users/" + NOBODY, null, null),
            post("b", "fail-b@acme.test"),
            operation("DELETE", "/Groups/" + NOBODY, null, null),
            post("c", "fail-c@acme.test")
        };

        assertThat(outcomes(bulk(scim, requestWith("\"failOnErrors\":2,", operations))))
                .containsExactly("201", "404", "201", "404");
        assertThat(exists("fail-b@acme.test")).isTrue();
        assertThat(exists("fail-c@acme.test")).isFalse();

        assertThat(outcomes(bulk(scim, requestWith("\"failOnErrors\":1,", operations))))
                .as("the user is there already")
                .containsExactly("409");
        assertThat(outcomes(bulk(scim, requestWith("\"failOnErrors\":0,", operations))))
                .containsExactly("409", "404", "409", "404", "201");
    }

    /** A POST of a user with a manager by bulkId. */
    private static String managed(String bulkId, String userName, String manager) {
        String user = Scim.user(userName).stripTrailing();
        return operation(
                "POST", "/Users", bulkId, user.substring(0, user.length() - 1) + """
                ,"%s":{"department":"D","manager":{"value":"bulkId:%s"}}}""".formatted(ENTERPRISE, manager));
    }

    private static String manager(String id) {
        return scim.get("/Users/" + id)
                .body()
                .path(ENTERPRISE)
                .at("/manager/value")
                .asText();
    }

    private static String pushed(String bulkId, String name, String... members) {
        return operation(
                "POST",
                "/Groups",
                bulkId,
                Stream.of(members)
                        .map(member -> "{\"value\":\"bulkId:" + member + "\"}")
                        .collect(Collectors.joining(",", "{\"displayName\":\"" + name + "\",\"members\":[", "]}")));
    }

    @Test
    @DisplayName(
            "RFC 7644 3.7.1 people who are each other's managers, and one who is his own: made with their references; others may name them")
    void circle() {
        Answer answer = bulk(
                pushed("board", "Board", "left", "right"),
                managed("left", "circle-left@acme.test", "right"),
                managed("right", "circle-right@acme.test", "third"),
                managed("third", "circle-third@acme.test", "left"),
                managed("self", "circle-self@acme.test", "self"));

        assertThat(outcomes(answer)).containsExactly("201", "201", "201", "201", "201");
        assertThat(manager(id(answer, 1))).isEqualTo(id(answer, 2));
        assertThat(manager(id(answer, 2))).isEqualTo(id(answer, 3));
        assertThat(manager(id(answer, 3))).isEqualTo(id(answer, 1));
        assertThat(manager(id(answer, 4))).isEqualTo(id(answer, 4));
        assertThat(members(id(answer, 0))).containsExactlyInAnyOrder(id(answer, 1), id(answer, 2));
        assertThat(answer.at("/Operations/4/version"))
                .isEqualTo(scim.get("/Users/" + id(answer, 4)).header("ETag"));
        assertThat(scim.get("/Users/" + id(answer, 4))
                        .body()
                        .path(ENTERPRISE)
                        .path("department")
                        .asText())
                .isEqualTo("D");
    }

    @Test
    @DisplayName("RFC 7644 3.7 each version in the answer about a circle is that of the resource when all is made")
    void versionsOfCircle() {
        String member = Scim.user("circle-member@acme.test").stripTrailing();
        Answer answer = bulk(
                pushed("ring", "Ring", "member"),
                operation(
                        "POST",
                        "/Users",
                        "member",
                        member.substring(0, member.length() - 1) + ",\"nickName\":\"bulkId:ring\"}"),
                managed("one", "circle-one@acme.test", "two"),
                managed("two", "circle-two@acme.test", "one"));

        assertThat(outcomes(answer)).containsExactly("201", "201", "201", "201");
        Answer user = scim.get("/Users/" + id(answer, 1));
        assertThat(user.at("/nickName")).isEqualTo(id(answer, 0));
        assertThat(user.at("/groups/0/value")).isEqualTo(id(answer, 0));
        assertThat(answer.at("/Operations/0/version"))
                .isEqualTo(scim.get("/Groups/" + id(answer, 0) + "?excludedAttributes=members")
                        .header("ETag"));
        for (int i = 1; i < 4; i++) {
            assertThat(answer.at("/Operations/" + i + "/version"))
                    .as("version of operation %s", i)
                    .isEqualTo(scim.get("/Users/" + id(answer, i)).header("ETag"));
        }
    }

    @Test
    @DisplayName(
            "SCP-18 of a circle all is made or nothing: what fails says why, the others that they were taken back with it")
    void brokenCircle() {
        Scim.create(scim, "circle-taken@acme.test");

        Answer answer = bulk(
                managed("a", "circle-a@acme.test", "b"),
                managed("b", "circle-taken@acme.test", "a"),
                managed("c", "circle-c@acme.test", "a"),
                post("d", "circle-d@acme.test"));

        assertThat(outcomes(answer)).containsExactly("409", "409", "409", "201");
        assertThat(answer.at("/Operations/0/response/detail")).contains("bulkId:b", "taken back");
        assertThat(answer.at("/Operations/1/response/scimType")).isEqualTo("uniqueness");
        assertThat(answer.at("/Operations/2/response/detail")).contains("bulkId:a", "not created");
        assertThat(exists("circle-a@acme.test")).isFalse();
        assertThat(exists("circle-c@acme.test")).isFalse();
        assertThat(tenant.admin().get("/users?username=circle-a@acme.test").body())
                .isEmpty();
    }

    @Test
    @DisplayName(
            "RFC 7644 3.7.1 groups that are to contain each other, references to what failed and to nothing: refused with the reason")
    void badReferences() {
        Answer answer = bulk(
                pushed("group-a", "Circle A", "group-b"),
                pushed("group-b", "Circle B", "group-a"),
                pushed("self", "Self", "self"),
                operation("POST", "/Groups", "lost", "{\"displayName\":\"Lost\",\"members\":[\"bulkId:unheard-of\"]}"),
                operation("DELETE", "/Groups/bulkId:lost", null, null));

        assertThat(outcomes(answer)).containsExactly("409", "409", "409", "400", "409");
        assertThat(answer.body().path("Operations").findValuesAsText("detail"))
                .satisfiesExactly(
                        detail -> assertThat(detail).contains("[group-a, group-b]", "member of itself"),
                        detail -> assertThat(detail).contains("[group-a, group-b]"),
                        detail -> assertThat(detail).contains("[self]"),
                        detail -> assertThat(detail).contains("unheard-of"),
                        detail -> assertThat(detail).contains("bulkId:lost", "not created"));
        assertThat(scim.get(
                                "/Groups?filter=displayName sw \"Circle\" or displayName eq \"Self\" or displayName eq \"Lost\"")
                        .at("/totalResults"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("an operation's version is its If-Match: 412 when the resource is another one by now")
    void versions() {
        String user = Scim.create(scim, "versioned@acme.test");
        String version = scim.get("/Users/" + user).at("/meta/version").replace("\"", "\\\"");
        String patch = "{\"method\":\"PATCH\",\"path\":\"/Users/" + user + "\",\"version\":\"" + version
                + "\",\"data\":" + Scim.patch("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"%s\"}") + "}";

        Answer answer = bulk(patch.formatted("First"), patch.formatted("Second"));

        assertThat(outcomes(answer)).containsExactly("200", "412");
        assertThat(scim.get("/Users/" + user).at("/title")).isEqualTo("First");
        assertThat(answer.at("/Operations/0/version"))
                .isEqualTo(scim.get("/Users/" + user).header("ETag"));
    }

    @Test
    @DisplayName("more operations or bytes than allowed: 413 that says how many are, and nothing is done")
    void limits() {
        ScimClient small = tenant.connect("small-bulk", Map.of("bulkOperations", "2", "maxRequestSize", "4096"));
        JsonNode offered = small.get("/ServiceProviderConfig").body().path("bulk");
        assertThat(offered).isEqualTo(Scim.json("{\"supported\":true,\"maxOperations\":2,\"maxPayloadSize\":4096}"));

        Answer many = small.post(
                "/Bulk", request(post("1", "l1@acme.test"), post("2", "l2@acme.test"), post("3", "l3@acme.test")));
        assertError(many, 413, null);
        assertThat(many.at("/detail")).contains("2", "maxOperations");
        assertError(
                small.post(
                        "/Bulk",
                        request(post("1", "l1@acme.test"))
                                .replace(
                                        "Jane",
                                        IntStream.range(0, 4096)
                                                .mapToObj(i -> "J")
                                                .collect(Collectors.joining()))),
                413,
                null);

        assertThat(exists("l1@acme.test")).isFalse();
        assertThat(outcomes(bulk(small, request(post("1", "l1@acme.test"))))).containsExactly("201");
        assertThat(tenant.admin()
                        .post(
                                "/scim-connections",
                                Map.of(
                                        "name",
                                        "wrong",
                                        "identityProvider",
                                        Tenant.OKTA,
                                        "options",
                                        Map.of("bulkOperations", "0")))
                        .text())
                .contains("bulkOperations", "from 1 to 10000");
    }

    @ParameterizedTest
    @DisplayName("what is no Bulk request: 400, and none of its operations is done")
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'Operations':[]}",
                "{'Operations':{}}",
                "{'Operations':[OK,null]}",
                "{'Operations':[OK,'x']}",
                "{'Operations':[OK,{'path':'/Users','bulkId':'b','data':{}}]}",
                "{'Operations':[OK,{'method':'GET','path':'/Users/x'}]}",
                "{'Operations':[OK,{'method':'HEAD','path':'/Users/x'}]}",
                "{'Operations':[OK,{'method':['POST'],'path':'/Users'}]}",
                "{'Operations':[OK,{'method':'POST','bulkId':'b','data':{}}]}",
                "{'Operations':[OK,{'method':'POST','path':'/Users/x','bulkId':'b','data':{}}]}",
                "{'Operations':[OK,{'method':'POST','path':'/Users/.search','bulkId':'b','data':{}}]}",
                "{'Operations':[OK,{'method':'PUT','path':'/Users','data':{}}]}",
                "{'Operations':[OK,{'method':'PUT','path':'/Users/.search','data':{}}]}",
                "{'Operations':[OK,{'method':'DELETE','path':'/Groups'}]}",
                "{'Operations':[OK,{'method':'DELETE','path':'/Bulk/x'}]}",
                "{'Operations':[OK,{'method':'DELETE','path':'/Users/x/y'}]}",
                "{'Operations':[OK,{'method':'DELETE','path':'/Users/x?y=z'}]}",
                "{'Operations':[OK,{'method':'DELETE','path':'/../../admin'}]}",
                "{'Operations':[OK,{'method':'POST','path':'/Users','data':{}}]}",
                "{'Operations':[OK,{'method':'POST','path':'/Users','bulkId':'ok','data':{}}]}",
                "{'Operations':[OK,{'method':'PATCH','path':'/Users/x'}]}",
                "{'Operations':[OK,{'method':'PATCH','path':'/Users/x','data':'{}'}]}",
                "{'failOnErrors':-1,'Operations':[OK]}",
                "{'failOnErrors':'one','Operations':[OK]}",
                "{'failOnErrors':1.5,'Operations':[OK]}"
            })
    void malformed(String written) {
        String name = "malformed-" + Math.abs(written.hashCode()) + "@acme.test";
        String body = written.replace('\'', '"').replace("OK", post("ok", name));

        Answer refused = scim.post("/Bulk", body);

        assertError(refused, 400, written.contains("failOnErrors") ? "invalidValue" : "invalidSyntax");
        assertThat(exists(name)).isFalse();
    }

    @Test
    @DisplayName("POST alone is available: 405 with Allow")
    void methods() {
        for (String method : List.of("GET", "PUT", "PATCH", "DELETE")) {
            Answer answer = scim.send(method, "/Bulk", null, "X-Test", "1");
            assertError(answer, 405, null);
            assertThat(answer.header("Allow")).isEqualTo("POST");
        }
        assertError(scim.withAuthorization("Bearer wrong").post("/Bulk", request(post("x", "x@acme.test"))), 401, null);
        assertError(scim.send("POST", "/Bulk", "text/plain", "x"), 415, null);
    }

    @Test
    @DisplayName("TOK-3 GRP-1 scopes and options hold for each operation")
    void scopes() {
        String connection = tenant.connectionId("okta");
        ScimClient users = tenant.withNewToken(connection, Map.of("label", "users", "scopes", List.of("users")));
        ScimClient reading = tenant.withNewToken(
                connection, Map.of("label", "reading", "scopes", List.of("users", "groups", "read-only")));
        String group = operation("POST", "/Groups", "g", "{\"displayName\":\"Out of scope\"}");

        assertThat(outcomes(bulk(users, request(group, post("u", "in-scope@acme.test")))))
                .containsExactly("403", "201");
        assertThat(outcomes(bulk(reading, request(group, post("u", "read-only@acme.test")))))
                .containsExactly("403", "403");
        ScimClient without = tenant.connect("no-groups", Map.of());
        assertThat(outcomes(bulk(without, request(group)))).containsExactly("403");
        assertThat(scim.get("/Groups?filter=displayName eq \"Out of scope\"").at("/totalResults"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName(
            "each operation counts for requestsPerMinute, at most a minute's worth; what does not fit is 429 and not begun")
    void rate() {
        ScimClient rated = tenant.connect("rated-bulk", Map.of("requestsPerMinute", "6"));
        assertThat(outcomes(bulk(rated, request(post("1", "r1@acme.test"), post("2", "r2@acme.test")))))
                .containsExactly("201", "201");

        Answer refused = rated.post(
                "/Bulk",
                request(
                        post("3", "r3@acme.test"),
                        post("4", "r4@acme.test"),
                        post("5", "r5@acme.test"),
                        post("6", "r6@acme.test"),
                        post("7", "r7@acme.test")));

        assertError(refused, 429, null);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 60);
        assertThat(exists("r3@acme.test")).isFalse();
        assertThat(rated.get("/Users?count=0").status()).isEqualTo(200);

        ScimClient fresh = tenant.connect("rated-fresh", Map.of("requestsPerMinute", "2"));
        assertThat(outcomes(bulk(
                        fresh,
                        request(post("3", "r3@acme.test"), post("4", "r4@acme.test"), post("5", "r5@acme.test")))))
                .containsExactly("201", "201", "201");
        assertError(fresh.get("/Users?count=0"), 429, null);
    }

    @Test
    @DisplayName(
            "AUD-1 AUD-5 each write is an event by connection and token; the request is one line with its effects and first error")
    void observed() {
        ScimClient watched =
                tenant.connect("watched-bulk", Map.of("groupProvisioning", "true", "requestLog", "failures"));
        String secret = Scim.user("observed@acme.test").stripTrailing();
        Answer answer = bulk(
                watched,
                request(
                        operation(
                                "POST",
                                "/Users",
                                "u",
                                secret.substring(0, secret.length() - 1) + ",\"password\":\"Passw0rd-1\"}"),
                        operation("POST", "/Groups", "g", """
                                {"displayName":"Observed","members":[{"value":"bulkId:u"}]}"""),
                        operation("DELETE", "/Users/" + NOBODY, null, null)));

        String connection = tenant.connectionId("watched-bulk");
        JsonNode event = tenant.admin()
                .get("/admin-events?resourceTypes=USER&resourcePath=users/" + id(answer, 0))
                .body();
        assertThat(event).hasSize(1);
        assertThat(event.at("/0/operationType").asText()).isEqualTo("CREATE");
        assertThat(event.at("/0/authDetails/clientId").asText()).isEqualTo(connection);
        assertThat(event.at("/0/authDetails/ipAddress").asText()).isNotBlank();
        assertThat(event.at("/0/details/scim_connection").asText()).isEqualTo("watched-bulk");
        assertThat(event.toString()).doesNotContain("Passw0rd");

        JsonNode logged = Scim.logged(tenant, "watched-bulk", answer);
        assertThat(logged.path("path").asText()).isEqualTo("/Bulk");
        assertThat(logged.path("status").asInt()).isEqualTo(200);
        assertThat(logged.path("effect"))
                .isEqualTo(Scim.json("{\"GROUP_CREATE\":1,\"GROUP_MEMBERSHIP_CREATE\":1,\"USER_CREATE\":1}"));
        assertThat(logged.path("detail").asText())
                .contains("1 of 3 operations failed", "DELETE /Users/" + NOBODY, "was not found");
        assertThat(logged.path("body").asText())
                .contains("\"password\":\"***\"")
                .doesNotContain("Passw0rd");
    }
}
