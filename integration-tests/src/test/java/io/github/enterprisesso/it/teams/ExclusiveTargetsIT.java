package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

/** Exclusive groups and organizations, where a person has one at most. */
@KeycloakTest
@Tag("h2")
class ExclusiveTargetsIT {

    @AutoClose
    static Tenant tenant;

    static Directory directory;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-exclusive", realm -> {
            realm.setOrganizationsEnabled(true);
            GroupRepresentation exclusive = new GroupRepresentation();
            exclusive.setName("exclusive");
            exclusive.setSubGroups(List.of(named("Everybody"), named("Chosen")));
            realm.setGroups(List.of(realm.getGroups().get(0), exclusive));
        });
        directory = Directory.in(tenant);
        organization("acme");
        organization("globex");
        declare("exclusiveGroup");
        Answer saved = tenant.admin()
                .put(
                        "/group-mappings/settings",
                        Map.of(
                                "rules",
                                List.of(
                                        rule("pools", "pool-", "EXCLUSIVE_GROUP", 30),
                                        rule("organizations", "org-", "ORGANIZATION", 20),
                                        rule("teams", "team-", "TEAM", 10)),
                                "defaultExclusiveGroup",
                                "Everybody"));
        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
    }

    private static GroupRepresentation named(String name) {
        GroupRepresentation group = new GroupRepresentation();
        group.setName(name);
        return group;
    }

    private static void declare(String attribute) {
        UPConfig profile = tenant.admin().realm().users().userProfile().getConfiguration();
        profile.addOrReplaceAttribute(
                new UPAttribute(attribute, new UPAttributePermissions(Set.of("admin"), Set.of("admin"))));
        tenant.admin().realm().users().userProfile().update(profile);
    }

    private static Map<String, Object> rule(String name, String prefix, String type, int priority) {
        return Map.of(
                "name", name,
                "type", "PREFIX",
                "pattern", prefix,
                "targetType", type,
                "autoApprove", true,
                "priority", priority);
    }

    private static void organization(String name) {
        Answer made = tenant.admin()
                .post(
                        "/organizations",
                        Map.of("name", name, "alias", name, "domains", List.of(Map.of("name", name + ".test"))));
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
    }

    private static List<String> organizationsOf(String user) {
        List<String> organizations = new ArrayList<>();
        for (JsonNode organization : tenant.admin().get("/organizations").body()) {
            JsonNode members = tenant.admin()
                    .get("/organizations/" + organization.path("id").asText() + "/members?max=100")
                    .body();
            if (members.findValuesAsText("id").contains(user)) {
                organizations.add(organization.path("name").asText());
            }
        }
        return organizations;
    }

    @Test
    @DisplayName(
            "MAP-4 E3 a rule makes the exclusive group; who leaves is in the default one; it follows its group's name")
    void exclusiveGroup() {
        String group = directory.push("pool-one");
        String user = directory.person("paula", group);
        assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-one");
        assertThat(directory.reasons(user))
                .contains("Member of pushed group 'pool-one', which rule 'pools' maps to exclusive group 'pool-one'.");

        directory.rename(group, "pool-uno");
        assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-uno");

        directory.remove(group, user);
        assertThat(directory.exclusiveGroupsOf(user)).containsExactly("Everybody");
        assertThat(directory.reasons(user))
                .contains(
                        "Nothing puts this user into another exclusive group, so the default exclusive group 'Everybody' applies.");
    }

    @Test
    @DisplayName("MAP-5 MAP-9 an organization is found by name, joined and left, never made and never renamed")
    void organization() {
        String group = directory.push("org-nowhere");
        assertThat(directory.mapping(group).path("status").asText()).isEqualTo("PENDING");
        String user = directory.person("olga", group);
        assertThat(organizationsOf(user)).isEmpty();

        Answer mapped = directory.map(group, "ORGANIZATION", "acme");
        assertThat(mapped.status()).as(mapped.toString()).isEqualTo(201);
        assertThat(mapped.at("/targetName")).isEqualTo("acme");
        assertThat(organizationsOf(user)).containsExactly("acme");
        assertThat(directory.events("organizations/"))
                .filteredOn(event -> event.getResourcePath().endsWith("/members/" + user))
                .singleElement()
                .satisfies(
                        event -> assertThat(event.getRepresentation()).contains("\"mappingId\":\"" + mapped.at("/id")));

        directory.rename(group, "org-elsewhere");
        assertThat(organizationsOf(user)).containsExactly("acme");

        directory.remove(group, user);
        assertThat(organizationsOf(user)).isEmpty();
        Answer unknown = directory.map(group, "ORGANIZATION", "hooli");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.at("/errors/0/errorMessage")).contains("no organization 'hooli'");
    }

    @Test
    @DisplayName("MAP-13 an organization that is deleted puts its mapping to pending and loses nothing")
    void organizationDeleted() {
        organization("initech");
        String group = directory.push("org-initech-people");
        String mapping = directory.map(group, "ORGANIZATION", "initech").at("/id");
        String user = directory.person("ines", group);
        String id = tenant.admin()
                .get("/organizations?search=initech")
                .body()
                .at("/0/id")
                .asText();

        assertThat(organizationsOf(user)).containsExactly("initech");
        assertThat(tenant.admin().delete("/organizations/" + id).status()).isEqualTo(204);

        JsonNode gone = directory.describe(group).path("mappings").path(1);
        assertThat(gone.path("id").asText()).isEqualTo(mapping);
        assertThat(gone.path("status").asText()).isEqualTo("PENDING");
        assertThat(gone.path("targetDeleted").asBoolean()).isTrue();
        assertThat(directory.reasons(user)).noneMatch(reason -> reason.contains("initech'."));
    }

    @Nested
    class Conflicts {

        @Test
        @DisplayName("CNF-1 CNF-2 CNF-6 E2 the second exclusive group waits, and is listed")
        void waiting() {
            String user = directory.person("carla", directory.push("pool-c1"), directory.push("pool-c2"));

            assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-c1");
            JsonNode conflict = directory.conflicts(user).path(0);
            assertThat(conflict.path("type").asText()).isEqualTo("EXCLUSIVE_GROUP");
            assertThat(conflict.at("/current/groupName").asText()).isEqualTo("pool-c1");
            assertThat(conflict.at("/incoming/targetName").asText()).isEqualTo("pool-c2");
            assertThat(conflict.path("username").asText()).isEqualTo("carla@tenant.test");
            assertThat(tenant.admin()
                            .get("/group-mappings/conflicts")
                            .body()
                            .path("total")
                            .asInt())
                    .isPositive();
            assertThat(directory.events(
                            "group-mappings/conflicts/" + conflict.path("id").asText()))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getOperationType()).isEqualTo("CREATE"));
        }

        @Test
        @DisplayName("CNF-3 CNF-5 use incoming moves the person, keeps his role, and is remembered")
        void useIncoming() {
            String first = directory.push("pool-u1", "Guest");
            String second = directory.push("pool-u2");
            String user = directory.person("ursula", first, second);

            resolve(user, "use-incoming");

            assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-u2");
            assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
            assertThat(directory.conflicts(user)).isEmpty();

            directory.remove(second, user);
            assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-u1");
            directory.add(second, user);
            assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-u2");
            assertThat(directory.conflicts(user)).isEmpty();
        }

        @Test
        @DisplayName("CNF-3 CNF-4 keep current is remembered; the waiting one is applied when the winner is gone")
        void keepCurrent() {
            String first = directory.push("pool-k1");
            String user = directory.person("karl", first, directory.push("pool-k2"));

            resolve(user, "keep-current");
            directory.reconcile();
            assertThat(directory.conflicts(user)).isEmpty();
            assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-k1");

            directory.delete(first);
            assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-k2");
        }

        @Test
        @DisplayName("CNF-4 E3 a conflict is over when the person leaves one of the groups")
        void over() {
            String first = directory.push("pool-o1");
            String user = directory.person("otto", first, directory.push("pool-o2"));
            assertThat(directory.conflicts(user)).hasSize(1);

            directory.remove(first, user);

            assertThat(directory.conflicts(user)).isEmpty();
            assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-o2");
        }

        @Test
        @DisplayName("CNF-1 MAP-5 an organization conflicts with another one, and with a team of another group")
        void organizations() {
            String acme = directory.push("org-of-acme");
            directory.map(acme, "ORGANIZATION", "acme");
            String globex = directory.push("org-of-globex");
            directory.map(globex, "ORGANIZATION", "globex");
            String user = directory.person("cora", acme, globex, directory.push("team-cross"));

            assertThat(organizationsOf(user)).containsExactly("acme");
            assertThat(directory.teamsOf(user)).isEmpty();
            assertThat(directory.conflicts(user))
                    .extracting(conflict -> conflict.path("type").asText())
                    .containsExactlyInAnyOrder("ORGANIZATION", "CROSS_TYPE");
        }

        private void resolve(String user, String word) {
            String conflict = directory.conflicts(user).path(0).path("id").asText();
            Answer decided = tenant.admin().post("/group-mappings/conflicts/" + conflict + "/" + word, Map.of());
            assertThat(decided.status()).as(decided.toString()).isEqualTo(204);
        }
    }

    @Test
    @DisplayName(
            "MAP-15 an exclusive group given by hand gives way to a mapping, and another one by hand is undone at once")
    void byHand() {
        String group = directory.push("pool-hand");
        String user = directory.person("hanna");
        directory.add(tenant.admin().realm().getGroupByPath("/exclusive/Chosen").getId(), user);
        assertThat(directory.exclusiveGroupsOf(user)).containsExactly("Chosen");

        directory.add(group, user);
        assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-hand");

        directory.add(tenant.admin().realm().getGroupByPath("/exclusive/Chosen").getId(), user);
        assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-hand");
    }

    @Test
    @DisplayName("USR-13 the person's own attribute names an exclusive group there is; another name is ignored")
    void ownAttribute() {
        String user = directory.person("udo");

        attribute(user, "Chosen");
        assertThat(directory.exclusiveGroupsOf(user)).containsExactly("Chosen");
        assertThat(directory.reasons(user)).contains("User attribute 'exclusiveGroup' names exclusive group 'Chosen'.");

        attribute(user, "Unheard of");
        assertThat(directory.exclusiveGroupsOf(user)).containsExactly("Everybody");
    }

    @Test
    @DisplayName(
            "USR-13 the exclusive group that a directory sends for a person; an unknown one is ignored, with an event")
    void sentByTheDirectory() {
        ScimClient okta = tenant.connect();
        Answer created = okta.post("/Users", person("sentinel", "Chosen"));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        assertThat(directory.exclusiveGroupsOf(created.at("/id"))).containsExactly("Chosen");

        Answer unknown = okta.post("/Users", person("sender", "Unheard of"));
        assertThat(directory.exclusiveGroupsOf(unknown.at("/id"))).containsExactly("Everybody");
        assertThat(directory.events("users/" + unknown.at("/id")))
                .filteredOn(event -> "GROUP_MAPPING_ATTRIBUTE".equals(event.getResourceType()))
                .singleElement()
                .satisfies(event -> assertThat(event.getRepresentation()).contains("Unheard of"));
        assertThat(directory.teams()).doesNotContain("Unheard of");
    }

    private static String person(String name, String exclusiveGroup) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%1$s@acme.test","externalId":"%1$s",
                 "active":true,"name":{"givenName":"Given","familyName":"Family"},
                 "emails":[{"value":"%1$s@acme.test","primary":true}],
                 "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User":{"LambdatestGroup":"%2$s"}}""".formatted(name, exclusiveGroup);
    }

    private static void attribute(String user, String group) {
        UserRepresentation representation =
                tenant.admin().realm().users().get(user).toRepresentation();
        representation.setAttributes(Map.of("exclusiveGroup", List.of(group)));
        tenant.admin().realm().users().get(user).update(representation);
    }

    @Test
    @DisplayName("E8 a deactivated person is in no team, and has the very same back when he is activated")
    void deactivated() {
        String user = directory.person(
                "dana", directory.push("team-d"), directory.push("pool-d1"), directory.push("pool-d2"));

        directory.enable(user, false);
        assertThat(directory.teamsOf(user)).isEmpty();
        assertThat(directory.exclusiveGroupsOf(user)).isEmpty();
        assertThat(tenant.groupsOf(user)).contains("/pushed/team-d", "/pushed/pool-d1", "/pushed/pool-d2");

        directory.enable(user, true);
        assertThat(directory.teamsOf(user)).containsExactly("team-d");
        assertThat(directory.exclusiveGroupsOf(user)).containsExactly("pool-d1");
    }
}
