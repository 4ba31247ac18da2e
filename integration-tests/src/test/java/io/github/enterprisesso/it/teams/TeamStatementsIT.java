package io.github.enterprisesso.it.teams;

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

/** What a push of many members costs the database once its group is mapped: counted, not timed. */
@KeycloakTest
class TeamStatementsIT {

    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String ROLES = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:Group";

    private static final int CROWD = 1500;

    /** How many people are read and decided on together. */
    private static final int BATCH = 500;

    /** Rows, one for each member or event, sent in batches: these alone may follow the number of members. */
    private static final List<String> ROWS =
            List.of("insert into ADMIN_EVENT_ENTITY", "TEAM_GRANT", "TEAM_TOMBSTONE_MEMBER");

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static Directory directory;
    static Statements statements;
    static List<String> people;
    static String group;
    static String team;

    @BeforeAll
    static void realms(KeycloakServer keycloak, Deployment deployment) {
        List<UserRepresentation> users =
                IntStream.range(0, CROWD).mapToObj(TeamStatementsIT::person).toList();
        people = users.stream().map(UserRepresentation::getId).toList();
        tenant = Tenant.create(keycloak, "team-statements", realm -> realm.setUsers(new ArrayList<>(users)));
        tenant.mapEveryGroupToATeam();
        scim = tenant.connect("okta", Map.of("groupProvisioning", "true", "requestLog", "off"));
        group = scim.post("/Groups", "{\"displayName\":\"Crowd\"}").at("/id");
        directory = Directory.in(tenant);
        // Else the last of the administrators of one test would be somebody special in another.
        tenant.grant(
                tenant.admin()
                        .realm()
                        .users()
                        .searchByUsername(Tenant.OWNER, true)
                        .get(0)
                        .getId(),
                "Admin");
        team = directory.mapping(group).path("targetId").asText();
        statements = deployment.statements();
    }

    private static UserRepresentation person(int number) {
        UserRepresentation user = new UserRepresentation();
        user.setId(UUID.randomUUID().toString());
        user.setUsername("member-%04d@acme.test".formatted(number));
        user.setEmail(user.getUsername());
        user.setEmailVerified(true);
        user.setFirstName("Member");
        user.setLastName(Integer.toString(number));
        user.setEnabled(true);
        return user;
    }

    @Test
    @DisplayName("200 members join and leave a mapped team in the statements of 40, but for their rows")
    void manyMembers() {
        Map<String, Long> forty = addedAndRemoved(group, people.subList(0, 40));
        Map<String, Long> twoHundred = addedAndRemoved(group, people.subList(0, 200));

        assertThat(withoutRows(twoHundred)).isEqualTo(withoutRows(forty));
        assertThat(sum(withoutRows(forty))).as("%s", forty).isLessThanOrEqualTo(200);
    }

    @Test
    @DisplayName("ROL-3 so they do in a group that leads to no team and carries the top of the ladder")
    void topOfTheLadder() {
        String admins = unmapped("Admins", "Admin");

        Map<String, Long> forty = addedAndRemoved(admins, people.subList(0, 40));
        Map<String, Long> twoHundred = addedAndRemoved(admins, people.subList(0, 200));

        assertThat(withoutRows(twoHundred)).isEqualTo(withoutRows(forty));
    }

    @Test
    @DisplayName("GRP-2 so they do in a group that leads nowhere")
    void nowhere() {
        String nowhere = unmapped("Nowhere");

        Map<String, Long> forty = addedAndRemoved(nowhere, people.subList(0, 40));
        Map<String, Long> twoHundred = addedAndRemoved(nowhere, people.subList(0, 200));

        assertThat(withoutRows(twoHundred)).isEqualTo(withoutRows(forty));
    }

    @Test
    @DisplayName("each 500 members more join and leave in at most 40 statements more: a fixed number for each batch")
    void batches() {
        Map<String, Long> some = inAndOut(BATCH);
        Map<String, Long> more = inAndOut(2 * BATCH);
        Map<String, Long> many = inAndOut(3 * BATCH);

        assertThat(sum(more) - sum(some)).as("500: %s%n1000: %s", some, more).isBetween(1L, 40L);
        assertThat(sum(many) - sum(more)).as("1000: %s%n1500: %s", more, many).isBetween(1L, 40L);
    }

    /** When a push is answered, all are in the team, or out of it. Counted twice only: thousands take their time. */
    private static Map<String, Long> inAndOut(int size) {
        List<String> users = people.subList(0, size);
        patch("add", group, users);
        assertThat(membersOfTheTeam()).hasSize(size);
        patch("remove", group, users);
        assertThat(membersOfTheTeam()).isEmpty();
        return withoutRows(statements.of(() -> joinAndLeave(group, users), 2));
    }

    private static List<UserRepresentation> membersOfTheTeam() {
        return tenant.admin().realm().groups().group(team).members(0, 2 * CROWD);
    }

    private static long sum(Map<String, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }

    /** A group whose mapping an administrator has rejected. */
    private static String unmapped(String name, String... roles) {
        String id = scim.post(
                        "/Groups",
                        Map.of(
                                "schemas",
                                List.of(GROUP, ROLES),
                                "displayName",
                                name,
                                ROLES,
                                Map.of("LambdatestRoles", List.of(roles))))
                .at("/id");
        Answer rejected = directory.decide(directory.mapping(id).path("id").asText(), Map.of("status", "REJECTED"));
        assertThat(rejected.status()).as("%s", rejected).isEqualTo(200);
        return id;
    }

    private static Map<String, Long> addedAndRemoved(String to, List<String> users) {
        return statements.of(() -> joinAndLeave(to, users));
    }

    private static void joinAndLeave(String to, List<String> users) {
        patch("add", to, users);
        patch("remove", to, users);
    }

    private static void patch(String op, String to, List<String> users) {
        String members =
                users.stream().map(id -> "{\"value\":\"" + id + "\"}").collect(Collectors.joining(",", "[", "]"));
        Answer answer = scim.patch(
                "/Groups/" + to,
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[{\"op\":\"" + op
                        + "\",\"path\":\"members\",\"value\":" + members + "}]}");
        assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
    }

    private static Map<String, Long> withoutRows(Map<String, Long> calls) {
        return calls.entrySet().stream()
                .filter(call -> ROWS.stream().noneMatch(call.getKey()::contains))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
