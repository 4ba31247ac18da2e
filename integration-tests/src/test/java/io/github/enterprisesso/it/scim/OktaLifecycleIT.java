package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.keycloak.representations.idm.FederatedIdentityRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** A person and a group from the first push to the last, through both kinds of Okta's apps. */
@KeycloakTest
@Tag("h2")
class OktaLifecycleIT {

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "lifecycle");
        scim = tenant.connect();
    }

    static Stream<OktaApp> apps() {
        return Stream.of(new OktaTemplateApp(scim), new OktaWizardApp(scim));
    }

    /** Each app has people and groups of its own. */
    private static String own(OktaApp app, String name) {
        return name + "-" + app.getClass().getSimpleName();
    }

    private static UserRepresentation keycloakUser(String id) {
        return tenant.admin().realm().users().get(id).toRepresentation();
    }

    @Test
    @DisplayName("SCP-3 the connection test of a fresh app succeeds")
    void connectionTest() {
        Answer users = scim.get("/Users?startIndex=1&count=2");
        Answer groups = scim.get("/Groups?startIndex=1&count=100");

        assertThat(users.status()).isEqualTo(200);
        assertThat(users.body().path("totalResults").isInt()).isTrue();
        assertThat(groups.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @MethodSource("apps")
    @DisplayName(
            "USR-4 USR-6 a new person gets an account, in the spelling that was sent, linked to his identity provider")
    void create(OktaApp app) {
        String userName = own(app, "Created") + "@Acme.test";

        assertThat(app.lookUp(userName).body().path("totalResults").asInt()).isZero();
        Answer created = app.create(userName, own(app, "00u-created"));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith("/scim-provisioning/v2/Users/" + created.at("/id"));
        assertThat(created.at("/userName")).isEqualTo(userName);
        assertThat(created.at("/emails/0/value")).isEqualTo(userName);
        assertThat(created.at("/meta/resourceType")).isEqualTo("User");
        assertThat(created.body().at("/active").asBoolean()).isTrue();
        assertThat(app.lookUp(userName.toUpperCase()).at("/Resources/0/id")).isEqualTo(created.at("/id"));

        UserRepresentation user = keycloakUser(created.at("/id"));
        assertThat(user.getUsername()).isEqualTo(userName.toLowerCase());
        assertThat(user.isEmailVerified()).isTrue();
        assertThat(user.getRequiredActions()).isEmpty();
        assertThat(tenant.admin().realm().users().get(user.getId()).credentials())
                .isEmpty();
        assertThat(tenant.admin().realm().users().get(user.getId()).getFederatedIdentity())
                .extracting(
                        FederatedIdentityRepresentation::getIdentityProvider,
                        FederatedIdentityRepresentation::getUserId)
                .containsExactly(Tuple.tuple("okta", own(app, "00u-created")));
    }

    @ParameterizedTest
    @MethodSource("apps")
    @DisplayName("SCP-6 a second person of the same name is a 409 uniqueness")
    void createAgain(OktaApp app) {
        String userName = own(app, "twice") + "@acme.test";
        app.create(userName, own(app, "00u-twice"));

        Answer again = app.create(userName.toUpperCase(), "another");

        assertThat(again.status()).isEqualTo(409);
        assertThat(again.at("/scimType")).isEqualTo("uniqueness");
        assertThat(again.at("/detail")).contains("userName");
    }

    @ParameterizedTest
    @MethodSource("apps")
    @DisplayName("USR-8 a changed profile arrives")
    void update(OktaApp app) {
        String id = app.assign(own(app, "updated") + "@acme.test", own(app, "00u-updated"));

        Answer updated = app.updateProfile(id, "Janet", "Miller");

        assertThat(updated.status()).isEqualTo(200);
        assertThat(updated.at("/name/givenName")).isEqualTo("Janet");
        assertThat(keycloakUser(id).getLastName()).isEqualTo("Miller");
    }

    @ParameterizedTest
    @MethodSource("apps")
    @DisplayName("USR-5 USR-16 deactivated, the person is out; reactivated, he is the same as before")
    void deactivateAndReactivate(OktaApp app) {
        String userName = own(app, "leaver") + "@acme.test";
        String id = app.assign(userName, own(app, "00u-leaver"));

        Answer deactivated = app.deactivate(id);

        assertThat(deactivated.status()).isEqualTo(200);
        assertThat(deactivated.body().path("active").asBoolean(true)).isFalse();
        assertThat(keycloakUser(id).isEnabled()).isFalse();

        Answer reactivated = app.reactivate(app.assign(userName, own(app, "00u-leaver")));

        assertThat(reactivated.at("/id")).isEqualTo(id);
        assertThat(reactivated.at("/userName")).isEqualTo(userName);
        assertThat(reactivated.at("/externalId")).isEqualTo(own(app, "00u-leaver"));
        assertThat(keycloakUser(id).isEnabled()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("apps")
    @DisplayName(
            "GRP-2 GRP-6 GRP-8 GRP-13 USR-21 E1-E6 a group is pushed, joined, left, renamed, deleted and pushed again")
    void group(OktaApp app) {
        String jane = app.assign(own(app, "jane") + "@acme.test", own(app, "00u-jane"));
        String john = app.assign(own(app, "john") + "@acme.test", own(app, "00u-john"));
        String name = own(app, "Engineering");

        assertThat(app.lookUpGroup(name).body().path("totalResults").asInt()).isZero();
        String id = app.push(name, jane);
        assertThat(app.members(id)).containsExactly(jane);
        assertThat(tenant.groupsOf(jane)).contains("/okta/" + name);

        assertThat(app.addMember(id, name, john).status()).isEqualTo(200);
        assertThat(app.members(id)).containsExactlyInAnyOrder(jane, john);
        assertThat(app.lookUp(own(app, "john") + "@acme.test").body().findValuesAsText("display"))
                .containsExactly(name);

        assertThat(app.removeMember(id, name, jane).status()).isEqualTo(200);
        assertThat(app.members(id)).containsExactly(john);
        assertThat(tenant.groupsOf(jane)).doesNotContain("/okta/" + name);

        Answer renamed = app.rename(id, name + " 2");
        assertThat(renamed.at("/displayName")).isEqualTo(name + " 2");
        assertThat(app.members(id)).containsExactly(john);
        assertThat(app.lookUpGroup(name + " 2").at("/Resources/0/id")).isEqualTo(id);

        assertThat(app.deleteGroup(id).status()).isEqualTo(204);
        assertThat(app.deleteGroup(id).status()).isEqualTo(404);
        assertThat(tenant.groupsOf(john)).isEmpty();

        String again = app.push(name + " 2", john);
        assertThat(app.members(again)).containsExactly(john);
    }

    @Test
    @DisplayName("GRP-10 what changes nothing leaves no event and no trace")
    void nothingChanges() {
        OktaApp app = new OktaTemplateApp(scim);
        String userName = "idle@acme.test";
        String user = app.assign(userName, "00u-idle");
        String group = app.push("Idle", user);
        String before =
                scim.get("/Groups/" + group).text() + scim.get("/Users/" + user).text();
        int events = tenant.adminEvents().size();

        app.rename(group, "Idle");
        app.addMember(group, "Idle", user);
        app.removeMember(group, "Idle", app.assign("nobody@acme.test", "00u-nobody"));
        app.reactivate(user);
        app.updateProfile(user, "Jane", "Doe");

        assertThat(scim.get("/Groups/" + group).text()
                        + scim.get("/Users/" + user).text())
                .isEqualTo(before);
        assertThat(tenant.adminEvents())
                .as("only the creation of nobody@acme.test")
                .hasSize(events + 1);
    }

    @Test
    @DisplayName(
            "SCP-1 SCP-2 SCP-14 the base URL has no underscore; 201 with Location, 200 with the resource, 204 after DELETE")
    void statuses() {
        assertThat(scim.baseUrl().getPath())
                .isEqualTo("/realms/lifecycle/scim-provisioning/v2")
                .doesNotContain("_");
        Answer user = scim.post("/Users", Scim.user("statuses@acme.test"));
        assertThat(user.status()).isEqualTo(201);
        assertThat(user.header("Location")).isEqualTo(scim.baseUrl() + "/Users/" + user.at("/id"));
        String path = "/Users/" + user.at("/id");
        for (Answer answer : List.of(
                scim.put(path, "{\"title\":\"T\"}"),
                scim.patch(path, Scim.patch("{\"op\":\"replace\",\"path\":\"title\",\"value\":\"U\"}")))) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.at("/id")).isEqualTo(user.at("/id"));
        }
        Answer deleted = scim.delete(path);
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.text()).isEmpty();
    }

    @Test
    @DisplayName("GRP-5 a group shows its members by e-mail address, its times and its roles")
    void groupAnswer() {
        String user = Scim.create(scim, "Shown@acme.test");
        Answer pushed = scim.post("/Groups", """
                {"displayName":"Shown","members":[{"value":"%s"}],"%s":{"LambdatestRoles":["Guest"]}}
                """.formatted(user, Scim.GROUP_EXTENSION));

        Answer group = scim.get("/Groups/" + pushed.at("/id"));

        assertThat(group.at("/members/0/value")).isEqualTo(user);
        assertThat(group.at("/members/0/display")).isEqualToIgnoringCase("Shown@acme.test");
        assertThat(Instant.parse(group.at("/meta/created")))
                .isBeforeOrEqualTo(Instant.parse(group.at("/meta/lastModified")));
        assertThat(group.body().path(Scim.GROUP_EXTENSION).path("LambdatestRoles"))
                .isEqualTo(Scim.json("[\"Guest\"]"));
        assertThat(scim.get("/Groups/" + pushed.at("/id") + "?attributes=members.value,meta.version")
                        .at("/meta/version"))
                .isEqualTo(group.header("ETag"));
    }

    @Test
    @DisplayName("USR-21 groups of a user are read-only: ignored in POST and PUT, refused in a path")
    void groupsOfUser() {
        String group = new OktaTemplateApp(scim).push("Wished");
        String id = scim.post(
                        "/Users",
                        Scim.user("wishful@acme.test")
                                .replaceFirst("\\{", "{\"groups\":[{\"value\":\"" + group + "\"}],"))
                .at("/id");
        scim.put("/Users/" + id, "{\"groups\":[{\"value\":\"" + group + "\"}]}");

        assertThat(scim.get("/Users/" + id).body().path("groups")).isEmpty();
        Scim.assertError(
                scim.patch(
                        "/Users/" + id,
                        Scim.patch("{\"op\":\"add\",\"path\":\"groups\",\"value\":[{\"value\":\"" + group + "\"}]}")),
                400,
                "mutability");
    }

    @Test
    @DisplayName("AUD-1 each write is one admin event that names the connection")
    void adminEvents() {
        OktaApp app = new OktaTemplateApp(scim);
        String user = app.assign("audited@acme.test", "00u-audited");
        String group = app.push("Audited", user);
        app.deactivate(user);

        assertThat(tenant.adminEvents())
                .filteredOn(event -> event.getResourcePath().contains(user)
                        || event.getResourcePath().contains(group))
                .allSatisfy(event -> {
                    assertThat(event.getDetails()).containsEntry("scim_connection", "okta");
                    assertThat(event.getAuthDetails().getClientId()).isEqualTo(tenant.connectionId("okta"));
                })
                .extracting(event -> event.getOperationType() + " " + event.getResourceType())
                .containsExactlyInAnyOrder("UPDATE USER", "CREATE GROUP_MEMBERSHIP", "CREATE GROUP", "CREATE USER");
    }

    @Test
    @DisplayName("SCP-9 an import walks through pages of stable order until the total")
    void pages() {
        for (int i = 0; i < 5; i++) {
            new OktaTemplateApp(scim).create("page-" + i + "@acme.test", "00u-page-" + i);
        }

        Answer all = scim.get("/Users?startIndex=1&count=100");
        int total = all.body().path("totalResults").asInt();
        List<String> walked = Stream.iterate(1, start -> start <= total, start -> start + 3)
                .map(start -> scim.get("/Users?startIndex=" + start + "&count=3"))
                .peek(page ->
                        assertThat(page.body().path("totalResults").asInt()).isEqualTo(total))
                .flatMap(page -> page.body().path("Resources").findValuesAsText("userName").stream())
                .toList();

        assertThat(walked).hasSize(total).doesNotHaveDuplicates();
        assertThat(walked).isEqualTo(all.body().path("Resources").findValuesAsText("userName"));
        assertThat(scim.get("/Users?count=0").body().path("Resources")).isEmpty();
        assertThat(scim.get("/Users?count=0").body().path("totalResults").asInt())
                .isEqualTo(total);
        assertThat(scim.get("/Users?startIndex=100000")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isEqualTo(total);
    }

    @Test
    @DisplayName("SCP-10 people and groups are found by every attribute that Okta and Entra ask for")
    void filters() {
        OktaApp app = new OktaTemplateApp(scim);
        String user = app.assign("Found@acme.test", "00u-found");
        String group = app.push("Found", user);
        scim.put("/Groups/" + group, Map.of("externalId", "g-found"));

        for (String filter : List.of(
                "userName EQ \"FOUND@acme.test\"",
                "externalId eq \"00u-found\"",
                "id eq \"" + user + "\"",
                "emails.value eq \"found@ACME.test\"",
                "emails%5Btype eq \"work\"%5D.value eq \"found@acme.test\"",
                "userName eq \"found@acme.test\" and active eq true",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName eq \"found@acme.test\"")) {
            assertThat(scim.get("/Users?filter=" + filter)
                            .body()
                            .path("Resources")
                            .findValuesAsText("userName"))
                    .as(filter)
                    .containsExactly("Found@acme.test");
        }
        for (String filter : List.of(
                "displayName eq \"FOUND\"",
                "externalId eq \"g-found\"",
                "id eq \"" + group + "\" and members eq \"" + user + "\"")) {
            assertThat(scim.get("/Groups?filter=" + filter + "&attributes=displayName")
                            .body()
                            .path("Resources")
                            .findValuesAsText("displayName"))
                    .as(filter)
                    .containsExactly("Found");
        }
        assertThat(scim.get("/Users?filter=emails%5Btype eq \"home\"%5D.value eq \"found@acme.test\"")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isZero();
        assertThat(scim.get("/Users?filter=active eq false and userName eq \"found@acme.test\"")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isZero();
    }

    @Test
    @DisplayName("SCP-16 members are left out on request")
    void withoutMembers() {
        String group = new OktaWizardApp(scim).push("Large");

        assertThat(scim.get("/Groups/" + group).body().has("members")).isTrue();
        assertThat(scim.get("/Groups/" + group + "?excludedAttributes=members")
                        .body()
                        .has("members"))
                .isFalse();
        assertThat(scim.get("/Groups?attributes=displayName").body().findValues("members"))
                .isEmpty();
    }
}
