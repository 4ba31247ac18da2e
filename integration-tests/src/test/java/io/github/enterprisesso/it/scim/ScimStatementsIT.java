package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.server.Statements;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

/** The number of SQL statements of an operation is a constant: neither the size of a page nor that of a group counts. */
@KeycloakTest
class ScimStatementsIT {

    private static final int CROWD = 950;

    /** One row for each event, sent in batches: the only statement that may follow the number of members. */
    private static final String EVENT = "insert into ADMIN_EVENT_ENTITY";

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static Statements statements;
    static List<String> people;

    @BeforeAll
    static void realms(KeycloakServer keycloak, Deployment deployment) {
        List<UserRepresentation> users =
                IntStream.range(0, CROWD).mapToObj(ScimStatementsIT::person).toList();
        people = users.stream().map(UserRepresentation::getId).toList();
        tenant = Tenant.create(keycloak, "statements", realm -> realm.setUsers(new ArrayList<>(users)));
        // The log is written behind the answers, so that its statements would count now here, now there.
        scim = tenant.connect("okta", Map.of("groupProvisioning", "true", "requestLog", "off"));
        statements = deployment.statements();
    }

    private static UserRepresentation person(int number) {
        UserRepresentation user = new UserRepresentation();
        user.setId(UUID.randomUUID().toString());
        user.setUsername("person-%03d@acme.test".formatted(number));
        user.setEmail(user.getUsername());
        user.setEmailVerified(true);
        user.setFirstName("Person");
        user.setLastName(Integer.toString(number));
        user.setEnabled(true);
        return user;
    }

    private static Map<String, Long> read(String path) {
        return statements.of(() -> succeed(scim.get(path)));
    }

    private static void succeed(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
    }

    private static void patch(String group, String op, List<String> users) {
        succeed(scim.patch(
                "/Groups/" + group,
                Scim.patch("{\"op\":\"" + op + "\",\"path\":\"members\",\"value\":" + values(users) + "}")));
    }

    private static void put(String group, List<String> users) {
        succeed(scim.put("/Groups/" + group, "{\"displayName\":\"" + group + "\",\"members\":" + values(users) + "}"));
    }

    private static String values(List<String> users) {
        return users.stream().map(id -> "{\"value\":\"" + id + "\"}").collect(Collectors.joining(",", "[", "]"));
    }

