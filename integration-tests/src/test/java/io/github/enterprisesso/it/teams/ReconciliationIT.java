package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** Drift and its repair, and the events that tell of every effect. */
@KeycloakTest
class ReconciliationIT {

    @AutoClose
    static Tenant tenant;

    static Directory directory;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-reconcile");
        tenant.mapEveryGroupToATeam();
        directory = Directory.in(tenant);
    }

    @Test
    @DisplayName("MAP-14 who was taken out of a team by hand is out, until a reconciliation puts him back")
    void teamDrift() {
        String group = directory.push("Drifters");
        String user = directory.person("dieter", group);
        directory.remove(directory.mapping(group).path("targetId").asText(), user);
        assertThat(directory.teamsOf(user)).isEmpty();

        Answer reconciled = tenant.admin().post("/group-mappings/groups/" + group + "/reconcile", Map.of());

        assertThat(reconciled.at("/changes")).as(reconciled.toString()).isEqualTo("1");
        assertThat(directory.teamsOf(user)).containsExactly("Drifters");
    }

    @Test
    @DisplayName("ROL-2 a role taken away by hand comes back with a reconciliation")
    void roleDrift() {
        String user = directory.person("rolf", directory.push("Rollers", "Guest"));
        RoleRepresentation guest = tenant.admin().realm().roles().get("Guest").toRepresentation();
        tenant.admin().realm().users().get(user).roles().realmLevel().remove(List.of(guest));

        directory.reconcile();

        assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
    }

    @Test
    @DisplayName("ROL-6 a reconciliation of what is in line changes nothing and sends no event")
    void nothingToDo() {
        String user = directory.person("nina", directory.push("Neat", "User"));
        directory.reconcile();
        int events = directory.events("users/" + user).size();

        Answer reconciled = directory.reconcile();

        assertThat(reconciled.at("/changes")).isEqualTo("0");
        assertThat(directory.events("users/" + user)).hasSize(events);
    }

    @Test
    @DisplayName("AUD-2 joining and leaving a team are events with group, rule and mapping")
    void membershipEvents() {
        String group = directory.push("Audited");
        String user = directory.person("aida", group);
        directory.remove(group, user);
        String team = directory.mapping(group).path("targetId").asText();

        List<AdminEventRepresentation> events = directory.events("users/" + user + "/groups/" + team);

        assertThat(events)
                .extracting(AdminEventRepresentation::getOperationType)
                .containsExactlyInAnyOrder("CREATE", "DELETE");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getResourceType()).isEqualTo("GROUP_MEMBERSHIP");
            assertThat(event.getAuthDetails().getUserId()).isNotBlank();
            assertThat(event.getRepresentation())
                    .contains(
                            "\"connection\":\"the-connection\"",
                            "\"groupId\":\"" + group + "\"",
                            "\"rule\":\"every group\"",
                            "\"mappingId\":\"")
                    .contains("Member of pushed group 'Audited', which rule 'every group' maps to team 'Audited'.");
        });
    }

    @Test
    @DisplayName("AUD-2 a change of role is an event with its reason")
    void roleEvents() {
        String user = directory.person("rosa", directory.push("Ranked", "Guest"));

        assertThat(directory.events("users/" + user + "/role-mappings/realm"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.getResourceType()).isEqualTo("REALM_ROLE_MAPPING");
                    assertThat(event.getOperationType()).isEqualTo("CREATE");
                    assertThat(event.getRepresentation())
                            .contains("\"name\":\"Guest\"", "Pushed group 'Ranked' carries role 'Guest'");
                });
    }

    @Test
    @DisplayName(
            "AUD-3 a mapping made by a rule, one decided by an administrator and one whose team is gone are events, with what was before")
    void mappingEvents() {
        String group = directory.push("Mapped");
        String mapping = directory.mapping(group).path("id").asText();
        String team = directory.mapping(group).path("targetId").asText();
        directory.decide(mapping, Map.of("status", "REJECTED"));
        directory.delete(team);

        List<AdminEventRepresentation> events = directory.events("group-mappings/mappings/" + mapping);
        assertThat(events)
                .extracting(AdminEventRepresentation::getOperationType)
                .containsExactlyInAnyOrder("CREATE", "UPDATE", "UPDATE");
        assertThat(events).allSatisfy(event -> {
            JsonNode cause = json(event).path("cause");
            assertThat(cause.path("groupId").asText()).isEqualTo(group);
            assertThat(cause.path("rule").asText()).isNotEmpty();
            assertThat(cause.path("mappingId").asText()).isEqualTo(mapping);
        });
        assertThat(events)
                .filteredOn(event -> json(event).has("old"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(json(event).path("status").asText()).isEqualTo("REJECTED");
                    assertThat(json(event).at("/old/status").asText()).isEqualTo("AUTO_APPROVED");
                    assertThat(json(event).at("/old/targetId").asText()).isEqualTo(team);
                });
    }

    @Test
    @DisplayName("AUD-3 a change of rules is an event with what was before")
    void ruleEvents() {
        Map<String, Object> rule = Map.of("name", "second", "type", "PREFIX", "pattern", "second-", "priority", 7);
        assertThat(tenant.admin().post("/group-mappings/rules", rule).status()).isEqualTo(201);

        assertThat(directory.events("group-mappings/rules")).singleElement().satisfies(event -> {
            assertThat(json(event).path("old")).hasSize(1);
            assertThat(json(event).path("new").findValuesAsText("name")).contains("second");
        });
        assertThat(tenant.admin().delete("/group-mappings/rules/second").status())
                .isEqualTo(204);
    }

    private static JsonNode json(AdminEventRepresentation event) {
        try {
            return new ObjectMapper().readTree(event.getRepresentation());
        } catch (JsonProcessingException e) {
            throw new AssertionError(event.getRepresentation(), e);
        }
    }

    @Test
    @DisplayName("grants can be asked for by group and page by page")
    void grants() {
        String group = directory.push("Paged", "User");
        directory.person("paul", group);
        directory.person("petra", group);

        Answer all = tenant.admin().get("/group-mappings/grants?groupId=" + group);
        Answer page = tenant.admin().get("/group-mappings/grants?groupId=" + group + "&first=3&max=2");

        assertThat(all.body()).hasSize(4);
        assertThat(all.body()).allSatisfy(grant -> {
            assertThat(grant.path("sourceGroupName").asText()).isEqualTo("Paged");
            assertThat(grant.path("username").asText()).endsWith("@tenant.test");
            assertThat(grant.path("createdAt").asText()).endsWith("Z");
        });
        assertThat(page.body()).hasSize(1);
        assertThat(page.at("/0")).isEqualTo(all.at("/3"));
    }
}
