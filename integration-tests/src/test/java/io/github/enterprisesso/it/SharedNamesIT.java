package io.github.enterprisesso.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.UserRepresentation;
import org.keycloak.representations.info.FeatureRepresentation;
import org.keycloak.representations.userprofile.config.UPAttribute;

/** The names by which the modules meet in Keycloak's model (table in {@code docs/architecture.md}). */
@KeycloakTest
@Tag("h2")
@Tag("smoke")
class SharedNamesIT {

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "shared-names");
        tenant.mapEveryGroupToATeam();
        scim = tenant.connect();
    }

    @Test
    @DisplayName("DEL-1 one JAR serves a server that was started optimized, with Keycloak's own scim-api and without")
    void besideKeycloaksOwnScim() {
        boolean beside = "distribution".equals(System.getProperty("server.kind"))
                && "POSTGRESQL".equals(System.getProperty("database"));
        List<FeatureRepresentation> features =
                tenant.admin().keycloak().serverInfo().getInfo().getFeatures();

        assertThat(features)
                .filteredOn(feature -> "SCIM_API".equals(feature.getName()))
                .singleElement()
                .satisfies(feature -> assertThat(feature.isEnabled()).isEqualTo(beside));
        assertThat(scim.get("/ServiceProviderConfig").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("LTM-12 the component that scim.connection names says whose logins may name the group")
    void connectionsProvider() {
        assertThat(tenant.admin()
                        .realm()
                        .components()
                        .component(tenant.connectionId(Tenant.OKTA))
                        .toRepresentation()
                        .getConfig())
                .containsEntry("identityProvider", List.of(Tenant.OKTA));
    }

    @Test
    @DisplayName(
            "GRP-4 a pushed group carries scim.connection, scim.roles and externalId, and the mapper reads the first two")
    void groupAttributes() {
        String user = push("gina@acme.test", "");

        Answer group = scim.post("/Groups", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Platform","externalId":"00gplatform",
                 "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:Group":{"LambdatestRoles":["Admin"]},
                 "members":[{"value":"%s"}]}""".formatted(user));

        assertThat(group.status()).as("%s", group).isEqualTo(201);
        GroupRepresentation stored =
                tenant.admin().realm().groups().group(group.at("/id")).toRepresentation();
        assertThat(stored.getAttributes())
                .containsEntry("scim.connection", List.of(tenant.connectionId(Tenant.OKTA)))
                .containsEntry("scim.roles", List.of("Admin"))
                .containsEntry("externalId", List.of("00gplatform"));
        assertThat(tenant.groupsOf(user)).containsExactly("/okta/Platform", "/teams/Platform");
        assertThat(tenant.realmRolesOf(user)).containsExactly("Admin");
    }

    @Test
    @DisplayName("ADM-7 the mapper knows who came by SCIM, and by which connection")
    void origin() {
        String user = push("olga@acme.test", "");

        Answer explained = tenant.admin().get("/group-mappings/users/" + user + "/explain");

        assertThat(explained.at("/origin")).isEqualTo("SCIM");
        assertThat(explained.at("/connection"))
                .isEqualTo(tenant.admin()
                        .realm()
                        .components()
                        .component(tenant.connectionId(Tenant.OKTA))
                        .toRepresentation()
                        .getName());
    }

    @Test
    @DisplayName("ADM-7 the mapper knows how a person signs in, and on what terms he is exempt, as the SSO policy does")
    void signIns() {
        tenant.policy("REPORT");
        String user = tenant.localUser("ella@acme.test", "password");
        assertThat(tenant.browser().directGrant("ella@acme.test", "password").status())
                .isEqualTo(200);
        assertThat(tenant.admin()
                        .put(
                                "/sso-policy/exemptions/" + user,
                                Map.of("reason", "migration", "until", "2099-01-01T00:00:00Z"))
                        .status())
                .isLessThan(300);

        JsonNode signIns = tenant.admin()
                .get("/group-mappings/users/" + user + "/explain")
                .body()
                .path("signIns");
        JsonNode listed =
                tenant.admin().get("/sso-policy/users?search=ella").body().at("/users/0");

        assertThat(signIns.path("lastOtherLogin")).isNotEmpty().isEqualTo(listed.path("lastOtherLogin"));
        assertThat(signIns.has("lastSsoLogin")).isFalse();
        assertThat(signIns.path("exempt").asBoolean()).isTrue();
        assertThat(signIns.path("exemption")).isNotEmpty().isEqualTo(listed.path("exemption"));
    }

    @Test
    @DisplayName(
            "USR-10 a person's role is the user attribute organizationRole, which only administrators see and edit")
    void userAttribute() {
        String user = push("gus@acme.test", """
                ,"urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User":{"OrganizationRole":"Guest"}""");

        UserRepresentation stored = tenant.admin().realm().users().get(user).toRepresentation();
        assertThat(stored.getAttributes()).containsEntry("organizationRole", List.of("Guest"));
        UPAttribute declared =
                tenant.admin().realm().users().userProfile().getConfiguration().getAttribute("organizationRole");
        assertThat(declared.getPermissions().getView()).containsExactly("admin");
        assertThat(declared.getPermissions().getEdit()).containsExactly("admin");
        assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
    }

    @Test
    @DisplayName("USR-13 the exclusive group that is wished for a person is the user attribute exclusiveGroup")
    void exclusiveGroup() {
        String user = push("gwen@acme.test", """
                ,"urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User":{"LambdatestGroup":"Pool A"}""");

        assertThat(tenant.admin().realm().users().get(user).toRepresentation().getAttributes())
                .containsEntry("exclusiveGroup", List.of("Pool A"));
    }

    @Test
    @DisplayName("EXM-4 sso-exempt is the exempt role of the policy, and the mapper refuses to hand it out")
    void exemptRole() {
        assertThat(tenant.admin().get("/sso-policy").at("/exemptRole")).isEqualTo("sso-exempt");

        Answer ladder = tenant.admin()
                .put("/group-mappings/settings", Map.of("rules", List.of(), "roleLadder", List.of("sso-exempt")));

        assertThat(ladder.status()).as("%s", ladder).isEqualTo(400);
        assertThat(ladder.text()).contains("sso-exempt");
    }

    private static String push(String userName, String extension) {
        Answer created = scim.post("/Users", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s",
                 "name":{"givenName":"G","familyName":"Shared"},"active":true%s}""".formatted(userName, extension));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        return created.at("/id");
    }
}