    private static long total(Map<String, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    private static long events(Map<String, Long> calls) {
        return calls.entrySet().stream()
                .filter(call -> call.getKey().startsWith(EVENT))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, Long> withoutEvents(Map<String, Long> calls) {
        return without(EVENT, calls);
    }

    @Test
    @DisplayName("a look-up takes a handful of statements, whoever is looked up and whether he is there")
    void lookUp() {
        Map<String, Long> hit = read("/Users?filter=userName eq \"person-001@acme.test\"");

        assertThat(total(hit)).as("%s", hit).isPositive().isLessThanOrEqualTo(3);
        assertThat(read("/Users?filter=userName eq \"PERSON-900@acme.test\"")).isEqualTo(hit);
        assertThat(total(read("/Users?filter=userName eq \"nobody@acme.test\"")))
                .isLessThan(total(hit));
        assertThat(total(read("/Users?filter=externalId eq \"nobody\""))).isLessThan(total(hit));
    }

    @Test
    @DisplayName("a page of 100 users takes the statements of a page of 10, also far behind")
    void page() {
        Map<String, Long> small = read("/Users?count=10");

        assertThat(total(small)).as("%s", small).isPositive().isLessThanOrEqualTo(5);
        assertThat(read("/Users?count=100")).isEqualTo(small);
        assertThat(read("/Users?count=100&startIndex=801").keySet())
                .as("fewer, where the place and the total are remembered")
                .hasSizeLessThanOrEqualTo(small.size());
    }

    @Test
    @DisplayName(
            "the largest page takes one statement more than one of 500: users are named 512 at a time, for databases that allow 2,100 parameters")
    void largestPage() {
        Map<String, Long> small = without("select count(", read("/Users?count=10"));
        Map<String, Long> half = without("select count(", read("/Users?count=500"));
        Map<String, Long> whole = without("select count(", read("/Users?count=1000"));

        assertThat(total(half)).as("%s", half).isEqualTo(total(small));
        assertThat(total(whole)).as("%s", whole).isEqualTo(total(small) + 1);
    }

    @Test
    @DisplayName("a page of groups takes the statements of any other; their number comes with them")
    void pageOfGroups() {
        IntStream.range(0, 12).forEach(i -> Scim.group(scim, "Listed " + i));

        Map<String, Long> small = read("/Groups?count=2&excludedAttributes=members");

        assertThat(total(small)).as("%s", small).isPositive().isLessThanOrEqualTo(3);
        assertThat(read("/Groups?count=11&excludedAttributes=members")).isEqualTo(small);
        assertThat(total(read("/Groups?count=2"))).isEqualTo(total(small) + 1);
        assertThat(total(read("/Groups?count=0"))).isLessThan(total(small));
    }

    @Test
    @DisplayName("a page by cursor takes the same statements whatever its size and depth, and none to count")
    void pageByCursor() {
        for (String order : List.of("", "&sortBy=meta.created", "&sortBy=name.familyName&sortOrder=descending")) {
            String path = "/Users?cursor=";
            String near = cursorAt(path, order, 50);
            String far = cursorAt(path, order, 800);
            Map<String, Long> first = read(path + "&count=10" + order);
            Map<String, Long> small = read(path + near + "&count=10" + order);

            assertThat(total(small)).as("%s", small).isPositive().isLessThan(total(first));
            assertThat(small.keySet()).noneMatch(statement -> statement.contains("count("));
            assertThat(read(path + near + "&count=100" + order)).isEqualTo(small);
            assertThat(read(path + far + "&count=100" + order)).isEqualTo(small);
        }
    }

    private static String cursorAt(String path, String order, int index) {
        return scim.get(path + "&attributes=id&count=" + index + order).at("/nextCursor");
    }

    @Test
    @DisplayName("who goes on by index is led from key to key: no row is counted out, nor the total again")
    void walkByIndex() {
        Map<String, Long> jump = read("/Users?count=100");
        scim.get("/Users?count=100&startIndex=301");
        Map<String, Long> step = read("/Users?count=100&startIndex=401");

        assertThat(step.keySet())
                .noneMatch(statement -> statement.contains("offset $") || statement.contains("count("));
        assertThat(total(step)).isLessThan(total(jump));
    }

    @Test
    @DisplayName("a search over users and groups takes a constant number of statements, by index and by cursor")
    void searchOnTheRoot() {
        Map<String, Long> small = search("{\"count\":10}");

        assertThat(total(small)).as("%s", small).isPositive().isLessThanOrEqualTo(8);
        assertThat(search("{\"count\":100}")).isEqualTo(small);
        String cursor = scim.post("/.search", "{\"cursor\":\"\",\"count\":50}").at("/nextCursor");
        Map<String, Long> byCursor = search("{\"cursor\":\"" + cursor + "\",\"count\":10}");
        assertThat(total(byCursor)).isLessThan(total(small));
        assertThat(search("{\"cursor\":\"" + cursor + "\",\"count\":100}")).isEqualTo(byCursor);
    }

    private static Map<String, Long> search(String body) {
        return statements.of(() -> succeed(scim.post("/.search", body)));
    }

    @Test
    @DisplayName("200 members join and leave in the statements of 20, but for one event each")
    void manyMembers() {
        String group = Scim.group(scim, "Many");

        Map<String, Long> twenty = addedAndRemoved(group, people.subList(0, 20));
        Map<String, Long> twoHundred = addedAndRemoved(group, people.subList(0, 200));

        assertThat(withoutEvents(twoHundred)).isEqualTo(withoutEvents(twenty));
        assertThat(events(twenty)).isEqualTo(40);
        assertThat(events(twoHundred)).isEqualTo(400);
        assertThat(total(withoutEvents(twenty))).as("%s", twenty).isLessThanOrEqualTo(60);
    }

    private static Map<String, Long> addedAndRemoved(String group, List<String> users) {
        return statements.of(() -> {
            patch(group, "add", users);
            patch(group, "remove", users);
        });
    }

    @Test
    @DisplayName("one member joins and leaves a group of 900 in the statements of a group of 10")
    void oneMember() {
        String small = Scim.group(scim, "Small");
        patch(small, "add", people.subList(0, 10));
        String large = Scim.group(scim, "Large");
        patch(large, "add", people.subList(0, 900));
        List<String> one = people.subList(949, 950);

        Map<String, Long> inSmall = addedAndRemoved(small, one);

        assertThat(addedAndRemoved(large, one)).isEqualTo(inSmall);
        assertThat(total(inSmall)).as("%s", inSmall).isLessThanOrEqualTo(22);
    }

    @Test
    @DisplayName(
            "20 groups in a group join, are shown and leave in the statements of 2; for users alone they cost none")
    void groupsInGroups() {
        List<String> inner = IntStream.range(0, 20)
                .mapToObj(i -> Scim.group(scim, "Inner " + i))
                .toList();
        String few = Scim.group(scim, "Few groups");
        String many = Scim.group(scim, "Many groups");

        Map<String, Long> two = shownAndRemoved(few, inner.subList(0, 2));

        Map<String, Long> twenty = shownAndRemoved(many, inner);
        // Hibernate sends the rows one by one in a batch.
        String row = "insert into SCIM_GROUP_MEMBER";
        assertThat(without(row, withoutEvents(twenty))).isEqualTo(without(row, withoutEvents(two)));

        String plain = Scim.group(scim, "No groups");
        patch(many, "add", inner);
        List<String> one = people.subList(948, 949);
        assertThat(addedAndRemoved(many, one)).isEqualTo(addedAndRemoved(plain, one));
    }

    private static Map<String, Long> shownAndRemoved(String group, List<String> members) {
        return statements.of(() -> {
            patch(group, "add", members);
            succeed(scim.get("/Groups/" + group));
            patch(group, "remove", members);
        });
    }

    private static Map<String, Long> without(String statement, Map<String, Long> calls) {
        return calls.entrySet().stream()
                .filter(call -> !call.getKey().startsWith(statement))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    @DisplayName(
            "GRP-5 a page of the members takes the statements of any other, whatever the size of the group and how far behind")
    void pageOfMembers() {
        String small = "/Groups/" + Scim.group(scim, "Few members");
        patch(small.substring("/Groups/".length()), "add", people.subList(0, 10));
        String large = "/Groups/" + Scim.group(scim, "Many members");
        patch(large.substring("/Groups/".length()), "add", people.subList(0, 900));

        Map<String, Long> first = read(small + "?membersCount=5");
        assertThat(total(first)).as("%s", first).isPositive().isLessThanOrEqualTo(5);
        assertThat(read(large + "?membersCount=5")).isEqualTo(first);
        assertThat(read(large + "?membersCount=100")).isEqualTo(first);

        String near = membersBehind(large, 5);
        String far = membersBehind(large, 800);
        Map<String, Long> next = read(near + "&membersCount=5");
        assertThat(total(next)).as("%s", next).isPositive().isLessThanOrEqualTo(3);
        assertThat(next.keySet()).noneMatch(statement -> statement.contains("count("));
        assertThat(next.keySet())
                .as("either table is read from the place on")
                .anyMatch(statement -> statement.matches(".*\\.USER_ID>\\?.*\\.ID>\\?.*"));
        assertThat(read(far + "&membersCount=5")).isEqualTo(next);
        assertThat(read(near + "&membersCount=100")).isEqualTo(next);
    }

    /** The path of the next page, which says how large it is. */
    private static String membersBehind(String group, int index) {
        String link = scim.get(group + "?membersCursor=&membersCount=" + index).header("Link");
        return group + link.replaceFirst(".*[?&](membersCursor=[^&>]+).*", "?$1");
    }

    @Test
    @DisplayName("20 differences in an exact list of 900 take the statements of 20 in a list of 50")
    void replace() {
        Map<String, Long> small = replaced(Scim.group(scim, "Short list"), 50);
        Map<String, Long> large = replaced(Scim.group(scim, "Long list"), 900);

        assertThat(large).isEqualTo(small);
        assertThat(events(small)).isEqualTo(80);
    }

    /** There and back: 20 leave and 20 join, then the other way round. */
    private static Map<String, Long> replaced(String group, int size) {
        List<String> before = people.subList(0, size);
        List<String> after = people.subList(20, size + 20);
        put(group, before);
        return statements.of(() -> {
            put(group, after);
            put(group, before);
        });
    }
}
