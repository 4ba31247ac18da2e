package io.github.enterprisesso.it.scim;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.RealmRepresentation;

/** A connection that is bound to an Organization knows nobody else. */
@KeycloakTest
@Tag("h2")
class ScimOrganizationIT {

    @AutoClose
    static Tenant tenant;

    static String acme;
    static ScimClient bound;
    static ScimClient whole;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "organization", realm -> realm.setOrganizationsEnabled(true));
        acme = organization("acme");
        organization("globex");
        bound = tenant.connect("acme", options("acme"));
        whole = tenant.connect("whole", Map.of("groupProvisioning", "true", "adopt", "always"));
    }

    private static Map<String, String> options(String organization) {
        return Map.of("groupProvisioning", "true", "adopt", "always", "organization", organization);
    }

    private static String organization(String alias) {
        Answer created = tenant.admin()
                .post(
                        "/organizations",
                        Map.of("name", alias, "alias", alias, "domains", List.of(Map.of("name", alias + ".test"))));
        assertThat(created.status()).as("%s", created).isEqualTo(201);
        String location = created.header("Location");
        return location.substring(location.lastIndexOf('/') + 1);
    }

    private static void join(String organization, String user) {
        Answer answer = tenant.admin().post("/organizations/" + organization + "/members", user);
        assertThat(answer.status()).as("%s", answer).isEqualTo(201);
    }

    private static List<String> members(String organization) {
        return tenant.admin()
                .get("/organizations/" + organization + "/members?max=100")
                .body()
                .findValuesAsText("id");
    }

    @Test
    @DisplayName("SCP-8 who a bound connection creates is a member of its organization, and an event says so")
    void creates() {
        String user = Scim.create(bound, "created@acme.test");

        assertThat(members(acme)).contains(user);
        assertThat(bound.get("/Users/" + user).status()).isEqualTo(200);
        assertThat(tenant.adminEvents())
                .filteredOn(event -> event.getResourcePath().equals("organizations/" + acme + "/members/" + user))
                .singleElement()
                .satisfies(event -> assertThat(event.getResourceType()).isEqualTo("ORGANIZATION_MEMBERSHIP"));
    }

    @Test
    @DisplayName("SCP-8 a user of another organization or of none is not listed, 404 by id, 409 on create")
    void foreign() {
        String other = Scim.create(whole, "foreign@globex.test");
        String local = tenant.localUser("nobody@acme.test", "local");

        for (String foreign : List.of(other, local)) {
            String path = "/Users/" + foreign;
            Scim.assertError(bound.get(path), 404, null);
            Scim.assertError(bound.put(path, "{\"active\":false}"), 404, null);
            Scim.assertError(bound.delete(path), 404, null);
            assertThat(bound.get("/Users?count=1000").text()).doesNotContain(foreign);
        }
        assertThat(bound.get("/Users?filter=userName eq \"nobody@acme.test\"").at("/totalResults"))
                .isEqualTo("0");
        Scim.assertError(bound.post("/Users", Scim.user("foreign@globex.test", "00u-x")), 409, "uniqueness");
        assertThat(whole.get("/Users/" + local).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("SCP-8 a member whom nobody provisions is adopted; who leaves the organization is gone from view")
    void adoptsMembers() {
        String local = tenant.localUser("local@acme.test", "local");
        join(acme, local);

        assertThat(bound.put("/Users/" + local, "{\"externalId\":\"00u-local\"}")
                        .status())
                .isEqualTo(200);
        assertThat(bound.get("/Users?filter=externalId eq \"00u-local\"").at("/Resources/0/id"))
                .isEqualTo(local);
        tenant.admin().delete("/organizations/" + acme + "/members/" + local);

        Scim.assertError(bound.get("/Users/" + local), 404, null);
        Scim.assertError(whole.get("/Users/" + local), 404, null);
    }

    @Test
    @DisplayName("SCP-8 a group takes members of the organization only, and shows no others")
    void groups() {
        String member = Scim.create(bound, "grouped@acme.test");
        String leaver = Scim.create(bound, "leaver@acme.test");
        String foreign = Scim.create(whole, "grouped@globex.test");
        String group = Scim.group(bound, "Bound");
        String add = "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"%s\"}]}";

        Scim.assertError(bound.patch("/Groups/" + group, Scim.patch(add.formatted(foreign))), 400, "invalidValue");
        bound.patch("/Groups/" + group, Scim.patch(add.formatted(member)));
        bound.patch("/Groups/" + group, Scim.patch(add.formatted(leaver)));
        tenant.admin().delete("/organizations/" + acme + "/members/" + leaver);

        assertThat(bound.get("/Groups/" + group).body().path("members").findValuesAsText("value"))
                .containsExactly(member);
        assertThat(found("members.value eq \"" + member + "\"")).isEqualTo(1);
        assertThat(found("members.value eq \"" + leaver + "\"")).isZero();
        assertThat(found("members.display sw \"leaver\"")).isZero();
        assertThat(bound.get("/Groups?sortBy=members.display").status()).isEqualTo(200);
        Answer page = bound.get("/Groups/" + group + "?membersCount=1");
        assertThat(page.body().path("members").findValuesAsText("value")).containsExactly(member);
        assertThat(page.header("X-Total-Count")).isEqualTo("1");
        assertThat(page.header("Link")).isEmpty();
        Scim.assertError(whole.get("/Groups/" + group), 404, null);

        String unseen = tenant.localUser("unseen@elsewhere.test", "local");
        tenant.admin().realm().users().get(unseen).joinGroup(group);
        String shown = "{\"displayName\":\"Bound\",\"members\":[{\"value\":\"" + member + "\"}]}";
        assertThat(bound.put("/Groups/" + group, shown).status()).isEqualTo(200);
        assertThat(tenant.groupsOf(unseen))
                .as("what nobody sees nobody removes")
                .hasSize(1);
    }

    private static int found(String filter) {
        return bound.get("/Groups?filter=" + filter).body().path("totalResults").asInt();
    }

    @Test
    @DisplayName("an organization that is not there: 400 on save")
    void validated() {
        Answer refused = tenant.admin()
                .post(
                        "/scim-connections",
                        Map.of("name", "lost", "identityProvider", "okta", "options", options("initech")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.at("/errors/0/field")).isEqualTo("organization");
    }

    @Test
    @DisplayName("when the organization is gone its connection sees nobody and creates nobody")
    void removedOrganization() {
        String id = organization("brief");
        ScimClient brief = tenant.connect("brief", options("brief"));
        String user = Scim.create(brief, "member@brief.test");

        tenant.admin().delete("/organizations/" + id);

        Scim.assertError(brief.get("/Users/" + user), 404, null);
        assertThat(brief.get("/Users").at("/totalResults")).isEqualTo("0");
        Scim.assertError(brief.post("/Users", Scim.user("late@brief.test")), 403, null);
        assertThat(tenant.admin().realm().users().search("late@brief.test")).isEmpty();
        assertThat(tenant.admin().realm().users().search("member@brief.test")).hasSize(1);
    }

    @Test
    @DisplayName("while organizations are switched off, their connections see nobody and create nobody")
    void switchedOff() {
        String user = Scim.create(bound, "waiting@acme.test");

        organizations(false);
        try {
            Scim.assertError(bound.get("/Users/" + user), 404, null);
            assertThat(bound.get("/Users").at("/totalResults")).isEqualTo("0");
            Scim.assertError(bound.post("/Users", Scim.user("too-early@acme.test")), 403, null);
        } finally {
            organizations(true);
        }
        assertThat(bound.get("/Users/" + user).status()).isEqualTo(200);
    }

    private static void organizations(boolean enabled) {
        RealmRepresentation realm = tenant.admin().realm().toRepresentation();
        realm.setOrganizationsEnabled(enabled);
        tenant.admin().realm().update(realm);
    }
}
