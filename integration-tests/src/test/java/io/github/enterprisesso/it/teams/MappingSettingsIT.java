package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** The settings: saved, refused field by field, and by whom. */
@KeycloakTest
@Tag("h2")
class MappingSettingsIT {

    private static final String PROVIDER_TYPE = "io.github.enterprisesso.teams.settings.GroupMappingProvider";

    @AutoClose
    static Tenant tenant;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-settings");
    }

    @BeforeEach
    void noMapping() {
        for (ComponentRepresentation component : components()) {
            tenant.admin().realm().components().component(component.getId()).remove();
        }
    }

    @Test
    @DisplayName("MAP-11 without settings the mapper does nothing, and shows what it would start from")
    void none() {
        Directory directory = Directory.in(tenant);
        String user = directory.person("nils", directory.push("Idle", "Admin"));

        assertThat(directory.teams()).isEmpty();
        assertThat(tenant.realmRolesOf(user)).isEmpty();
        assertThat(tenant.admin().get("/group-mappings/settings").at("/teamsParent"))
                .isEqualTo("/teams");
        assertThat(tenant.admin().get("/group-mappings/settings").body().path("rules"))
                .isEmpty();
        assertThat(directory.reconcile().status()).isEqualTo(409);

        // Turned on, the next reconciliation maps what was pushed before.
        tenant.mapEveryGroupToATeam();
        Answer reconciled = directory.reconcile();

        assertThat(reconciled.status()).as(reconciled.toString()).isEqualTo(200);
        assertThat(directory.teamsOf(user)).containsExactly("Idle");
        assertThat(tenant.realmRolesOf(user)).containsExactly("Admin");
    }

    @Test
    @DisplayName("ADM-3 are saved as a component of the realm and read back as they were written")
    void saved() {
        Map<String, Object> settings = Map.of(
                "rules",
                List.of(
                        Map.of(
                                "name",
                                "qa",
                                "type",
                                "REGEX",
                                "pattern",
                                "^qa-.*-team$",
                                "priority",
                                20,
                                "role",
                                "Guest"),
                        Map.of("name", "all", "type", "MATCH_ALL", "priority", 10, "autoApprove", true)),
                "teamsParent",
                "/company/teams",
                "roleLadder",
                List.of("Admin", "Guest"),
                "defaultRole",
                "",
                "roleAttribute",
                "rank");

        Answer saved = save(settings);

        assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
        JsonNode read = tenant.admin().get("/group-mappings/settings").body();
        assertThat(read).isEqualTo(saved.body());
        assertThat(read.at("/rules/0/name").asText()).isEqualTo("qa");
        assertThat(read.at("/rules/0/pattern").asText()).isEqualTo("^qa-.*-team$");
        assertThat(read.at("/rules/1/autoApprove").asBoolean()).isTrue();
        assertThat(read.at("/teamsParent").asText()).isEqualTo("/company/teams");
        assertThat(read.at("/roleLadder")).extracting(JsonNode::asText).containsExactly("Admin", "Guest");
        assertThat(read.at("/defaultRole").asText()).isEmpty();
        assertThat(read.at("/roleAttribute").asText()).isEqualTo("rank");
        assertThat(components()).hasSize(1);
    }

    /** None of them as it is by default. */
    private static final Map<String, Object> EVERYTHING = Map.ofEntries(
            Map.entry(
                    "rules",
                    List.of(Map.of(
                            "name", "pools",
                            "type", "PREFIX",
                            "pattern", "pool-",
                            "targetType", "EXCLUSIVE_GROUP",
                            "autoApprove", true,
                            "priority", 7,
                            "role", "Guest"))),
            Map.entry("teamsParent", "/company/teams"),
            Map.entry("exclusiveParent", "/company/pools"),
            Map.entry("defaultExclusiveGroup", "Everybody"),
            Map.entry("exclusiveGroupAttribute", "pool"),
            Map.entry("unmapped", "disable"),
            Map.entry("defaultTeam", "Lobby"),
            Map.entry("exclusiveOwner", true),
            Map.entry("readOnlyTeams", true),
            Map.entry("brakePercent", 25),
            Map.entry("tombstoneDays", 0),
            Map.entry("idpMapping", true),
            Map.entry("manualMapping", false),
            Map.entry("identityProviders", List.of(Tenant.OKTA)),
            Map.entry("contact", "it-help@acme.test"),
            Map.entry("roleLadder", List.of("Guest", "User", "Admin")),
            Map.entry("defaultRole", ""),
            Map.entry("roleAttribute", "rank"),
            Map.entry("protectedRoles", List.of()),
            Map.entry("protectedGroups", List.of("/company/teams/Lobby")));

    @Test
    @DisplayName("travel with the realm: exported whole, deleted and imported again, all settings are as they were")
    void exported(KeycloakServer keycloak) {
        try (Tenant travelling = Tenant.create(keycloak, "teams-travelling")) {
            Answer saved = travelling.admin().put("/group-mappings/settings", EVERYTHING);
            assertThat(saved.status()).as(saved.toString()).isEqualTo(200);
            JsonNode defaults = tenant.admin().get("/group-mappings/settings").body();
            defaults.properties()
                    .forEach(setting -> assertThat(saved.body().path(setting.getKey()))
                            .as(setting.getKey())
                            .isNotEqualTo(setting.getValue()));
            RealmRepresentation export = travelling.admin().realm().partialExport(true, true);
            // Secrets are not exported; the realm makes keys of its own.
            export.getComponents().remove("org.keycloak.keys.KeyProvider");

            travelling.admin().realm().remove();
            travelling.admin().keycloak().realms().create(export);

            assertThat(travelling.admin().get("/group-mappings/settings").body())
                    .isEqualTo(saved.body());
        }
    }

    @Test
    @DisplayName("are read, made and changed by configuration tools as a component of the realm")
    void asComponent() {
        Answer saved = save(EVERYTHING);
        ComponentRepresentation written = components().get(0);
        noMapping();
        written.setId(null);

        try (Response made = tenant.admin().realm().components().add(written)) {
            assertThat(made.getStatus()).isEqualTo(201);
        }
        assertThat(tenant.admin().get("/group-mappings/settings").body()).isEqualTo(saved.body());

        ComponentRepresentation again = components().get(0);
        again.getConfig().putSingle("contact", "desk@acme.test");
        tenant.admin().realm().components().component(again.getId()).update(again);
        assertThat(tenant.admin().get("/group-mappings/settings").at("/contact"))
                .isEqualTo("desk@acme.test");
    }

    @Nested
    @DisplayName("MAP-19 Groups of logins")
    class SomethingMapped {

        @Test
        @DisplayName("count only where something is mapped, whoever turns them on and however")
        void needed() {
            save(Map.of("rules", List.of(RULE)));
            ComponentRepresentation component = components().get(0);
            component.getConfig().putSingle("idpMapping", "true");
            tenant.admin().realm().components().component(component.getId()).update(component);

            refused(tenant.admin().put("/group-mappings/rules", List.of()));
            refused(tenant.admin().delete("/group-mappings/rules/only"));
            refused(save(Map.of("idpMapping", true)));
            noMapping();
            component.setId(null);
            component.getConfig().remove("rules");
            try (Response made = tenant.admin().realm().components().add(component)) {
                assertThat(made.getStatus()).isEqualTo(400);
                assertThat(made.readEntity(String.class)).contains("idpMapping", "at least one rule or mapping");
            }
            assertThat(components()).isEmpty();
        }

        @Test
        @DisplayName("count with a mapping made by hand and no rule")
        void byHand() {
            save(Map.of("rules", List.of()));
            Directory directory = Directory.in(tenant, "by-hand");
            directory.map(directory.push("Mapped"), "TEAM", "Mapped");

            IdentityProviderRepresentation provider = new IdentityProviderRepresentation();
            provider.setAlias("passing");
            provider.setProviderId("oidc");
            tenant.admin().realm().identityProviders().create(provider).close();
            assertThat(save(Map.of("idpMapping", true, "identityProviders", List.of("passing")))
                            .status())
                    .isEqualTo(200);

            for (JsonNode mapping :
                    tenant.admin().get("/group-mappings/mappings").body()) {
                tenant.admin()
                        .delete("/group-mappings/mappings/" + mapping.path("id").asText());
            }
            assertThat(tenant.admin()
                            .delete("/identity-provider/instances/passing")
                            .status())
                    .as("nothing is mapped any more, and the provider goes all the same")
                    .isEqualTo(204);
            assertThat(tenant.admin().get("/group-mappings/settings").body().path("identityProviders"))
                    .isEmpty();
        }

        private static final Map<String, Object> RULE =
                Map.of("name", "only", "type", "MATCH_ALL", "autoApprove", true, "priority", 1);

        private void refused(Answer answer) {
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.at("/errors/0/field")).isEqualTo("idpMapping");
            assertThat(answer.at("/errors/0/errorMessage")).contains("at least one rule or mapping");
        }
    }

    @Nested
    @DisplayName("Refused, with a message for each field")
    class Refused {

        @Test
        @DisplayName("a role that does not exist")
        void unknownRole() {
            refused(
                    Map.of("roleLadder", List.of("Admin", "Emperor"), "defaultRole", ""),
                    "roleLadder",
                    "no realm role 'Emperor'");
        }

        @Test
        @DisplayName("SCP-19 a role that contains a Keycloak administrator role")
        void administratorRole() {
            RoleRepresentation chief = new RoleRepresentation("Chief", null, false);
            tenant.admin().realm().roles().create(chief);
            String client = tenant.admin()
                    .realm()
                    .clients()
                    .findByClientId("realm-management")
                    .get(0)
                    .getId();
            RoleRepresentation manageUsers = tenant.admin()
                    .realm()
                    .clients()
                    .get(client)
                    .roles()
                    .get("manage-users")
                    .toRepresentation();
            tenant.admin().realm().roles().get("Chief").addComposites(List.of(manageUsers));

            refused(
                    Map.of("roleLadder", List.of("Chief", "User")),
                    "roleLadder",
                    "'Chief' is or contains a Keycloak administrator role");
        }

        @Test
        @DisplayName("EXM-4 the role that exempts from SSO")
        void protectedRole() {
            refused(
                    Map.of("roleLadder", List.of("sso-exempt", "User")),
                    "roleLadder",
                    "'sso-exempt' is a protected role");
            tenant.admin().realm().roles().create(new RoleRepresentation("Guarded", null, false));
            tenant.admin()
                    .realm()
                    .roles()
                    .get("Guarded")
                    .addComposites(List.of(
                            tenant.admin().realm().roles().get("sso-exempt").toRepresentation()));
            refused(
                    Map.of("roleLadder", List.of("Guarded", "User")),
                    "roleLadder",
                    "'Guarded' contains a protected role");
        }

        @Test
        @DisplayName("a default role that is not in the ladder")
        void unknownDefault() {
            refused(Map.of("defaultRole", "Emperor"), "defaultRole", "allowed are Admin, User, Guest or none");
        }

        @Test
        @DisplayName("MAP-7 a regular expression that does not compile, or runs away")
        void badPattern() {
            refused(rules(Map.of("name", "a", "type", "REGEX", "pattern", "(")), "rules[0]", "no regular expression");
            refused(
                    rules(Map.of("name", "a", "type", "REGEX", "pattern", "^(.*a){25}$")),
                    "rules[0]",
                    "takes too long");
        }

        @Test
        @DisplayName("MAP-8 two rules of one priority, or of one name")
        void duplicates() {
            refused(
                    rules(
                            Map.of("name", "a", "type", "MATCH_ALL", "priority", 1),
                            Map.of("name", "b", "type", "MATCH_ALL", "priority", 1)),
                    "rules[1]",
                    "another rule has priority 1");
            refused(
                    rules(
                            Map.of("name", "a", "type", "MATCH_ALL", "priority", 1),
                            Map.of("name", "a", "type", "MATCH_ALL", "priority", 2)),
                    "rules[1]",
                    "another rule is named 'a'");
        }

        @Test
        @DisplayName("ROL-11 a rule's role that is not in the ladder")
        void ruleRole() {
            refused(
                    rules(Map.of("name", "a", "type", "MATCH_ALL", "role", "Emperor")),
                    "rules[0]",
                    "role 'Emperor' is not in the ladder");
        }

        @Test
        @DisplayName("a role attribute that users may edit")
        void roleAttributeOfTheUser() {
            refused(Map.of("roleAttribute", "firstName"), "roleAttribute", "users may edit their own 'firstName'");
        }

        @Test
        @DisplayName("several fields at once")
        void several() {
            Map<String, Object> settings = new HashMap<>(rules(Map.of("name", "a", "type", "SOME")));
            settings.put("teamsParent", "teams");

            Answer answer = save(settings);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("errors")).hasSize(2);
        }

        @Test
        @DisplayName("ROL-2 a ladder of several values: Keycloak would forget which is the highest")
        void unorderedLadder() {
            ComponentRepresentation component = fresh();
            component.getConfig().put("roleLadder", List.of("Admin", "User", "Guest"));
            try (Response refused = tenant.admin().realm().components().add(component)) {
                assertThat(refused.getStatus()).isEqualTo(400);
                assertThat(refused.readEntity(String.class)).contains("roleLadder", "'Admin,User,Guest' is allowed");
            }

            component.getConfig().putSingle("roleLadder", "Admin, User, Guest");
            try (Response made = tenant.admin().realm().components().add(component)) {
                assertThat(made.getStatus()).isEqualTo(201);
            }
            assertThat(tenant.admin().get("/group-mappings/settings").body().path("roleLadder"))
                    .extracting(JsonNode::asText)
                    .containsExactly("Admin", "User", "Guest");
        }

        @Test
        @DisplayName("by the component API as well, and a second mapping besides")
        void byComponent() {
            tenant.mapEveryGroupToATeam();
            try (Response second = tenant.admin().realm().components().add(fresh())) {
                assertThat(second.getStatus()).isEqualTo(400);
                assertThat(second.readEntity(String.class)).contains("the realm has its group mapping already");
            }
        }

        private ComponentRepresentation fresh() {
            ComponentRepresentation component = new ComponentRepresentation();
            component.setName("second");
            component.setProviderType(PROVIDER_TYPE);
            component.setProviderId("group-mapping");
            component.setConfig(new MultivaluedHashMap<>());
            return component;
        }

        private void refused(Map<String, ?> settings, String field, String message) {
            Answer answer = save(settings);
            assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
            assertThat(answer.at("/errors/0/field")).isEqualTo(field);
            assertThat(answer.at("/errors/0/errorMessage")).contains(message);
            assertThat(components()).isEmpty();
        }

        private Map<String, Object> rules(Map<?, ?> rule) {
            return Map.of("rules", List.of(rule));
        }

        private Map<String, Object> rules(Map<?, ?> rule, Map<?, ?> another) {
            return Map.of("rules", List.of(rule, another));
        }
    }

    @Test
    @DisplayName("ADM-6 reading takes view-users, deciding manage-users, settings manage-realm")
    void permissions() {
        tenant.mapEveryGroupToATeam();
        AdminClient nobody = person("nobody");
        AdminClient viewer = person("viewer", "view-users");
        AdminClient manager = person("manager", "manage-users");

        for (String path : List.of("groups", "mappings", "grants", "settings")) {
            assertThat(nobody.get("/group-mappings/" + path).status()).isEqualTo(403);
            assertThat(viewer.get("/group-mappings/" + path).status()).isEqualTo(200);
        }
        assertThat(viewer.post("/group-mappings/reconcile", Map.of()).status()).isEqualTo(403);
        assertThat(viewer.post("/group-mappings/mappings", Map.of()).status()).isEqualTo(403);
        assertThat(manager.post("/group-mappings/reconcile", Map.of()).status()).isEqualTo(200);
        assertThat(manager.put("/group-mappings/settings", Map.of()).status()).isEqualTo(403);
    }

    private static AdminClient person(String name, String... roles) {
        String user = tenant.localUser(name + "@tenant.test", "password");
        for (String role : roles) {
            tenant.grantManagement(user, role);
        }
        return tenant.adminAs(name + "@tenant.test", "password");
    }

    private static Answer save(Map<String, ?> settings) {
        return tenant.admin().put("/group-mappings/settings", settings);
    }

    private static List<ComponentRepresentation> components() {
        String realm = tenant.admin().realm().toRepresentation().getId();
        return tenant.admin().realm().components().query(realm, PROVIDER_TYPE);
    }
}
