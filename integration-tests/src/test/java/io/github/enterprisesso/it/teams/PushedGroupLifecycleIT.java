package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.GroupRepresentation;

/** The effect table E1 to E7, with a rule that maps every group to a team. */
@KeycloakTest
@Tag("h2")
class PushedGroupLifecycleIT {

    @AutoClose
    static Tenant tenant;

    static Directory directory;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-lifecycle");
        tenant.mapEveryGroupToATeam();
        directory = Directory.in(tenant);
    }

    @Test
    @DisplayName("E1 MAP-9 a pushed group makes a team of its name, approved by the rule")
    void pushed() {
        String group = directory.push("Platform");

        assertThat(directory.teams()).contains("Platform");
        assertThat(directory.mapping(group).path("status").asText()).isEqualTo("AUTO_APPROVED");
        assertThat(directory.mapping(group).path("rule").asText()).isEqualTo("every group");
        assertThat(directory.mapping(group).path("targetName").asText()).isEqualTo("Platform");
    }

    @Test
    @DisplayName("MAP-9 a team of that name that is there already is found, and its members stay")
    void found() {
        String team = directory.team("Finance");
        String byHand = directory.person("fiona");
        directory.add(team, byHand);

        String pushed = directory.person("fred", directory.push("Finance"));

        assertThat(directory.teams()).containsOnlyOnce("Finance");
        assertThat(directory.teamsOf(pushed)).containsExactly("Finance");
        assertThat(directory.teamsOf(byHand)).containsExactly("Finance");
    }

    @Test
    @DisplayName("E2 E3 who joins a pushed group joins its team, who leaves it leaves")
    void joinAndLeave() {
        String group = directory.push("Engineering");
        String user = directory.person("emil", group);
        assertThat(directory.teamsOf(user)).containsExactly("Engineering");
        assertThat(directory.reasons(user))
                .contains(
                        "Member of pushed group 'Engineering', which rule 'every group' maps to team 'Engineering'.",
                        "No pushed group and no user attribute carries a role, so the default role 'User' applies.");

        directory.remove(group, user);

        assertThat(directory.teamsOf(user)).isEmpty();
        assertThat(directory.reasons(user)).hasSize(1);
    }

    @Test
    @DisplayName("MAP-3 E3 who leaves one of two groups that lead to a team stays in it")
    void leaveOneOfTwo() {
        String group = directory.push("Design");
        String other = directory.push("Berlin");
        directory.map(other, directory.mapping(group).path("targetId").asText());
        String user = directory.person("dora", group, other);

        directory.remove(group, user);
        assertThat(directory.teamsOf(user)).containsExactly("Berlin", "Design");

        directory.remove(other, user);
        assertThat(directory.teamsOf(user)).isEmpty();
    }

    @Test
    @DisplayName("a membership given by hand is never taken away")
    void byHand() {
        String group = directory.push("Sales");
        String team = directory.mapping(group).path("targetId").asText();
        String user = directory.person("sam");
        directory.add(team, user);

        directory.add(group, user);
        directory.remove(group, user);

        assertThat(directory.teamsOf(user)).containsExactly("Sales");
    }

    @Test
    @DisplayName("E4 the team follows the new name of its group, members stay")
    void renamed() {
        String group = directory.push("Support");
        String user = directory.person("sue", group);

        directory.rename(group, "Customer Care");

        assertThat(directory.teams()).contains("Customer Care").doesNotContain("Support");
        assertThat(directory.teamsOf(user)).containsExactly("Customer Care");
        assertThat(directory.mapping(group).path("status").asText()).isEqualTo("AUTO_APPROVED");
    }

    @Test
    @DisplayName("MAP-12 a team renamed by hand keeps its members and takes the next name of its group")
    void teamRenamed() {
        String group = directory.push("Legal");
        String team = directory.mapping(group).path("targetId").asText();
        String user = directory.person("lea", group);
        directory.rename(team, "Lawyers");
        assertThat(directory.teamsOf(user)).containsExactly("Lawyers");

        directory.rename(group, "Legal and Compliance");

        assertThat(directory.teamsOf(user)).containsExactly("Legal and Compliance");
    }

    @Test
    @DisplayName("E4 a team does not take a name that another team has")
    void renamedToTakenName() {
        directory.push("Taken");
        String group = directory.push("Free");
        String user = directory.person("tom", group);
        directory.team("Taken by hand");

        directory.rename(group, "Taken by hand");

        assertThat(directory.teamsOf(user)).containsExactly("Free");
    }

    @Test
    @DisplayName(
            "E5 the members of a deleted group leave its team, unless another group leads there or they are in it by hand")
    void deleted() {
        String group = directory.push("Marketing");
        String other = directory.push("Brand");
        String team = directory.mapping(group).path("targetId").asText();
        directory.map(other, team);
        String byHand = directory.person("mona");
        directory.add(team, byHand);
        String one = directory.person("mia", group);
        String both = directory.person("max", group, other);
        directory.add(group, byHand);

        directory.delete(group);

        assertThat(directory.teamsOf(one)).isEmpty();
        assertThat(directory.teamsOf(both)).containsExactly("Brand", "Marketing");
        assertThat(directory.teamsOf(byHand)).containsExactly("Marketing");
        assertThat(directory.teams()).contains("Marketing");
    }

    @Test
    @DisplayName("E6 a name that is pushed again finds its team again")
    void pushedAgain() {
        directory.delete(directory.push("Operations"));

        String user = directory.person("otto", directory.push("Operations"));

        assertThat(directory.teamsOf(user)).containsExactly("Operations");
        assertThat(directory.teams()).containsOnlyOnce("Operations");
    }

    @Test
    @DisplayName("E7 a group's roles change for all its members at once, up and down and away")
    void rolesChange() {
        String group = directory.push("Leads", "Guest");
        String one = directory.person("lars", group);
        String other = directory.person("lisa", group);
        // Somebody else must be Admin, or the last one would keep the role.
        directory.person("boss", directory.push("Bosses", "Admin"));
        assertThat(tenant.realmRolesOf(one)).containsExactly("Guest");

        directory.roles(group, "Admin");
        assertThat(tenant.realmRolesOf(one)).containsExactly("Admin");
        assertThat(tenant.realmRolesOf(other)).containsExactly("Admin");

        directory.roles(group, "Guest", "User");
        assertThat(tenant.realmRolesOf(one)).containsExactly("User");

        directory.roles(group, "Guest");
        directory.roles(group);
        assertThat(tenant.realmRolesOf(one)).containsExactly("User");
        assertThat(directory.reasons(one)).anyMatch(reason -> reason.contains("default role 'User'"));
    }

    @Test
    @DisplayName("a group that is pushed no more, but stays, gives nothing any more")
    void detached() {
        String group = directory.push("Contractors");
        String user = directory.person("carl", group);
        GroupRepresentation representation = directory.group(group).toRepresentation();
        representation.setAttributes(Map.of());

        directory.group(group).update(representation);

        assertThat(directory.teamsOf(user)).isEmpty();
        assertThat(tenant.groupsOf(user)).containsExactly("/pushed/Contractors");
    }

    @Test
    @DisplayName("a group that nobody pushed leads nowhere")
    void notPushed() {
        GroupRepresentation group = new GroupRepresentation();
        group.setName("Homemade");
        tenant.admin().realm().groups().add(group).close();
        String id = tenant.admin().realm().getGroupByPath("/Homemade").getId();

        String user = directory.person("hugo", id);

        assertThat(directory.teams()).doesNotContain("Homemade");
        assertThat(tenant.realmRolesOf(user)).isEmpty();
    }

    @Test
    @DisplayName("a user who has grants can be deleted")
    void userDeleted() {
        String group = directory.push("Temporary");
        String user = directory.person("tim", group);

        tenant.admin().realm().users().get(user).remove();

        assertThat(directory.describe(group).path("memberCount").asInt()).isZero();
        assertThat(tenant.admin().get("/group-mappings/grants?groupId=" + group).body())
                .isEmpty();
    }
}
