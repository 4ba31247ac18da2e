package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.client.Simultaneously;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A client with several connections at once, which is how identity providers push. */
@KeycloakTest
@Tag("h2")
class ScimConcurrencyIT {

    private static final int CONNECTIONS = 8;

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "concurrency");
        scim = tenant.connect();
    }

    @Test
    @DisplayName("the first groups of a connection may come at once, though the parent group is still missing")
    void firstGroups() throws Exception {
        List<Answer> answers =
                Simultaneously.call(CONNECTIONS, i -> scim.post("/Groups", "{\"displayName\":\"First " + i + "\"}"));

        assertThat(answers).extracting(Answer::status).containsOnly(201);
        assertThat(tenant.admin().realm().getGroupByPath("/okta").getSubGroupCount())
                .isGreaterThanOrEqualTo(CONNECTIONS);
    }

    @Test
    @DisplayName("SCP-6 of several requests for the same user one creates him, the others are 409")
    void sameUser() throws Exception {
        List<Answer> answers = Simultaneously.call(CONNECTIONS, i -> scim.post("/Users", Scim.user("racer@acme.test")));

        assertThat(answers).extracting(Answer::status).containsOnlyOnce(201);
        assertThat(answers).extracting(Answer::status).containsOnly(201, 409);
        assertThat(scim.get("/Users?filter=userName eq \"racer@acme.test\"")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    @DisplayName("USR-8 what eight connections change of one user at once is all there, and what has one value has one")
    void changesOfOneUser() throws Exception {
        String user = Scim.create(scim, "busy@acme.test");

        for (String role : List.of("Guest", "Admin")) {
            List<Answer> answers = Simultaneously.call(
                    CONNECTIONS,
                    i -> scim.patch("/Users/" + user, Scim.patch("""
                            {"op":"add","path":"phoneNumbers","value":[{"value":"%1$s %2$d"}]},
                            {"op":"replace","path":"%3$s:LambdatestGroup","value":"%1$s %2$d"},
                            {"op":"replace","path":"%3$s:OrganizationRole","value":"%1$s"}
                            """.formatted(role, i, Scim.USER_EXTENSION))));
            assertThat(answers).extracting(Answer::status).containsOnly(200);
        }

        assertThat(scim.get("/Users/" + user).body().path("phoneNumbers").findValuesAsText("value"))
                .containsExactlyInAnyOrderElementsOf(Stream.of("Guest", "Admin")
                        .flatMap(role -> IntStream.range(0, CONNECTIONS).mapToObj(i -> role + " " + i))
                        .toList());
        assertThat(tenant.admin().realm().users().get(user).toRepresentation().getAttributes())
                .hasEntrySatisfying(
                        "organizationRole", roles -> assertThat(roles).containsExactly("Admin"))
                .hasEntrySatisfying(
                        "exclusiveGroup", groups -> assertThat(groups).hasSize(1));
    }

    @Test
    @DisplayName("SCP-5 of several who delete the same user or group one does, for the others it is gone: 404")
    void deletes() throws Exception {
        ScimClient removing =
                tenant.connect("removing", Map.of("delete", "remove", "groupProvisioning", "true", "adopt", "never"));
        String user = Scim.create(removing, "leaver@acme.test");
        String group = Scim.group(removing, "Leavers");

        for (String path : List.of("/Users/" + user, "/Groups/" + group)) {
            List<Answer> answers = Simultaneously.call(CONNECTIONS, i -> removing.delete(path));
            assertThat(answers).as(path).extracting(Answer::status).containsOnly(204, 404);
            assertThat(answers).as(path).extracting(Answer::status).containsOnlyOnce(204);
        }
    }

    @Test
    @DisplayName("GRP-8 members that are added and removed at once are neither lost nor doubled")
    void members() throws Exception {
        String group = Scim.group(scim, "Crowd");
        List<String> users = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> Scim.create(scim, "crowd-" + i + "@acme.test"))
                .toList();
        String everybody = "{\"op\":\"add\",\"path\":\"members\",\"value\":["
                + String.join(
                        ",",
                        users.stream().map(id -> "{\"value\":\"" + id + "\"}").toList()) + "]}";

        assertThat(Simultaneously.call(CONNECTIONS, i -> scim.patch("/Groups/" + group, Scim.patch(everybody))))
                .extracting(Answer::status)
                .containsOnly(200);
        assertThat(members(group)).containsExactlyInAnyOrderElementsOf(users);

        assertThat(Simultaneously.call(
                        CONNECTIONS,
                        i -> scim.patch(
                                "/Groups/" + group,
                                Scim.patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + users.get(i)
                                        + "\\\"]\"}"))))
                .extracting(Answer::status)
                .containsOnly(200);
        assertThat(members(group)).isEmpty();
    }

    private static List<String> members(String group) {
        return scim.get("/Groups/" + group).body().path("members").findValuesAsText("value");
    }

    @Test
    @DisplayName(
            "GRP-8 members pushed one by one over eight connections, half of whom leave meanwhile: who is left is right")
    void membersOneByOne() throws Exception {
        String group = Scim.group(scim, "Stream");
        List<String> stay = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> Scim.create(scim, "stay-" + i + "@acme.test"))
                .toList();
        List<String> leave = IntStream.range(0, CONNECTIONS)
                .mapToObj(i -> Scim.create(scim, "leave-" + i + "@acme.test"))
                .toList();
        scim.patch(
                "/Groups/" + group,
                Scim.patch(leave.stream().map(ScimConcurrencyIT::add).collect(Collectors.joining(","))));

        List<Answer> answers = Simultaneously.call(CONNECTIONS, i -> {
            Answer added = scim.patch("/Groups/" + group, Scim.patch(add(stay.get(i))));
            Answer both = scim.patch(
                    "/Groups/" + group,
                    Scim.patch("{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + leave.get(i) + "\\\"]\"},"
                            + add(stay.get((i + 1) % CONNECTIONS))));
            return added.status() == 200 ? both : added;
        });

        assertThat(answers).extracting(Answer::status).containsOnly(200);
        assertThat(members(group)).containsExactlyInAnyOrderElementsOf(stay);
    }

    private static String add(String user) {
        return "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + user + "\"}]}";
    }
}
