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

    private static final int CROWD = 1000;

    /** Rows, one for each member or event, sent in batches: these alone may follow the number of members. */
    private static final List<String> ROWS =
            List.of("insert into ADMIN_EVENT_ENTITY", "TEAM_GRANT", "TEAM_TOMBSTONE_MEMBER");

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
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
        team = Directory.in(tenant).mapping(group).path("targetId").asText();
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
        Map<String, Long> forty = addedAndRemoved(people.subList(0, 40));
        Map<String, Long> twoHundred = addedAndRemoved(people.subList(0, 200));

        assertThat(withoutRows(twoHundred)).isEqualTo(withoutRows(forty));
        assertThat(withoutRows(forty).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("%s", forty)
                .isLessThanOrEqualTo(200);
    }

    @Test
    @DisplayName("1000 members are in the team when the push is answered, and out of it")
    void thousand() {
        patch("add", people);
        assertThat(tenant.admin().realm().groups().group(team).members(0, 2 * CROWD))
                .hasSize(CROWD);

        patch("remove", people);
        assertThat(tenant.admin().realm().groups().group(team).members(0, 2 * CROWD))
                .isEmpty();
    }

    private static Map<String, Long> addedAndRemoved(List<String> users) {
        return statements.of(() -> {
            patch("add", users);
            patch("remove", users);
        });
    }

    private static void patch(String op, List<String> users) {
        String members =
                users.stream().map(id -> "{\"value\":\"" + id + "\"}").collect(Collectors.joining(",", "[", "]"));
        Answer answer = scim.patch(
                "/Groups/" + group,
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
