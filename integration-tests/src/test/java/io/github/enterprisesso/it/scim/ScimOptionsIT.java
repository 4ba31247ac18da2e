package io.github.enterprisesso.it.scim;

import static io.github.enterprisesso.it.scim.Scim.assertError;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;

/** What the options of a connection change, and what a deactivation ends. */
@KeycloakTest
class ScimOptionsIT {

    @AutoClose
    static Tenant tenant;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "options", realm -> {
            realm.setEditUsernameAllowed(true);
            realm.setPasswordPolicy("length(8)");
        });
    }

    @Test
    @DisplayName("SCP-7 GRP-1 group provisioning off: writes 403, reads work")
    void groupProvisioningOff() {
        ScimClient scim = tenant.connect("no-groups", Map.of());

        assertError(scim.post("/Groups", "{\"displayName\":\"G\"}"), 403, null);
        assertError(scim.delete("/Groups/x"), 403, null);
        assertThat(scim.get("/Groups?startIndex=1&count=100").status()).isEqualTo(200);
        assertThat(scim.post("/Users", Scim.user("nogroups@acme.test")).status())
                .isEqualTo(201);
    }

    @Test
    @DisplayName("USR-15 DELETE deactivates by default, and removes where the connection says so")
    void delete() {
        ScimClient keeping = tenant.connect("keeping", Map.of());
        String kept = Scim.create(keeping, "kept@acme.test");
        assertThat(keeping.delete("/Users/" + kept).status()).isEqualTo(204);
        assertThat(keeping.get("/Users/" + kept).body().path("active").asBoolean(true))
                .isFalse();
        assertThat(keeping.delete("/Users/" + kept).status()).isEqualTo(204);

        ScimClient removing = tenant.connect("removing", Map.of("delete", "remove"));
        String removed = Scim.create(removing, "removed@acme.test");
        assertThat(removing.delete("/Users/" + removed).status()).isEqualTo(204);
        assertError(removing.get("/Users/" + removed), 404, null);
        assertError(removing.delete("/Users/" + removed), 404, null);
        assertThat(removing.post("/Users", Scim.user("removed@acme.test")).status())
                .as("name and external id are free again")
                .isEqualTo(201);
    }

    @Test
    @DisplayName("a user whom an administrator removes is forgotten: his external id is free")
    void removedByAdministrator() {
        ScimClient scim = tenant.connect("forgetting", Map.of());
        String id = Scim.create(scim, "forgotten@acme.test");

        tenant.admin().realm().users().get(id).remove();

        assertError(scim.get("/Users/" + id), 404, null);
        assertThat(Scim.create(scim, "forgotten@acme.test")).isNotEqualTo(id);
    }

    @Test
    @DisplayName("USR-3 a userName changes where the connection and the realm allow it, and takes its address along")
    void userNameChange() {
        ScimClient scim = tenant.connect("renaming", Map.of("userNameChange", "true"));
        String id = scim.post("/Users", Scim.user("Before@acme.test").replaceFirst(",\"emails\".*]", ""))
                .at("/id");

        Answer renamed = scim.put("/Users/" + id, "{\"userName\":\"After@acme.test\"}");

        assertThat(renamed.at("/userName")).isEqualTo("After@acme.test");
        assertThat(renamed.at("/emails/0/value")).isEqualTo("After@acme.test");
        assertThat(tenant.admin().realm().users().get(id).toRepresentation().getUsername())
                .isEqualTo("after@acme.test");
    }

    @Test
    @DisplayName(
            "GRP-1 ADM-8 group provisioning is switched per connection: off, groups and members stay; on again, it goes on")
    void groupProvisioningSwitched() {
        ScimClient scim = tenant.connect("switched", Map.of("groupProvisioning", "true"));
        String user = Scim.create(scim, "switched@acme.test");
        String group = scim.post("/Groups", "{\"displayName\":\"Stays\",\"members\":[{\"value\":\"" + user + "\"}]}")
                .at("/id");
        String rename = Scim.patch("{\"op\":\"replace\",\"value\":{\"displayName\":\"Goes on\"}}");

        switchGroups("false");
        assertError(scim.patch("/Groups/" + group, rename), 403, null);
        assertError(scim.put("/Groups/" + group, "{\"members\":[]}"), 403, null);
        assertThat(scim.get("/Groups/" + group).at("/members/0/value")).isEqualTo(user);
        assertThat(tenant.groupsOf(user)).containsExactly("/switched/Stays");

        switchGroups("true");
        assertThat(scim.patch("/Groups/" + group, rename).status()).isEqualTo(200);
        assertThat(tenant.groupsOf(user)).containsExactly("/switched/Goes on");
    }

    private static void switchGroups(String value) {
        Answer answer = tenant.admin()
                .put(
                        "/scim-connections/" + tenant.connectionId("switched"),
                        Map.of("options", Map.of("groupProvisioning", value)));
        assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
    }

    @Test
    @DisplayName("SCP-15 a password is ignored by default")
    void passwordIgnored() {
        ScimClient scim = tenant.connect("no-passwords", Map.of());
        String id = scim.post(
                        "/Users",
                        Scim.user("ignored@acme.test").replaceFirst("\\{", "{\"password\":\"long-enough-1\","))
                .at("/id");

        for (Answer answer : List.of(
                scim.put("/Users/" + id, "{\"password\":\"long-enough-1\"}"),
                scim.put("/Users/" + id, "{\"password\":{\"x\":1}}"),
                scim.patch(
                        "/Users/" + id,
                        Scim.patch("{\"op\":\"replace\",\"path\":\"password\",\"value\":\"long-enough-1\"}")),
                scim.patch(
                        "/Users/" + id, Scim.patch("{\"op\":\"add\",\"value\":{\"password\":\"long-enough-1\"}}")))) {
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(answer.text()).doesNotContain("long-enough-1", "password");
        }
        assertThat(tenant.admin().realm().users().get(id).credentials()).isEmpty();
        assertThat(tenant.browser()
                        .directGrant("ignored@acme.test", "long-enough-1")
                        .status())
                .isNotEqualTo(200);
    }

    @Test
    @DisplayName("SCP-15 a synchronized password is set under the realm's policy and never comes back")
    void passwordSync() {
        ScimClient scim = tenant.connect("passwords", Map.of("passwordSync", "true"));
        Answer created = scim.post(
                "/Users", Scim.user("synced@acme.test").replaceFirst("\\{", "{\"password\":\"long-enough-1\","));
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.text()).doesNotContain("long-enough-1").doesNotContain("password");
        assertThat(tenant.browser()
                        .directGrant("synced@acme.test", "long-enough-1")
                        .status())
                .isEqualTo(200);

        assertError(
                scim.post("/Users", Scim.user("unsafe@acme.test").replaceFirst("\\{", "{\"password\":\"short\",")),
                400,
                "invalidValue");
        assertThat(scim.get("/Users?filter=userName eq \"unsafe@acme.test\"")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isZero();
        Answer alsoRenamed =
                scim.put("/Users/" + created.at("/id"), "{\"password\":\"short\",\"name\":{\"givenName\":\"Other\"}}");
        assertError(alsoRenamed, 400, "invalidValue");
        assertThat(scim.get("/Users/" + created.at("/id")).at("/name/givenName"))
                .isEqualTo("Jane");
        Answer shorter = scim.patch(
                "/Users/" + created.at("/id"), Scim.patch("{\"op\":\"replace\",\"value\":{\"password\":\"short\"}}"));
        assertError(shorter, 400, "invalidValue");
        assertThat(shorter.at("/detail")).contains("password").doesNotContain("short");
        assertThat(scim.patch(
                                "/Users/" + created.at("/id"),
                                Scim.patch("{\"op\":\"replace\",\"value\":{\"password\":\"long-enough-2\"}}"))
                        .status())
                .isEqualTo(200);
        int events = tenant.adminEvents().size();
        assertThat(scim.put("/Users/" + created.at("/id"), "{\"password\":\"long-enough-2\"}")
                        .status())
                .isEqualTo(200);
        assertThat(tenant.adminEvents())
                .as("the password that he has is no change")
                .hasSize(events)
                .allSatisfy(event ->
                        assertThat(String.valueOf(event.getRepresentation())).doesNotContain("long-enough"));
        assertThat(tenant.browser()
                        .directGrant("synced@acme.test", "long-enough-2")
                        .status())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("USR-19 the link follows the attribute that the connection names")
    void linkUserId() {
        assertThat(linkOf("externalId")).isEqualTo("00u-Linked-externalId@Acme.test");
        assertThat(linkOf("userName")).isEqualTo("Linked-userName@Acme.test");
        assertThat(linkOf("email")).isEqualTo("Linked-email@Acme.test");
        assertThat(linkOf("none")).isNull();
    }

    @Test
    @DisplayName(
            "USR-19 a link that is missing is made by the next push, which is an event; the one after that is none")
    void missingLink() {
        ScimClient scim = tenant.connect("relinking", Map.of("linkUserId", "none"));
        String id = Scim.create(scim, "Relinked@acme.test");
        tenant.admin()
                .put(
                        "/scim-connections/" + tenant.connectionId("relinking"),
                        Map.of("options", Map.of("linkUserId", "userName")));
        int events = tenant.adminEvents().size();

        assertThat(scim.put("/Users/" + id, Scim.user("Relinked@acme.test")).status())
                .isEqualTo(200);
        assertThat(scim.put("/Users/" + id, Scim.user("Relinked@acme.test")).status())
                .isEqualTo(200);

        assertThat(tenant.admin().realm().users().get(id).getFederatedIdentity())
                .singleElement()
                .satisfies(link -> assertThat(link.getUserId()).isEqualTo("Relinked@acme.test"));
        assertThat(tenant.adminEvents()).hasSize(events + 1);
    }

    private static String linkOf(String attribute) {
        ScimClient scim = tenant.connect("link-" + attribute, Map.of("linkUserId", attribute));
        String id = Scim.create(scim, "Linked-" + attribute + "@Acme.test");
        return tenant.admin().realm().users().get(id).getFederatedIdentity().stream()
                .map(FederatedIdentityRepresentation::getUserId)
                .findFirst()
                .orElse(null);
    }

    @Test
    @DisplayName("USR-5 a deactivation ends sessions, refresh tokens and offline tokens at once")
    void deactivationEndsSessions() {
        ScimClient scim = tenant.connect("leavers", Map.of("passwordSync", "true"));
        String id = scim.post(
                        "/Users", Scim.user("leaver@acme.test").replaceFirst("\\{", "{\"password\":\"long-enough-1\","))
                .at("/id");
        OidcBrowser browser = tenant.browser();
        Answer online = browser.directGrant("leaver@acme.test", "long-enough-1");
        Answer offline = browser.token(Map.of(
                "grant_type", "password",
                "username", "leaver@acme.test",
                "password", "long-enough-1",
                "scope", "openid offline_access"));
        assertThat(browser.refresh(offline.at("/refresh_token")).status()).isEqualTo(200);
        assertThat(browser.userInfo(online.at("/access_token")).status()).isEqualTo(200);

        scim.patch("/Users/" + id, Scim.patch("{\"op\":\"replace\",\"value\":{\"active\":false}}"));
        scim.patch("/Users/" + id, Scim.patch("{\"op\":\"replace\",\"value\":{\"active\":true}}"));

        assertThat(tenant.sessionsOf(id)).isZero();
        assertThat(browser.userInfo(online.at("/access_token")).status()).isEqualTo(401);
        assertThat(browser.refresh(online.at("/refresh_token")).status()).isEqualTo(400);
        assertThat(browser.refresh(offline.at("/refresh_token")).status()).isEqualTo(400);
    }

    @Test
    @DisplayName("USR-10 the namespace of the extensions is the connection's, aliases are accepted")
    void extensions() {
        ScimClient scim = tenant.connect(
                "namespaces",
                Map.of("userExtension", "urn:acme:2.0:User", "roleAttribute", "acmeRole", "roleValues", "Boss,Clerk"));
        String id = Scim.create(scim, "spaces@acme.test");

        Answer named = scim.put("/Users/" + id, "{\"urn:acme:2.0:User\":{\"OrganizationRole\":\"boss\"}}");
        assertThat(named.body()
                        .path("urn:acme:2.0:User")
                        .path("OrganizationRole")
                        .asText())
                .isEqualTo("Boss");
        Answer aliased = scim.put("/Users/" + id, "{\"" + Scim.USER_EXTENSION + ":OrganizationRole\":\"Clerk\"}");
        assertThat(aliased.body()
                        .path("urn:acme:2.0:User")
                        .path("OrganizationRole")
                        .asText())
                .isEqualTo("Clerk");
        assertThat(tenant.admin()
                        .realm()
                        .users()
                        .get(id)
                        .toRepresentation()
                        .getAttributes()
                        .get("acmeRole"))
                .containsExactly("Clerk");
    }
}
