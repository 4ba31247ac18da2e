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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.GroupRepresentation;

/** Who may be a member of a group, in what shape he may be named, and what happens when many are named at once. */
@KeycloakTest
@Tag("h2")
class ScimMembersIT {

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "members");
        tenant.mapEveryGroupToATeam();
        scim = tenant.connect();
    }

    private static Answer add(String group, String members) {
        return scim.patch(
                "/Groups/" + group, Scim.patch("{\"op\":\"add\",\"path\":\"members\",\"value\":" + members + "}"));
    }

    private static Answer remove(String group, String member) {
        return scim.patch(
                "/Groups/" + group,
                Scim.patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + member + "\\\"]\"}"));
    }

    private static Answer put(String group, String name, String members) {
        return scim.put("/Groups/" + group, "{\"displayName\":\"" + name + "\",\"members\":" + members + "}");
    }

    private static String values(List<String> ids) {
        return ids.stream().map(id -> "{\"value\":\"" + id + "\"}").collect(Collectors.joining(",", "[", "]"));
    }

    private static List<String> members(String group) {
        return scim.get("/Groups/" + group).body().path("members").findValuesAsText("value");
    }

    private static List<String> found(String filter) {
        return scim.get("/Groups?filter=" + filter).body().path("Resources").findValuesAsText("displayName");
    }

    /** Groups as members of groups. */
    @Nested
    class Groups {

        private List<JsonNode> events(String operation, String group) {
            List<JsonNode> events = new ArrayList<>();
            tenant.admin()
                    .get("/admin-events?operationTypes=" + operation + "&resourcePath=groups/" + group + "/members/*")
                    .body()
                    .forEach(events::add);
            return events;
        }

        @Test
        @DisplayName(
                "GRP-9 a pushed group is a member of another: it is shown and found, and Keycloak's groups stay as they are")
        void shown() {
            String user = Scim.create(scim, "nested@acme.test");
            String inner = Scim.group(scim, "Inner");
            add(inner, "[{\"value\":\"" + user + "\"}]");

            Answer created = scim.post("/Groups", """
                    {"displayName":"Outer","members":[{"value":"%s","type":"Group","$ref":"../Groups/%s"},
                     {"value":"%s","type":"User"}]}""".formatted(inner, inner, user));
            assertThat(created.status()).as("%s", created).isEqualTo(201);
            String outer = created.at("/id");

            JsonNode shown = scim.get("/Groups/" + outer).body().path("members");
            assertThat(shown).hasSize(2);
            assertThat(shown.get(0).path("value").asText()).isEqualTo(user);
            assertThat(shown.get(0).path("type").asText()).isEqualTo("User");
            assertThat(shown.get(1)).isEqualTo(Scim.json("""
                    {"value":"%s","display":"Inner","$ref":"%s/Groups/%s","type":"Group"}""".formatted(inner, scim.baseUrl(), inner)));
            assertThat(found("members.value eq \"" + inner + "\"")).containsExactly("Outer");
            assertThat(found("members[type eq \"Group\" and display eq \"inner\"]"))
                    .containsExactly("Outer");
            assertThat(found("members.value eq \"" + user + "\"")).containsExactly("Inner", "Outer");
            assertThat(found("id eq \"" + outer + "\" and not (members.value eq \"" + inner + "\")"))
                    .isEmpty();
            assertThat(tenant.admin().realm().getGroupByPath("/okta/Inner").getId())
                    .isEqualTo(inner);
            assertThat(scim.get("/Groups/" + outer + "?excludedAttributes=members")
                            .text())
                    .doesNotContain(inner);
        }

        @Test
        @DisplayName(
                "the members of a nested group are no members of the outer one: not in Keycloak, not in User.groups, in no team of it")
        void nothingInherited() {
            String user = Scim.create(scim, "inherits@acme.test");
            String inner = Scim.group(scim, "Heirs");
            add(inner, "[{\"value\":\"" + user + "\"}]");
            String outer = Scim.group(scim, "Estate");

            assertThat(add(outer, "[{\"value\":\"" + inner + "\"}]").status()).isEqualTo(200);

            assertThat(tenant.groupsOf(user)).containsExactly("/okta/Heirs", "/teams/Heirs");
            assertThat(scim.get("/Users/" + user).body().path("groups").findValuesAsText("display"))
                    .containsExactly("Heirs");
        }

        @Test
        @DisplayName(
                "GRP-6 GRP-8 a nested group is added, repeated, removed and replaced like any member, with an event each")
        void changed() {
            String first = Scim.group(scim, "First part");
            String second = Scim.group(scim, "Second part");
            String outer = Scim.group(scim, "Whole");
            String other = Scim.group(scim, "Other whole");

            assertThat(add(outer, values(List.of(first, second))).status()).isEqualTo(200);
            assertThat(add(other, values(List.of(first))).status()).isEqualTo(200);
            assertThat(members(outer)).containsExactlyInAnyOrder(first, second);
            assertThat(members(other)).containsExactly(first);
            assertThat(events("CREATE", outer)).hasSize(2);
            String modified = scim.get("/Groups/" + outer).at("/meta/lastModified");

            assertThat(add(outer, values(List.of(first))).status()).isEqualTo(200);
            assertThat(scim.get("/Groups/" + outer).at("/meta/lastModified")).isEqualTo(modified);
            assertThat(events("CREATE", outer)).hasSize(2);

            assertThat(remove(outer, first).status()).isEqualTo(200);
            assertThat(members(outer)).containsExactly(second);
            assertThat(members(other)).containsExactly(first);
            assertThat(events("DELETE", outer))
                    .extracting(event -> event.path("resourcePath").asText())
                    .containsExactly("groups/" + outer + "/members/" + first);

            assertThat(put(outer, "Whole", values(List.of(first))).status()).isEqualTo(200);
            assertThat(members(outer)).containsExactly(first);
            assertThat(put(outer, "Whole", "null").status()).isEqualTo(200);
            assertThat(members(outer)).isEmpty();
        }

        @Test
        @DisplayName("a group in itself, directly or through others: 400 invalidValue, and nothing has changed")
        void circles() {
            String one = Scim.group(scim, "Ring one");
            String two = Scim.group(scim, "Ring two");
            String three = Scim.group(scim, "Ring three");
            add(one, values(List.of(two)));
            add(two, values(List.of(three)));
            String user = Scim.create(scim, "ring@acme.test");

            assertError(add(one, values(List.of(one))), 400, "invalidValue");
            assertError(add(two, values(List.of(one))), 400, "invalidValue");
            assertError(add(three, values(List.of(user, one))), 400, "invalidValue");

            assertThat(members(one)).containsExactly(two);
            assertThat(members(two)).containsExactly(three);
            assertThat(members(three)).isEmpty();
        }

        @Test
        @DisplayName("of two groups that take each other at the same time one is refused")
        void circleAtOnce() throws Exception {
            for (int round = 0; round < 4; round++) {
                String one = Scim.group(scim, "Left " + round);
                String other = Scim.group(scim, "Right " + round);

                List<Answer> answers = Simultaneously.call(
                        List.of(() -> add(one, values(List.of(other))), () -> add(other, values(List.of(one)))));

                assertThat(answers).extracting(Answer::status).as("%s", answers).containsExactlyInAnyOrder(200, 400);
            }
        }

        @Test
        @DisplayName("SCP-8 a group of another connection, or of nobody's, is no member: 400, and nothing has changed")
        void foreign() {
            String outer = Scim.group(scim, "Closed");
            ScimClient other = tenant.connect("foreign", Map.of("groupProvisioning", "true"));
            String foreign = Scim.group(other, "Foreign");
            GroupRepresentation plain = new GroupRepresentation();
            plain.setName("Plain");
            String plainId;
            try (Response response = tenant.admin().realm().groups().add(plain)) {
                plainId = CreatedResponseUtil.getCreatedId(response);
            }
            String own = Scim.group(scim, "Own");

            assertError(add(outer, values(List.of(own, foreign))), 400, "invalidValue");
            assertError(add(outer, values(List.of(own, plainId))), 400, "invalidValue");

            assertThat(members(outer)).isEmpty();
            assertThat(events("CREATE", outer)).isEmpty();
        }

        @Test
        @DisplayName("a deleted group is nobody's member any more")
        void deleted() {
            String inner = Scim.group(scim, "Short-lived");
            String outer = Scim.group(scim, "Survivor");
            add(outer, values(List.of(inner)));

            assertThat(scim.delete("/Groups/" + inner).status()).isEqualTo(204);

            assertThat(members(outer)).isEmpty();
            assertThat(scim.delete("/Groups/" + outer).status()).isEqualTo(204);
        }
    }

    /** The members of one group, a page at a time. */
    @Nested
    class Pages {

        private static final String NEXT = "<(.+)>; rel=\"next\"";

        /** A group of that many users, and its own path. */
        private String crowd(String name, int size) {
            String group = Scim.group(scim, name);
            List<String> users = IntStream.range(0, size)
                    .mapToObj(i -> Scim.create(scim, name.toLowerCase().replace(' ', '-') + "-" + i + "@acme.test"))
                    .toList();
            assertThat(add(group, values(users)).status()).isEqualTo(200);
            return "/Groups/" + group;
        }

        private List<String> shown(Answer group) {
            assertThat(group.status()).as("%s", group).isEqualTo(200);
            return group.body().path("members").findValuesAsText("value");
        }

        /** The address behind {@code Link}, below the base URL; empty where there is none. */
        private String next(Answer page) {
            String link = page.header("Link");
            assertThat(link).matches("|" + NEXT);
            return link.replaceFirst(NEXT, "$1").replace(scim.baseUrl().toString(), "");
        }

        @ParameterizedTest
        @DisplayName("GRP-5 SCP-16 members come in pages, users before groups, as they stand in the whole group")
        @ValueSource(strings = {"membersCount=3", "membersCount=3&membersCursor="})
        void walked(String first) {
            String name = "Walk " + first.length();
            String group = crowd(name, 7);
            List<String> inner = List.of(Scim.group(scim, name + " inner"), Scim.group(scim, name + " innermost"));
            add(group.substring("/Groups/".length()), values(inner));
            JsonNode whole = scim.get(group).body();

            List<JsonNode> walked = new ArrayList<>();
            List<Integer> sizes = new ArrayList<>();
            String path = group + "?" + first;
            while (!path.isEmpty()) {
                Answer page = scim.get(path);
                assertThat(page.header("X-Total-Count")).isEqualTo("9");
                assertThat(page.at("/displayName")).isEqualTo(name);
                page.body().path("members").forEach(walked::add);
                sizes.add(shown(page).size());
                path = next(page);
            }

            assertThat(sizes).containsExactly(3, 3, 3);
            assertThat(walked).containsExactlyElementsOf(whole.path("members"));
        }

        @Test
        @DisplayName("SCP-16 a page goes on behind its last member, whoever has left or come in the meantime")
        void moving() {
            String group = crowd("Moving", 6);
            List<String> all = shown(scim.get(group));
            Answer first = scim.get(group + "?membersCount=2&membersCursor=");

            remove(group.substring("/Groups/".length()), all.get(0));
            remove(group.substring("/Groups/".length()), all.get(1));

            assertThat(shown(first)).containsExactlyElementsOf(all.subList(0, 2));
            assertThat(shown(scim.get(next(first)))).containsExactlyElementsOf(all.subList(2, 4));
        }

        @Test
        @DisplayName("SCP-16 numbers are clamped as those of a list are; 0 asks for the number of members alone")
        void clamped() {
            String group = crowd("Clamped", 4);
            List<String> all = shown(scim.get(group));

            for (String query :
                    List.of("membersCount=5000", "membersStartIndex=-5", "membersStartIndex=", "membersCount=4")) {
                Answer page = scim.get(group + "?" + query);
                assertThat(shown(page)).as(query).containsExactlyElementsOf(all);
                assertThat(next(page)).isEmpty();
            }
            for (String query : List.of(
                    "membersCount=0", "membersCount=-1", "membersStartIndex=5", "membersStartIndex=99999999999")) {
                Answer page = scim.get(group + "?" + query);
                assertThat(page.body().path("members").isArray()).as(query).isTrue();
                assertThat(shown(page)).as(query).isEmpty();
                assertThat(page.header("X-Total-Count")).as(query).isEqualTo("4");
                assertThat(next(page)).isEmpty();
            }
            assertThat(shown(scim.get(group + "?membersStartIndex=2&membersCount=2")))
                    .containsExactlyElementsOf(all.subList(1, 3));
        }

        @Test
        @DisplayName(
                "what is no number is 400 and says which, so is a cursor of another group; 404 for a group that is not there")
        void refused() {
            String group = crowd("Refused page", 3);
            String cursor =
                    next(scim.get(group + "?membersCount=1&membersCursor=")).replaceFirst(".*membersCursor=", "");
            String other = crowd("Other page", 2);

            for (String name : List.of("membersCount", "membersStartIndex")) {
                Answer answer = scim.get(group + "?" + name + "=many");
                assertError(answer, 400, "invalidValue");
                assertThat(answer.at("/detail")).startsWith(name + ":");
            }
            Answer noPage = scim.get(group + "?membersCursor=&membersCount=0");
            assertError(noPage, 400, "invalidCount");
            assertThat(noPage.at("/detail")).startsWith("membersCount:");
            assertError(scim.get(group + "?membersCursor=elsewhere"), 400, "invalidCursor");
            assertError(scim.get(other + "?membersCursor=" + cursor), 400, "invalidCursor");
            assertError(scim.get("/Groups/nowhere?membersCount=1"), 404, null);
        }

        @Test
        @DisplayName(
                "a page has a version of its own, which is none of the group and changes with the number of members")
        void versions() {
            String group = crowd("Page versions", 4);
            List<String> all = shown(scim.get(group));
            String page = group + "?membersCount=2";
            String version = scim.get(page).header("ETag");
            String whole = scim.get(group).header("ETag");

            assertThat(scim.send("GET", page, null, "If-None-Match", version).status())
                    .isEqualTo(304);
            assertThat(scim.send("GET", group, null, "If-None-Match", version).status())
                    .isEqualTo(200);
            assertThat(scim.send("GET", page, null, "If-None-Match", whole).status())
                    .isEqualTo(200);
            assertThat(scim.send("GET", group + "?membersCount=3", null, "If-None-Match", version)
                            .status())
                    .isEqualTo(200);
            assertError(
                    scim.send(
                            "PATCH",
                            group,
                            Scim.patch("{\"op\":\"remove\",\"path\":\"members\"}"),
                            "If-Match",
                            version),
                    412,
                    null);

            tenant.admin().realm().users().get(all.get(3)).leaveGroup(group.substring("/Groups/".length()));
            Answer afterwards = scim.send("GET", page, null, "If-None-Match", version);
            assertThat(shown(afterwards)).containsExactlyElementsOf(all.subList(0, 2));
        }

        @Test
        @DisplayName("the next page shows what this one was asked to show; without members there is no page")
        void attributes() {
            String group = crowd("Page parts", 3);

            Answer page = scim.get(group + "?attributes=members.value,displayName&membersCount=2");
            assertThat(page.body().at("/members/0").size()).isEqualTo(1);
            assertThat(page.body().has("meta")).isFalse();
            Answer last = scim.get(next(page));
            assertThat(shown(last)).hasSize(1);
            assertThat(last.body().at("/members/0").size()).isEqualTo(1);
            assertThat(last.at("/displayName")).isEqualTo("Page parts");

            for (String without : List.of("excludedAttributes=members", "attributes=displayName")) {
                Answer answer = scim.get(group + "?membersCount=2&" + without);
                assertThat(answer.body().has("members")).isFalse();
                assertThat(answer.header("Link") + answer.header("X-Total-Count"))
                        .isEmpty();
            }
        }
    }

    /** Every shape in which clients name users. */
    @Nested
    class Shapes {

        @ParameterizedTest
        @DisplayName("GRP-9 a member in any shape is added, and removed in the same")
        @ValueSource(
                strings = {
                    "[{'value':'ID'}]",
                    "[{'value':'ID','display':'somebody'}]",
                    "[{'value':'ID','display':null}]",
                    "[{'value':'ID','type':null,'$ref':null}]",
                    "[{'value':'ID','type':'User','$ref':'../Users/ID'}]",
                    "[{'value':'ID','type':''}]",
                    "[{'VALUE':'ID','Type':'user'}]",
                    "{'value':'ID'}",
                    "['ID']",
                    "'ID'",
                    "[{'value':'ID'},{'value':'ID'}]"
                })
        void shape(String written) {
            String user = Scim.create(scim, "shape-" + Math.abs(written.hashCode()) + "@acme.test");
            String value = written.replace('\'', '"').replace("ID", user);
            String group = Scim.group(scim, "Shape " + Math.abs(written.hashCode()));

            Answer added = add(group, value);

            assertThat(added.status()).as("%s", added).isEqualTo(200);
            assertThat(members(group)).containsExactly(user);

            Answer removed = scim.patch(
                    "/Groups/" + group, Scim.patch("{\"op\":\"Remove\",\"path\":\"members\",\"value\":" + value + "}"));
            assertThat(removed.status()).as("%s", removed).isEqualTo(200);
            assertThat(members(group)).isEmpty();

            assertThat(put(group, "Shape " + Math.abs(written.hashCode()), value)
                            .status())
                    .isEqualTo(200);
            assertThat(members(group)).containsExactly(user);
        }

        @ParameterizedTest
        @DisplayName("GRP-8 GRP-9 null, [] and a bare remove empty the group")
        @ValueSource(
                strings = {
                    "{'op':'replace','path':'members','value':[]}",
                    "{'op':'replace','path':'members','value':null}",
                    "{'op':'replace','value':{'members':[]}}",
                    "{'op':'replace','value':{'members':null}}",
                    "{'op':'remove','path':'members'}",
                    "{'op':'remove','path':'members','value':null}"
                })
        void emptied(String operation) {
            String user = Scim.create(scim, "emptied-" + Math.abs(operation.hashCode()) + "@acme.test");
            String group = Scim.group(scim, "Emptied " + Math.abs(operation.hashCode()));
            add(group, values(List.of(user)));

            Answer answer = scim.patch("/Groups/" + group, Scim.patch(operation.replace('\'', '"')));

            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(members(group)).isEmpty();
        }

        @ParameterizedTest
        @DisplayName("GRP-9 GRP-11 a member that cannot be one: 400 invalidValue, and nothing has changed")
        @ValueSource(
                strings = {
                    "[{'value':'ID'},{'value':'00000000-0000-0000-0000-000000000000'}]",
                    "[{'value':'ID'},{'value':'nobody','type':'Group'}]",
                    "[{'value':'ID'},{'value':''}]",
                    "[{'value':'ID'},{'value':null}]",
                    "[{'value':'ID'},{'display':'somebody'}]",
                    "[{'value':'ID'},null]",
                    "[{'value':'ID'},{'value':{'value':'ID'}}]",
                    "[{'value':'ID'},{'value':'ID','type':'Device'}]"
                })
        void refused(String written) {
            String user = Scim.create(scim, "refused-" + Math.abs(written.hashCode()) + "@acme.test");
            String name = "Refused " + Math.abs(written.hashCode());
            String group = Scim.group(scim, name);
            String value = written.replace('\'', '"').replace("ID", user);

            assertError(add(group, value), 400, "invalidValue");
            assertError(put(group, "Renamed", value), 400, "invalidValue");
            assertError(
                    scim.post("/Groups", "{\"displayName\":\"New " + name + "\",\"members\":" + value + "}"),
                    400,
                    "invalidValue");

            assertThat(members(group)).isEmpty();
            assertThat(scim.get("/Groups/" + group).at("/displayName")).isEqualTo(name);
            assertThat(found("displayName eq \"New " + name + "\"")).isEmpty();
        }
    }

    /** Requests that name the same users at the same time; the mapper locks each of them. */
    @Nested
    class AtOnce {

        private static final int ROUNDS = 5;

        @ParameterizedTest(name = "{0} members")
        @DisplayName("E2 E3 two requests that name the same users in opposite order do not wait for each other")
        @ValueSource(ints = {8, 24})
        void oppositeOrder(int size) throws Exception {
            List<String> users = users("opposite-" + size, size);
            List<String> reversed = new ArrayList<>(users);
            Collections.reverse(reversed);
            String one = Scim.group(scim, "One of " + size);
            String other = Scim.group(scim, "Other of " + size);

            for (int round = 0; round < ROUNDS; round++) {
                assertAll(Simultaneously.call(
                        List.of(() -> add(one, values(users)), () -> add(other, values(reversed)))));
                assertThat(members(one)).containsExactlyInAnyOrderElementsOf(users);
                assertThat(members(other)).containsExactlyInAnyOrderElementsOf(users);

                assertAll(Simultaneously.call(List.of(() -> removeAll(one, reversed), () -> removeAll(other, users))));
                assertThat(members(one)).isEmpty();
                assertThat(members(other)).isEmpty();
            }
        }

        @ParameterizedTest(name = "{0} members each")
        @DisplayName("GRP-6 two groups that swap their members at the same time do not wait for each other")
        @ValueSource(ints = {4, 12})
        void swap(int size) throws Exception {
            List<String> users = users("swap-" + size, 2 * size);
            String one = Scim.group(scim, "Swap one of " + size);
            String other = Scim.group(scim, "Swap other of " + size);
            List<String> first = users.subList(0, size);
            List<String> second = users.subList(size, 2 * size);

            for (int round = 0; round < ROUNDS; round++) {
                List<String> mine = round % 2 == 0 ? first : second;
                List<String> yours = round % 2 == 0 ? second : first;
                assertAll(Simultaneously.call(List.of(
                        () -> put(one, "Swap one of " + size, values(mine)),
                        () -> put(other, "Swap other of " + size, values(yours)))));
                assertThat(members(one)).containsExactlyInAnyOrderElementsOf(mine);
                assertThat(members(other)).containsExactlyInAnyOrderElementsOf(yours);
            }
        }

        private void assertAll(List<Answer> answers) {
            assertThat(answers).extracting(Answer::status).as("%s", answers).containsOnly(200);
        }

        private Answer removeAll(String group, List<String> users) {
            return scim.patch(
                    "/Groups/" + group,
                    Scim.patch("{\"op\":\"remove\",\"path\":\"members\",\"value\":" + values(users) + "}"));
        }

        private List<String> users(String name, int number) {
            return IntStream.range(0, number)
                    .mapToObj(i -> Scim.create(scim, name + "-" + i + "@acme.test"))
                    .toList();
        }
    }
}
