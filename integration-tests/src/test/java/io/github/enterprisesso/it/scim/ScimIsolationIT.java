package io.github.enterprisesso.it.scim;

import static io.github.enterprisesso.it.scim.Scim.assertError;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** What a connection may not see and not touch. */
@KeycloakTest
@Tag("h2")
class ScimIsolationIT {

    @AutoClose
    static Tenant tenant;

    static ScimClient okta;
    static ScimClient entra;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "isolation");
        okta = tenant.connect("okta", Map.of("groupProvisioning", "true"));
        entra = tenant.connect("entra", Map.of("groupProvisioning", "true", "adopt", "never"));
    }

    private static long total(ScimClient scim, String query) {
        return scim.get(query).body().path("totalResults").asLong(-1);
    }

    @Nested
    class OtherConnections {

        @Test
        @DisplayName("SCP-8 USR-18 another connection's user is 404 by id, not listed, and 409 on create")
        void users() {
            String id = Scim.create(okta, "owned@acme.test");

            assertError(entra.get("/Users/" + id), 404, null);
            assertError(entra.put("/Users/" + id, "{\"active\":false}"), 404, null);
            assertError(
                    entra.patch("/Users/" + id, Scim.patch("{\"op\":\"replace\",\"value\":{\"active\":false}}")),
                    404,
                    null);
            assertError(entra.delete("/Users/" + id), 404, null);
            assertThat(total(entra, "/Users?filter=userName eq \"owned@acme.test\""))
                    .isZero();
            assertThat(total(entra, "/Users?filter=externalId eq \"00u-owned@acme.test\""))
                    .isZero();
            assertError(entra.post("/Users", Scim.user("owned@acme.test")), 409, "uniqueness");
            assertThat(tenant.admin().realm().users().get(id).toRepresentation().isEnabled())
                    .isTrue();
        }

        @Test
        @DisplayName("SCP-8 another connection's group is 404, and its name is free below one's own parent")
        void groups() {
            String id = Scim.group(okta, "Shared name");

            assertError(entra.get("/Groups/" + id), 404, null);
            assertError(entra.put("/Groups/" + id, "{\"displayName\":\"Mine\"}"), 404, null);
            assertError(entra.delete("/Groups/" + id), 404, null);
            assertThat(total(entra, "/Groups?filter=displayName eq \"Shared name\""))
                    .isZero();
            assertThat(Scim.group(entra, "Shared name")).isNotEqualTo(id);
        }

        @Test
        @DisplayName("GRP-11 another connection's user cannot become a member")
        void members() {
            String stranger = Scim.create(okta, "stranger@acme.test");
            String group = Scim.group(entra, "No strangers");

            assertError(
                    entra.patch(
                            "/Groups/" + group,
                            Scim.patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + stranger
                                    + "\"}]}")),
                    400,
                    "invalidValue");
        }

        @Test
        @DisplayName("two connections may use the same external id")
        void externalIds() {
            assertThat(okta.post("/Users", Scim.user("one@acme.test", "same")).status())
                    .isEqualTo(201);

            Answer other = tenant.connect("third", Map.of("linkUserId", "none"))
                    .post("/Users", Scim.user("two@acme.test", "same"));

            assertThat(other.status()).isEqualTo(201);
        }
    }

    @Nested
    class RealmGroups {

        @Test
        @DisplayName("a group that was not pushed is not SCIM's")
        void invisible() {
            GroupRepresentation group = new GroupRepresentation();
            group.setName("by hand");
            tenant.admin().realm().groups().add(group).close();
            String id = tenant.admin().realm().getGroupByPath("/by hand").getId();

            assertError(okta.get("/Groups/" + id), 404, null);
            assertError(okta.delete("/Groups/" + id), 404, null);
            assertThat(total(okta, "/Groups?filter=displayName eq \"by hand\"")).isZero();
        }

        @Test
        @DisplayName("a pushed group with somebody else's groups below it is not deleted: 409 that names one")
        void foreignSubGroups() {
            String group = Scim.group(okta, "Above");
            GroupRepresentation below = new GroupRepresentation();
            below.setName("below by hand");
            tenant.admin().realm().groups().group(group).subGroup(below).close();

            Answer refused = okta.delete("/Groups/" + group);

            assertError(refused, 409, null);
            assertThat(refused.at("/detail")).contains("below by hand");
            String sub = tenant.admin()
                    .realm()
                    .getGroupByPath("/okta/Above/below by hand")
                    .getId();
            tenant.admin().realm().groups().group(sub).remove();
            assertThat(okta.delete("/Groups/" + group).status()).isEqualTo(204);
        }

        @Test
        @DisplayName("a user's groups are his pushed ones, not his teams")
        void teams() {
            String user = Scim.create(okta, "teamed@acme.test");
            String team = tenant.admin().realm().getGroupByPath("/teams").getId();
            tenant.admin().realm().users().get(user).joinGroup(team);

            assertThat(okta.get("/Users/" + user).body().path("groups")).isEmpty();
        }

        @Test
        @DisplayName("a group by hand below the parent: 409, and taken over only where the connection says so")
        void takeover() {
            ScimClient taker =
                    tenant.connect("taker", Map.of("groupProvisioning", "true", "groupsParent", "/okta-old"));
            Scim.group(taker, "First");
            GroupRepresentation old = new GroupRepresentation();
            old.setName("Old");
            String parent = tenant.admin().realm().getGroupByPath("/okta-old").getId();
            tenant.admin().realm().groups().group(parent).subGroup(old).close();

            assertError(taker.post("/Groups", "{\"displayName\":\"Old\"}"), 409, "uniqueness");
            tenant.admin()
                    .put(
                            "/scim-connections/" + tenant.connectionId("taker"),
                            Map.of(
                                    "options",
                                    Map.of(
                                            "groupProvisioning",
                                            "true",
                                            "groupsParent",
                                            "/okta-old",
                                            "groupTakeover",
                                            "true")));

            Answer taken = taker.post("/Groups", "{\"displayName\":\"Old\"}");
            assertThat(taken.status()).isEqualTo(201);
            assertThat(taken.at("/id"))
                    .isEqualTo(tenant.admin()
                            .realm()
                            .getGroupByPath("/okta-old/Old")
                            .getId());
        }
    }

    @Nested
    class People {

        @Test
        @DisplayName("USR-7 a person of the realm is adopted with the first change, when his address is verified")
        void adoption() {
            String id = tenant.localUser("local@acme.test", "password");

            assertError(okta.post("/Users", Scim.user("local@acme.test")), 409, "uniqueness");
            assertThat(okta.get("/Users?filter=userName eq \"local@acme.test\"").at("/Resources/0/id"))
                    .isEqualTo(id);
            assertError(okta.delete("/Users/" + id), 403, null);
            Answer adopted = okta.put("/Users/" + id, Scim.user("Local@acme.test", "00u-local"));

            assertThat(adopted.status()).isEqualTo(200);
            assertThat(adopted.at("/userName")).isEqualTo("Local@acme.test");
            assertThat(tenant.admin().realm().users().get(id).getFederatedIdentity())
                    .singleElement()
                    .satisfies(link -> assertThat(link.getUserId()).isEqualTo("00u-local"));
            assertThat(total(entra, "/Users?filter=userName eq \"local@acme.test\""))
                    .isZero();
        }

        @Test
        @DisplayName("USR-7 a person whose address is not verified is not adopted")
        void noAdoption() {
            String id = tenant.localUser("unverified@acme.test", "password");
            UserRepresentation user = tenant.admin().realm().users().get(id).toRepresentation();
            user.setEmailVerified(false);
            tenant.admin().realm().users().get(id).update(user);

            assertError(okta.get("/Users/" + id), 404, null);
            assertError(okta.post("/Users", Scim.user("unverified@acme.test")), 409, "uniqueness");
        }

        @Test
        @DisplayName(
                "SCP-3 the first listed user has name and address: an unprovisioned one without is found, not listed")
        void presentable() {
            UserRepresentation bare = new UserRepresentation();
            bare.setUsername("0-bare");
            bare.setEnabled(true);
            tenant.admin().realm().users().create(bare).close();
            ScimClient curious = tenant.connect("listing", Map.of("adopt", "always"));

            Answer first = curious.get("/Users?count=1&startIndex=1");
            assertThat(first.at("/Resources/0/name/givenName")).isNotBlank();
            assertThat(first.at("/Resources/0/emails/0/value")).isNotBlank();
            assertThat(first.body().at("/Resources/0/active").isBoolean()).isTrue();
            assertThat(first.at("/Resources/0/userName")).isNotEqualTo("0-bare").isNotBlank();
            assertThat(total(curious, "/Users?filter=userName eq \"0-bare\"")).isOne();
        }

        @Test
        @DisplayName("service accounts are nobody")
        void serviceAccounts() {
            ClientRepresentation client = new ClientRepresentation();
            client.setClientId("robot");
            client.setServiceAccountsEnabled(true);
            client.setSecret("robot");
            tenant.admin().realm().clients().create(client).close();
            String internal = tenant.admin()
                    .realm()
                    .clients()
                    .findByClientId("robot")
                    .get(0)
                    .getId();
            String robot = tenant.admin()
                    .realm()
                    .clients()
                    .get(internal)
                    .getServiceAccountUser()
                    .getId();
            ScimClient curious = tenant.connect("curious", Map.of("adopt", "always"));

            assertError(curious.get("/Users/" + robot), 404, null);
            assertThat(total(curious, "/Users?filter=userName eq \"service-account-robot\""))
                    .isZero();
            assertThat(curious.get("/Users").text()).doesNotContain("service-account-robot");
        }
    }

    @Nested
    @DisplayName("SCP-19 Keycloak's administrators")
    class Administrators {

        @Test
        @DisplayName("SCP-19 are read-only")
        void readOnly() {
            String id = okta.get("/Users?filter=userName eq \"" + Tenant.OWNER + "\"")
                    .at("/Resources/0/id");

            assertError(okta.put("/Users/" + id, "{\"active\":false}"), 403, null);
            assertError(
                    okta.patch("/Users/" + id, Scim.patch("{\"op\":\"replace\",\"path\":\"active\",\"value\":false}")),
                    403,
                    null);
            assertError(okta.delete("/Users/" + id), 403, null);
            assertThat(tenant.admin().realm().users().get(id).toRepresentation().isEnabled())
                    .isTrue();
        }

        @Test
        @DisplayName("SCP-19 also when a group makes them so, in its parent or inside another role")
        void byGroup() {
            String user = Scim.create(okta, "promoted@acme.test");
            String group = Scim.group(okta, "Promoted");
            String member =
                    Scim.patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + user + "\"}]}");
            assertThat(okta.patch("/Groups/" + group, member).status()).isEqualTo(200);
            String management = tenant.admin()
                    .realm()
                    .clients()
                    .findByClientId("realm-management")
                    .get(0)
                    .getId();
            var role = tenant.admin()
                    .realm()
                    .clients()
                    .get(management)
                    .roles()
                    .get("view-users")
                    .toRepresentation();
            tenant.admin()
                    .realm()
                    .groups()
                    .group(group)
                    .roles()
                    .clientLevel(management)
                    .add(List.of(role));

            assertError(okta.put("/Users/" + user, "{\"active\":false}"), 403, null);
            String other = Scim.create(okta, "ambitious@acme.test");
            assertError(okta.patch("/Groups/" + group, member.replace(user, other)), 403, null);
            assertError(okta.put("/Groups/" + group, "{\"displayName\":\"Others\"}"), 403, null);
            assertError(okta.delete("/Groups/" + group), 403, null);
            assertThat(tenant.groupsOf(other)).isEmpty();
        }

        @Test
        @DisplayName(
                "EXM-4 a group that exempts its members from SSO is read-only, by its parent and for a take-over too")
        void exemption() {
            ScimClient pusher = tenant.connect(
                    "exempting",
                    Map.of("groupProvisioning", "true", "groupTakeover", "true", "groupsParent", "/exempting"));
            String user = Scim.create(pusher, "exempt@acme.test");
            String group = Scim.group(pusher, "Exempt");
            String below = Scim.group(pusher, "Below");
            String member =
                    Scim.patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + user + "\"}]}");
            String parent = tenant.admin().realm().getGroupByPath("/exempting").getId();
            GroupRepresentation old = new GroupRepresentation();
            old.setName("Old");
            tenant.admin().realm().groups().group(parent).subGroup(old).close();
            exempt(group);
            exempt(tenant.admin().realm().getGroupByPath("/exempting/Old").getId());

            assertError(pusher.patch("/Groups/" + group, member), 403, null);
            assertError(pusher.post("/Groups", "{\"displayName\":\"Old\"}"), 403, null);
            assertThat(pusher.patch("/Groups/" + below, Scim.patch("{\"op\":\"remove\",\"path\":\"members\"}"))
                            .status())
                    .isEqualTo(200);
            exempt(parent);
            assertError(pusher.patch("/Groups/" + below, member), 403, null);
            assertThat(tenant.groupsOf(user)).isEmpty();
        }

        private void exempt(String group) {
            RoleRepresentation role = tenant.admin().realm().roles().list("sso-exempt", true).stream()
                    .findFirst()
                    .orElseGet(() -> {
                        tenant.admin().realm().roles().create(new RoleRepresentation("sso-exempt", null, false));
                        return tenant.admin().realm().roles().get("sso-exempt").toRepresentation();
                    });
            tenant.admin().realm().groups().group(group).roles().realmLevel().add(List.of(role));
        }
    }
}
