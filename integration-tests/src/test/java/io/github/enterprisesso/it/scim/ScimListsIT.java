package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Eventually;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorting, paging by cursor, selection of attributes and POST /.search. */
@KeycloakTest
@Tag("h2")
class ScimListsIT {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "lists");
        scim = tenant.connect("lists", Map.of("groupProvisioning", "true", "adopt", "never"));
        user("a", "Zoe", "\"title\":\"beta\"");
        user("b", "adam", "\"title\":\"Alpha\"");
        user("c", "Bob", "\"nickName\":\"x\"");
        scim.post("/Groups", "{\"displayName\":\"beta\",\"externalId\":\"1\"}");
        scim.post("/Groups", "{\"displayName\":\"Alpha\",\"externalId\":\"2\"}");
    }

    private static void user(String name, String familyName, String more) {
        Answer created = scim.post("/Users", """
                {"userName":"%1$s@acme.test","externalId":"E%1$s","name":{"givenName":"G","familyName":"%2$s"},%3$s,
                 "%4$s":{"department":"D%1$s","manager":{"value":"M"}}}
                """.formatted(name, familyName, more, ENTERPRISE));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
    }

    private static String names(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        List<String> names = new ArrayList<>();
        answer.body()
                .path("Resources")
                .forEach(one -> names.add(one.path("userName").asText().substring(0, 1)));
        return String.join("", names);
    }

    @ParameterizedTest
    @CsvSource({
        "userName,abc,cba",
        "name.familyName,bca,acb",
        "title,bac,cab",
        "emails,abc,cba",
        "emails.value,abc,cba",
        "externalId,abc,cba",
        ENTERPRISE + ":department,abc,cba",
        ENTERPRISE + ":manager,abc,abc",
        "meta.created,abc,cba",
        "name.formatted,bca,acb"
    })
    @DisplayName("RFC 7644 3.4.2.3 the order asked for, both ways, those without a value at its end")
    void sorting(String by, String ascending, String descending) {
        assertThat(names(scim.get("/Users?sortBy=" + by))).isEqualTo(ascending);
        assertThat(names(scim.get("/Users?sortOrder=descending&sortBy=" + by))).isEqualTo(descending);
        assertThat(names(scim.get("/Users?startIndex=2&count=1&sortBy=" + by))).isEqualTo(ascending.substring(1, 2));
    }

    @ParameterizedTest
    @CsvSource({
        "userName,abc,cba",
        "name.familyName,bca,acb",
        "title,bac,cab",
        "nickName,cab,abc",
        "emails,abc,cba",
        "externalId,abc,cba",
        ENTERPRISE + ":manager,abc,abc",
        "active,abc,abc",
        "groups,abc,abc",
        "id,,",
        "meta.created,abc,cba",
        "meta.lastModified,abc,cba",
        "meta.resourceType,abc,cba"
    })
    @DisplayName("RFC 9865 2.2 page by page, there and back, the order is that of the whole list, whatever it goes by")
    void walkByCursor(String by, String ascending, String descending) {
        walkByCursor("/Users?attributes=userName&sortBy=" + by, ascending);
        walkByCursor("/Users?attributes=userName&sortOrder=descending&sortBy=" + by, descending);
    }

    private static void walkByCursor(String path, String expected) {
        String whole = names(scim.get(path));
        if (expected != null) {
            assertThat(whole).isEqualTo(expected);
        }
        for (int count = 1; count <= 3; count++) {
            StringBuilder seen = new StringBuilder();
            Answer page = scim.get(path + "&cursor&count=" + count);
            assertThat(page.body().has("previousCursor")).isFalse();
            seen.append(names(page));
            while (page.body().has("nextCursor")) {
                assertThat(seen.length()).as("%s", page).isLessThan(3);
                page = scim.get(path + "&count=" + count + "&cursor=" + page.at("/nextCursor"));
                seen.append(names(page));
            }
            assertThat(seen).hasToString(whole);
            seen.setLength(0);
            seen.append(names(page));
            while (page.body().has("previousCursor")) {
                page = scim.get(path + "&count=" + count + "&cursor=" + page.at("/previousCursor"));
                seen.insert(0, names(page));
            }
            assertThat(seen).hasToString(whole);
        }
    }

    @Test
    @DisplayName("RFC 9865 the shape of a page by cursor, and what its cursor is good for")
    void cursors() {
        Answer first = scim.get("/Users?count=2&cursor=&filter=userName pr");

        assertThat(first.body().path("totalResults").asInt()).isEqualTo(3);
        assertThat(first.body().path("itemsPerPage").asInt()).isEqualTo(2);
        assertThat(first.body().has("startIndex")).isFalse();
        String cursor = first.at("/nextCursor");
        assertThat(cursor).matches("[A-Za-z0-9_-]+");
        Answer second = scim.get("/Users?count=2&filter=userName pr&cursor=" + cursor);
        assertThat(names(second)).isEqualTo("c");
        assertThat(second.body().path("totalResults").asInt()).isEqualTo(3);
        assertThat(second.body().has("nextCursor")).isFalse();
        for (String other : List.of(
                "/Users?count=2&cursor=" + cursor,
                "/Users?count=2&filter=title pr&cursor=" + cursor,
                "/Users?count=2&filter=userName pr&sortBy=title&cursor=" + cursor,
                "/Users?count=2&filter=userName pr&sortOrder=descending&cursor=" + cursor,
                "/Groups?count=2&filter=userName pr&cursor=" + cursor,
                "/Groups?count=2&cursor=" + cursor,
                "/Users?cursor=x",
                "/Users?cursor=" + "A".repeat(60))) {
            Answer refused = scim.get(other);
            Scim.assertError(
                    refused, 400, other.startsWith("/Groups?count=2&filter") ? "invalidFilter" : "invalidCursor");
        }
        Scim.assertError(scim.get("/Users?cursor&count=0"), 400, "invalidCount");
        Scim.assertError(scim.get("/Users?cursor&count=many"), 400, "invalidCount");
        assertThat(scim.get("/Users?cursor&count=100000").status()).isEqualTo(200);
        assertThat(scim.get("/Users?count=2").body().has("nextCursor"))
                .as("by index, unless asked otherwise")
                .isFalse();
    }

    @Test
    @DisplayName("RFC 9865 2.1 a cursor ends when ServiceProviderConfig says so, and one that was changed is none")
    void endOfCursors() {
        ScimClient brief =
                tenant.connect("brief", Map.of("adopt", "never", "userNameFormat", "any", "cursorTimeout", "1"));
        Scim.create(brief, "brief-1@acme.test");
        Scim.create(brief, "brief-2@acme.test");
        assertThat(brief.get("/ServiceProviderConfig").at("/pagination/cursorTimeout"))
                .isEqualTo("1");
        String cursor = brief.get("/Users?count=1&cursor").at("/nextCursor");

        for (int place : List.of(0, cursor.length() / 2)) {
            char other = cursor.charAt(place) == 'A' ? 'B' : 'A';
            String changed = cursor.substring(0, place) + other + cursor.substring(place + 1);
            Scim.assertError(brief.get("/Users?count=1&cursor=" + changed), 400, "invalidCursor");
        }
        Answer answer = Eventually.get(
                "the end of the cursor",
                () -> brief.get("/Users?count=1&cursor=" + cursor),
                page -> page.status() != 200);

        Scim.assertError(answer, 400, "expiredCursor");
        assertThat(answer.at("/detail")).contains("more than 1 seconds ago");
        assertThat(brief.get("/Users?count=1&cursor=").at("/Resources/0/userName"))
                .isEqualTo("brief-1@acme.test");
    }

    @Test
    @DisplayName("RFC 9865 a cursor shows nothing that the list does not: another connection cannot use it")
    void cursorOfAnotherConnection() {
        ScimClient other = tenant.connect("other", Map.of("adopt", "never"));
        String cursor = scim.get("/Users?count=1&cursor").at("/nextCursor");

        Scim.assertError(other.get("/Users?count=1&cursor=" + cursor), 400, "invalidCursor");
    }

    @Test
    @DisplayName("RFC 9865 2 people who come and go between two pages leave nobody out")
    void changesBetweenPages() {
        ScimClient own =
                tenant.connect("changes", Map.of("adopt", "never", "delete", "remove", "userNameFormat", "any"));
        Map<String, String> ids = new HashMap<>();
        for (String name : List.of("k", "l", "m", "n", "o")) {
            ids.put(name, Scim.create(own, name + "@acme.test"));
        }
        Answer byCursor = own.get("/Users?count=2&cursor");
        assertThat(names(byCursor)).isEqualTo("kl");
        assertThat(names(own.get("/Users?count=2"))).isEqualTo("kl");

        own.delete("/Users/" + ids.get("k"));
        own.delete("/Users/" + ids.get("l"));
        Scim.create(own, "j@acme.test");

        assertThat(names(own.get("/Users?count=2&cursor=" + byCursor.at("/nextCursor"))))
                .isEqualTo("mn");
        assertThat(names(own.get("/Users?count=2&startIndex=3")))
                .as("also by index, for a client that goes on")
                .isEqualTo("mn");
        assertThat(own.get("/Users?count=2").at("/totalResults")).isEqualTo("4");
        assertThat(names(own.get("/Users?count=2"))).isEqualTo("jm");
    }

    @Test
    @DisplayName("RFC 9865 4 ServiceProviderConfig announces both ways of paging")
    void announced() {
        assertThat(scim.get("/ServiceProviderConfig").body().path("pagination")).isEqualTo(Scim.json("""
                {"cursor":true,"index":true,"defaultPaginationMethod":"index","defaultPageSize":100,"maxPageSize":1000,
                 "cursorTimeout":3600}
                """));
    }

    @Test
    @DisplayName("members of a group, page by page: users by groups.value, while the group is read without them")
    void membersByPage() {
        Answer all = scim.get("/Users?attributes=id");
        StringBuilder members = new StringBuilder();
        all.body()
                .path("Resources")
                .forEach(user -> members.append(members.isEmpty() ? "" : ",")
                        .append("{\"value\":\"")
                        .append(user.path("id").asText())
                        .append("\"}"));
        String group = scim.post("/Groups", "{\"displayName\":\"crew\",\"members\":[" + members + "]}")
                .at("/id");

        String path = "/Users?attributes=userName&count=2&filter=groups.value eq \"" + group + "\"&cursor=";
        Answer first = scim.get(path);
        Answer second = scim.get(path + first.at("/nextCursor"));

        assertThat(names(first) + names(second)).isEqualTo("abc");
        assertThat(first.body().path("totalResults").asInt()).isEqualTo(3);
        assertThat(second.body().has("nextCursor")).isFalse();
        String last = all.at("/Resources/2/id");
        String other = scim.post("/Groups", "{\"displayName\":\"Boat\",\"members\":[{\"value\":\"" + last + "\"}]}")
                .at("/id");
        walkByCursor("/Users?attributes=userName&sortBy=groups.display", "cab");
        walkByCursor("/Users?attributes=userName&sortOrder=descending&sortBy=groups.display", "abc");
        scim.delete("/Groups/" + other);
        assertThat(scim.get("/Groups/" + group + "?excludedAttributes=members")
                        .body()
                        .has("members"))
                .isFalse();
        scim.delete("/Groups/" + group);
    }

    @Test
    void groupsAreSorted() {
        assertThat(scim.get("/Groups?sortBy=displayName").at("/Resources/0/displayName"))
                .isEqualTo("Alpha");
        assertThat(scim.get("/Groups?sortBy=externalId").at("/Resources/0/displayName"))
                .isEqualTo("beta");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sortBy=shoeSize", "sortBy=userName.x", "sortBy=userName&sortOrder=up", "sortBy=password"})
    void whatCannotBeSorted(String query) {
        Scim.assertError(scim.get("/Users?" + query), 400, "invalidValue");
    }

    @Test
    @DisplayName("RFC 7644 3.9 attributes and excludedAttributes down to sub-attributes, on lists and single users")
    void selection() {
        Answer list = scim.get("/Users?count=1&attributes=name.familyName," + ENTERPRISE + ":manager.value");

        assertThat(list.body().at("/Resources/0/name")).isEqualTo(Scim.json("{\"familyName\":\"Zoe\"}"));
        assertThat(list.body().at("/Resources/0").path(ENTERPRISE))
                .isEqualTo(Scim.json("{\"manager\":{\"value\":\"M\"}}"));
        assertThat(list.body().at("/Resources/0").has("userName")).isFalse();
        String path = "/Users/" + list.at("/Resources/0/id");
        Answer one = scim.get(path + "?excludedAttributes=name.givenName,meta,title," + ENTERPRISE);
        assertThat(one.body().path("name").has("givenName")).isFalse();
        assertThat(one.at("/name/familyName")).isEqualTo("Zoe");
        assertThat(one.body().has("meta")
                        || one.body().has("title")
                        || one.body().has(ENTERPRISE))
                .isFalse();
    }

    @Test
    @DisplayName("RFC 7644 3.4.3 POST /.search finds what GET finds")
    void search() {
        Answer found = scim.post("/Users/.search", """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:SearchRequest"],"attributes":["userName"],
                 "filter":"title pr","sortBy":"title","startIndex":1,"count":10}
                """);

        assertThat(names(found)).isEqualTo("ba");
        assertThat(found.body().path("totalResults").asInt()).isEqualTo(2);
        assertThat(found.body().at("/Resources/0").has("name")).isFalse();
        assertThat(scim.post("/Groups/.search", "{\"filter\":\"externalId eq \\\"2\\\"\"}")
                        .at("/Resources/0/displayName"))
                .isEqualTo("Alpha");
        Scim.assertError(scim.post("/Users/.search", "{\"filter\":\"x\"}"), 400, "invalidFilter");
        Scim.assertError(scim.get("/Users/.search"), 405, null);
    }

    private static Answer everything(String body) {
        Answer found = scim.post("/.search", body);
        assertThat(found.status()).as("%s", found).isEqualTo(200);
        return found;
    }

    /** First letters, of users small and of groups with a star. */
    private static String mixed(Answer answer) {
        StringBuilder names = new StringBuilder();
        answer.body()
                .path("Resources")
                .forEach(one -> names.append(
                        one.has("userName")
                                ? one.path("userName").asText().substring(0, 1)
                                : "*" + one.path("displayName").asText().substring(0, 1)));
        return names.toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "meta.created pr|abc*A*b",
                "meta.resourceType eq \"Group\"|*A*b",
                "userName sw \"a\" or displayName eq \"BETA\"|a*b",
                "not (userName pr)|*A*b",
                "displayName ne \"beta\"|abc*A",
                "title eq null|c*A*b",
                "members pr|",
                "urn:ietf:params:scim:schemas:core:2.0:Group:displayName sw \"A\" or emails[value sw \"b\"]|b*A"
            })
    @DisplayName("RFC 7644 3.4.3 a search on the root is over users and groups; what a type has not is without a value")
    void searchOnTheRoot(String filter, String expected) {
        String body = "{\"filter\":\"" + filter.replace("\"", "\\\"") + "\",\"sortBy\":\"userName\"}";

        assertThat(mixed(everything(body))).isEqualTo(expected == null ? "" : expected);
    }

    @Test
    @DisplayName("RFC 7644 3.4.3 pages of a search on the root go through both types, by index and by cursor")
    void pagesOfTheRoot() {
        for (int count = 1; count <= 6; count++) {
            StringBuilder byIndex = new StringBuilder();
            for (int startIndex = 1; startIndex <= 5; startIndex += count) {
                Answer page = everything("{\"startIndex\":" + startIndex + ",\"count\":" + count + "}");
                assertThat(page.body().path("totalResults").asInt()).isEqualTo(5);
                byIndex.append(mixed(page));
            }
            assertThat(byIndex).hasToString("abc*A*b");
            StringBuilder byCursor = new StringBuilder();
            String cursor = "";
            do {
                Answer page = everything("{\"cursor\":\"" + cursor + "\",\"count\":" + count + "}");
                assertThat(page.body().path("totalResults").asInt()).isEqualTo(5);
                byCursor.append(mixed(page));
                cursor = page.at("/nextCursor");
            } while (!cursor.isEmpty());
            assertThat(byCursor).hasToString("abc*A*b");
        }
        assertThat(mixed(everything("{\"startIndex\":5,\"count\":9}"))).isEqualTo("*b");
        assertThat(everything("{\"count\":0}").at("/totalResults")).isEqualTo("5");
    }

    @Test
    @DisplayName("RFC 7644 3.4.3 a search on the root tells versions, refuses what no type has, and is no GET")
    void answersOfTheRoot() {
        Answer found = everything("{\"filter\":\"userName sw \\\"a\\\" or displayName eq \\\"beta\\\"\"}");

        for (int i = 0; i < 2; i++) {
            String path = i == 0 ? "/Users/" : "/Groups/";
            assertThat(found.at("/Resources/" + i + "/meta/version"))
                    .isNotBlank()
                    .isEqualTo(
                            scim.get(path + found.at("/Resources/" + i + "/id")).at("/meta/version"));
        }
        assertThat(scim.post("/Users/.search", "{\"filter\":\"userName sw \\\"a\\\"\"}")
                        .at("/Resources/0/meta/version"))
                .isEqualTo(found.at("/Resources/0/meta/version"));
        assertThat(everything("{\"attributes\":[\"displayName\"]}").text()).doesNotContain("userName", "version");
        Scim.assertError(scim.post("/.search", "{\"filter\":\"shoeSize eq 1\"}"), 400, "invalidFilter");
        Scim.assertError(scim.post("/.search", "{\"filter\":\"active eq \\\"x\\\"\"}"), 400, "invalidFilter");
        Scim.assertError(scim.post("/.search", "{\"sortBy\":\"shoeSize\"}"), 400, "invalidValue");
        Scim.assertError(scim.get("/.search"), 405, null);
        Scim.assertError(scim.post("/.search/x", "{}"), 404, null);
    }

    @Test
    @DisplayName("a token for users alone finds users alone, and none for neither")
    void scopesOfTheRoot() {
        String connection = tenant.connectionId("lists");
        ScimClient forUsers =
                tenant.withNewToken(connection, Map.of("label", "u", "scopes", List.of("users", "read-only")));
        ScimClient forGroups = tenant.withNewToken(connection, Map.of("label", "g", "scopes", List.of("groups")));

        assertThat(mixed(forUsers.post("/.search", "{}"))).isEqualTo("abc");
        assertThat(mixed(forGroups.post("/.search", "{\"filter\":\"meta.created pr\"}")))
                .isEqualTo("*A*b");
        assertThat(mixed(forGroups.post("/.search", "{\"filter\":\"userName pr\"}")))
                .isEmpty();
        Scim.assertError(
                forGroups.post(
                        "/.search",
                        "{\"cursor\":\""
                                + everything("{\"cursor\":\"\",\"count\":1}").at("/nextCursor") + "\"}"),
                400,
                "invalidCursor");
    }
}
