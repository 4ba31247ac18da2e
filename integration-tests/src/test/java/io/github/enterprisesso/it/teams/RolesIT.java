package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

/** The role ladder Admin, User, Guest. */
@KeycloakTest
@Tag("h2")
class RolesIT {

    @AutoClose
    static Tenant tenant;

    static Directory directory;
    static String admins;
    static String guests;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-roles");
        tenant.mapEveryGroupToATeam();
        directory = Directory.in(tenant).withRoleAttribute();
        admins = directory.push("Admins", "Admin");
        guests = directory.push("Guests", "Guest");
    }

    @BeforeEach
    void somebodyElseIsAdmin() {
        if (tenant.admin()
                .realm()
                .users()
                .searchByUsername("boss@tenant.test", true)
                .isEmpty()) {
            directory.person("boss", admins);
        }
    }

    @Test
    @DisplayName("ROL-2 ROL-4 the highest role of all groups is held, and only that")
    void highest() {
        String user = directory.person("hanna", guests);
        assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");

        directory.add(admins, user);
        assertThat(tenant.realmRolesOf(user)).containsExactly("Admin");

        directory.remove(admins, user);
        assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
    }

    @Test
    @DisplayName("ROL-1 ROL-5 the user's own attribute counts without any group")
    void ownRole() {
        String user = directory.person("olaf");

        directory.role(user, "Guest");

        assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
        assertThat(directory.reasons(user))
                .containsExactly(
                        "User attribute 'organizationRole' carries role 'Guest', the highest of all sources of this user.");
    }

    @Test
    @DisplayName("section 3, decision 1: the highest of the user's own role and his groups' roles")
    void ownRoleAndGroups() {
        String user = directory.person("otis", guests);

        directory.role(user, "User");
        assertThat(tenant.realmRolesOf(user)).containsExactly("User");

        directory.add(admins, user);
        assertThat(tenant.realmRolesOf(user)).containsExactly("Admin");
    }

    @Test
    @DisplayName("ROL-5 no source carries a role: the default")
    void fallback() {
        assertThat(tenant.realmRolesOf(directory.person("dirk", directory.push("Plain"))))
                .containsExactly("User");
    }

    @Test
    @DisplayName("ROL-7 a role given by hand stays while no group carries one, and goes when one does")
    void byHand() {
        String plain = directory.push("Quiet");
        String user = directory.person("hank", plain);
        tenant.grant(user, "Admin");

        directory.remove(plain, user);
        assertThat(tenant.realmRolesOf(user)).containsExactly("Admin");

        directory.add(guests, user);
        assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
    }

    @Test
    @DisplayName(
            "SCP-19 a role that came to contain a Keycloak administrator role after it was configured is given to nobody, and a team with one joined by nobody")
    void refusedWhenGiven() {
        String client = tenant.admin()
                .realm()
                .clients()
                .findByClientId("realm-management")
                .get(0)
                .getId();
        List<RoleRepresentation> manageUsers = List.of(tenant.admin()
                .realm()
                .clients()
                .get(client)
                .roles()
                .get("manage-users")
                .toRepresentation());
        String group = directory.push("Climbers", "Guest");
        String team = directory.mapping(group).path("targetId").asText();
        tenant.admin().realm().roles().get("Guest").addComposites(manageUsers);
        directory.group(team).roles().clientLevel(client).add(manageUsers);
        try {
            String user = directory.person("clint", group);

            assertThat(tenant.realmRolesOf(user)).isEmpty();
            assertThat(directory.teamsOf(user)).isEmpty();
            assertThat(directory.reasons(user)).isEmpty();
        } finally {
            tenant.admin().realm().roles().get("Guest").deleteComposites(manageUsers);
        }
    }

    @Test
    @DisplayName("ROL-2 roles outside the ladder are not touched")
    void outside() {
        String user = directory.person("ulla");
        tenant.grant(user, "sso-exempt");
        tenant.grant(user, "offline_access");

        directory.add(guests, user);
        directory.remove(guests, user);

        assertThat(tenant.realmRolesOf(user)).contains("sso-exempt", "offline_access");
    }

    @Test
    @DisplayName("a user whom nobody provisioned keeps the roles he has")
    void notProvisioned() {
        String user = directory.person("nora");
        tenant.grant(user, "Admin");
        tenant.grant(user, "Guest");

        directory.role(user, null);
        directory.reconcile();

        assertThat(tenant.realmRolesOf(user)).containsExactly("Admin", "Guest");
        assertThat(directory.reasons(user)).isEmpty();
    }

    @Test
    @DisplayName("a role attribute that users may write, or that nobody declares, gives no role")
    void selfPromotion(KeycloakServer keycloak) {
        try (Tenant other = Tenant.create(keycloak, "teams-self-promotion")) {
            other.mapEveryGroupToATeam();
            Directory lax = Directory.in(other).withUnmanagedAttributes(UnmanagedAttributePolicy.ENABLED);
            String user = lax.person("eve", lax.push("Plain"));

            lax.role(user, "Admin");
            assertThat(other.realmRolesOf(user)).containsExactly("User");

            lax.withRoleAttribute(Set.of("admin", "user")).role(user, "Admin");
            assertThat(other.realmRolesOf(user)).containsExactly("User");

            lax.withRoleAttribute().role(user, "Admin");
            assertThat(other.realmRolesOf(user)).containsExactly("Admin");
        }
    }

    @Test
    @DisplayName("ROL-10 the last administrator keeps his role, and an event says so")
    void lastAdministrator(KeycloakServer keycloak) {
        try (Tenant other = Tenant.create(keycloak, "teams-last-admin")) {
            other.mapEveryGroupToATeam();
            Directory pushing = Directory.in(other);
            String leaders = pushing.push("Leaders", "Admin");
            String user = pushing.person("last", leaders);

            pushing.remove(leaders, user);

            assertThat(other.realmRolesOf(user)).containsExactly("Admin");
            assertThat(pushing.reasons(user))
                    .containsExactly("No source gives role 'Admin' any more; it is kept because nobody else holds it.");
            assertThat(pushing.events("users/" + user + "/role-mappings/realm"))
                    .filteredOn(event -> event.getOperationType().equals("ACTION"))
                    .singleElement()
                    .satisfies(event -> assertThat(event.getRepresentation()).contains("nobody else holds it"));

            pushing.person("next", leaders);
            pushing.reconcile();
            assertThat(other.realmRolesOf(user)).containsExactly("User");
        }
    }
}
