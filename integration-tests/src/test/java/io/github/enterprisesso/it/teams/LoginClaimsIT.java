package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.client.Simultaneously;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.representations.idm.RoleRepresentation;

/** Groups that a login names lead to teams and roles. */
@KeycloakTest
class LoginClaimsIT {

    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

    @AutoClose
    static Tenant tenant;

    static Directory directory;
    static OktaOrg okta;
    static ScimClient scim;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-logins");
        scim = tenant.connect();
        directory = Directory.in(tenant);
        okta = OktaOrg.of(tenant);
        okta.connectBySaml();
        okta.readBySaml(Map.of("attribute", "groups"));
        okta.readOn(Tenant.SOCIAL, "group-mapping-oidc", Map.of("claim", "email"));
    }

    @BeforeEach
    void everyGroupIsATeam() {
        okta.syncMode("LEGACY");
        okta.read(Map.of("claim", "groups"));
        settings(Map.of());
    }

    private static void settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "idpMapping",
                true,
                "identityProviders",
                List.of(Tenant.OKTA, "okta-saml"),
                "rules",
                List.of(
                        rule("app", "PREFIX", "app-", "Guest", 200),
                        rule("waits", "PREFIX", "wait-", null, 150),
                        rule("every", "MATCH_ALL", null, null, 100))));
        settings.putAll(more);
        Answer saved = tenant.admin().put("/group-mappings/settings", settings);
        assertThat(saved.status()).as("%s", saved).isEqualTo(200);
    }

    private static Map<String, Object> rule(String name, String type, String pattern, String role, int priority) {
        Map<String, Object> rule = new HashMap<>(Map.of(
                "name",
                name,
                "type",
                type,
                "targetType",
                "TEAM",
                "autoApprove",
                !name.equals("waits"),
                "priority",
                priority));
        rule.put("pattern", pattern);
        rule.put("role", role);
        return rule;
    }

    /** Signs in, which must succeed; answers the user id. */
    private static String login(String name) {
        Page page = okta.login(name);
        assertThat(page.code()).as("%s", page).isPresent();
        return okta.user(name);
    }

    private static List<String> warnings(String user) {
        return directory.events("users/" + user).stream()
                .filter(event -> "GROUP_MAPPING_CLAIM".equals(event.getResourceType()))
                .map(event -> event.getDetails().get("reason"))
                .toList();
    }

    @Test
    @DisplayName("LTM-1 the first login makes the account, with its teams and its role, and says why")
    void firstLogin() {
        String user = login(okta.person("fay", "Compilers", "app-mail"));

        assertThat(directory.teamsOf(user)).containsExactly("Compilers", "app-mail");
        assertThat(tenant.realmRolesOf(user)).containsExactly("Guest");
        assertThat(directory.reasons(user))
                .containsExactly(
                        "Group 'app-mail' of the last login carries role 'Guest', the highest of all sources of this user.",
                        "The last login named group 'Compilers', which rule 'every' maps to team 'Compilers'.",
                        "The last login named group 'app-mail', which rule 'app' maps to team 'app-mail'.");
        assertThat(directory.events("users/" + user + "/groups"))
                .anySatisfy(event -> assertThat(event.getRepresentation())
                        .contains("\"provider\":\"okta\"", "\"groupName\":\"Compilers\"", "\"rule\":\"every\""));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"IMPORT", "LEGACY", "FORCE"})
    @DisplayName("LTM-3 who moves from one group to another changes teams at the next login, whatever the sync mode")
    void move(String syncMode) {
        okta.syncMode(syncMode);
        String mona = okta.person("mona-" + syncMode.toLowerCase(Locale.ROOT), "Left", "Both");
        String user = login(mona);
        assertThat(directory.teamsOf(user)).containsExactly("Both", "Left");

        okta.groups(mona, "Right", "Both");
        login(mona);

        assertThat(directory.teamsOf(user)).containsExactly("Both", "Right");
        assertThat(claims(user)).containsExactlyInAnyOrder("Both", "Right");
    }

    private static List<String> claims(String user) {
        return tenant.admin()
                .get("/group-mappings/users/" + user + "/claims")
                .body()
                .findValuesAsText("groupName");
    }

    @Test
    @DisplayName("LTM-2 an account that was there before is linked at its first login, and has the teams of its groups")
    void linkedAccount() {
        okta.syncMode("IMPORT");
        okta.person("lena", "Linkers");
        String user = tenant.localUser(OktaOrg.email("lena"), "local-password");
        directory.add(directory.team("By hand"), user);

        Page page = okta.login("lena")
                .submit("#kc-register-form", Map.of("submitAction", "linkAccount"))
                .submit("#kc-form-login", Map.of("password", "local-password"));

        assertThat(page.code()).as("%s", page).isPresent();
        assertThat(directory.teamsOf(user)).containsExactly("By hand", "Linkers");

        okta.groups("lena");
        login("lena");
        assertThat(directory.teamsOf(user)).containsExactly("By hand");
    }

    @Test
    @DisplayName("LTM-2 who was made an administrator by hand is left alone")
    void administratorByHand() {
        okta.person("adam", "Mortals");
        String user = login("adam");
        tenant.grant(user, "Admin");

        okta.groups("adam", "Others");
        login("adam");

        assertThat(directory.teamsOf(user)).containsExactly("Mortals");
        assertThat(tenant.realmRolesOf(user)).contains("Admin");
    }

    @Test
    @DisplayName("LTM-9 a missing claim changes nothing, with an event; an empty one means no groups")
    void missingIsNotEmpty() {
        String user = login(okta.person("mia", "Missing"));

        okta.groups("mia");
        okta.read(Map.of("claim", "absent"));
        login("mia");
        assertThat(directory.teamsOf(user)).containsExactly("Missing");
        assertThat(warnings(user))
                .containsExactly("A login through provider 'okta' said nothing of groups; everything stays as it is.");

        okta.read(Map.of("claim", "groups"));
        login("mia");
        assertThat(directory.teamsOf(user)).isEmpty();
        assertThat(warnings(user)).hasSize(1);
    }

    @Test
    @DisplayName("CON-15 a mark of overage changes nothing, with an event")
    void overage() {
        String user = login(okta.person("otto", "Overflowing"));

        okta.read(Map.of("claim", "overage"));
        login("otto");

        assertThat(directory.teamsOf(user)).containsExactly("Overflowing");
        assertThat(warnings(user))
                .containsExactly(
                        "A login through provider 'okta' has too many groups to name them; everything stays as it is.");
    }

    @Test
    @DisplayName("CON-4 the claim may be nested, or a text with a delimiter")
    void otherShapes() {
        String user = login(okta.person("nele", "Nested"));
        okta.attribute("nele", "text", "Textual, Delimited");

        okta.read(Map.of("claim", "resource.groups"));
        login("nele");
        assertThat(directory.teamsOf(user)).containsExactly("Nested");

        okta.read(Map.of("claim", "text", "delimiter", ","));
        login("nele");
        assertThat(directory.teamsOf(user)).containsExactly("Delimited", "Textual");
    }

    @Nested
    @DisplayName("CON-5 groups that come as ids")
    class Ids {

        private static final String ENGINEERING = "a1b2c3d4-0000-4000-8000-000000000001";
        private static final String SALES = "a1b2c3d4-0000-4000-8000-000000000002";
        private static final String UNKNOWN = "a1b2c3d4-0000-4000-8000-000000000003";

        @Test
        @DisplayName("are the pushed group of that externalId, or have the name that the mapper gives them")
        void known() {
            scim.post("/Groups", group("Engineering", ENGINEERING));
            okta.person("ida");
            okta.attribute("ida", "ids", ENGINEERING, SALES);
            okta.read(Map.of("claim", "ids", "names", "[{\"key\":\"" + SALES + "\",\"value\":\"Sales\"}]"));

            String user = login("ida");

            assertThat(directory.teamsOf(user)).containsExactly("Engineering", "Sales");
            assertThat(tenant.groupsOf(user)).doesNotContain("/okta/Engineering");
        }

        @Test
        @DisplayName("make no team of an id that nobody knows; an administrator may map it")
        void unknown() {
            okta.person("ivan");
            okta.attribute("ivan", "ids", UNKNOWN);
            okta.read(Map.of("claim", "ids"));

            String user = login("ivan");
            assertThat(directory.teamsOf(user)).isEmpty();
            assertThat(okta.claimed(UNKNOWN).path("userCount").asInt()).isEqualTo(1);

            Answer mapped = directory.map(okta.claimed(UNKNOWN).path("id").asText(), directory.team("Unknowns"));
            assertThat(mapped.status()).as("%s", mapped).isEqualTo(201);
            assertThat(mapped.at("/groupName")).isEqualTo(UNKNOWN);
            assertThat(directory.teamsOf(user)).containsExactly("Unknowns");
        }
    }

    @Nested
    @Tag("h2")
    @DisplayName("LTM-10 what SCIM, logins and administrators gave")
    class Union {

        @Test
        @DisplayName("is undone by nobody but who gave it")
        void provenance() {
            okta.person("uma", "Union");
            String user = scimUser("uma");
            String group = scim.post("/Groups", group("Union", null)).at("/id");
            add(group, user);
            directory.add(directory.team("Hand-made"), user);

            login("uma");
            assertThat(directory.teamsOf(user)).containsExactly("Hand-made", "Union");
            assertThat(directory.reasons(user))
                    .contains(
                            "Member of pushed group 'Union', which rule 'every' maps to team 'Union'.",
                            "The last login named group 'Union', which rule 'every' maps to team 'Union'.");

            okta.groups("uma");
            login("uma");
            assertThat(directory.teamsOf(user)).containsExactly("Hand-made", "Union");

            okta.groups("uma", "Union");
            login("uma");
            remove(group, user);
            assertThat(directory.teamsOf(user)).containsExactly("Hand-made", "Union");

            okta.groups("uma");
            login("uma");
            assertThat(directory.teamsOf(user)).containsExactly("Hand-made");
        }

        @Test
        @DisplayName("leaves with the pushed group that the login named, when that is deleted")
        void pushedGroupDeleted() {
            String group = scim.post("/Groups", group("Ephemeral", null)).at("/id");
            String user = login(okta.person("eve", "Ephemeral"));
            assertThat(directory.teamsOf(user)).containsExactly("Ephemeral");

            scim.delete("/Groups/" + group);

            assertThat(directory.teamsOf(user)).isEmpty();
            assertThat(claims(user)).isEmpty();
        }
    }

    private static Map<String, Object> group(String name, String externalId) {
        Map<String, Object> group = new HashMap<>(Map.of("schemas", List.of(GROUP), "displayName", name));
        if (externalId != null) {
            group.put("externalId", externalId);
        }
        return group;
    }

    private static String scimUser(String name) {
        return scim.post("/Users", """
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%1$s","externalId":"%2$s",
                         "name":{"givenName":"Uma","familyName":"Test"},"emails":[{"value":"%1$s","primary":true}],
                         "active":true}""".formatted(OktaOrg.email(name), okta.idOf(name)))
                .at("/id");
    }

    private static void add(String group, String user) {
        patch(group, Map.of("op", "add", "path", "members", "value", List.of(Map.of("value", user))));
    }

    private static void remove(String group, String user) {
        patch(group, Map.of("op", "remove", "path", "members[value eq \"" + user + "\"]"));
    }

    private static void patch(String group, Map<String, Object> operation) {
        Answer answer = scim.patch(
                "/Groups/" + group,
                Map.of(
                        "schemas",
                        List.of("urn:ietf:params:scim:api:messages:2.0:PatchOp"),
                        "Operations",
                        List.of(operation)));
        assertThat(answer.status()).as("%s", answer).isIn(200, 204);
    }

    @Nested
    @Tag("h2")
    @DisplayName("Mappings by hand")
    class ByHand {

        @Test
        @DisplayName("MAP-18 know the group by its exact name, before any login has named it")
        void beforehand() {
            Answer mapped = tenant.admin()
                    .post(
                            "/group-mappings/mappings",
                            Map.of("provider", Tenant.OKTA, "groupName", "Exact", "targetName", "Precise"));
            assertThat(mapped.status()).as("%s", mapped).isEqualTo(201);

            String exact = login(okta.person("egon", "Exact"));
            String other = login(okta.person("erna", "exact"));

            assertThat(directory.teamsOf(exact)).containsExactly("Precise");
            assertThat(directory.teamsOf(other)).containsExactly("exact");
            assertThat(directory.reasons(exact))
                    .contains("The last login named group 'Exact', which an administrator maps to team 'Precise'.");
        }

        @Test
        @DisplayName("LTM-8 MAP-2 wait, are approved and are rejected, for the people of the last logins at once")
        void decisions() {
            String user = login(okta.person("wanda", "wait-here"));
            assertThat(directory.teamsOf(user)).isEmpty();
            JsonNode waiting = okta.claimed("wait-here").at("/mappings/0");
            assertThat(waiting.path("status").asText()).isEqualTo("PENDING");

            directory.decide(waiting.path("id").asText(), Map.of("status", "APPROVED"));
            assertThat(directory.teamsOf(user)).containsExactly("wait-here");

            directory.decide(waiting.path("id").asText(), Map.of("status", "REJECTED"));
            assertThat(directory.teamsOf(user)).isEmpty();
        }

        @Test
        @DisplayName("are refused with the field for a provider or group that cannot be")
        void refused() {
            assertThat(tenant.admin()
                            .post(
                                    "/group-mappings/mappings",
                                    Map.of("provider", "nobody", "groupName", "X", "targetName", "X"))
                            .text())
                    .contains("provider", "there is no identity provider 'nobody'");
            assertThat(tenant.admin()
                            .post("/group-mappings/mappings", Map.of("provider", Tenant.OKTA, "targetName", "X"))
                            .text())
                    .contains("groupName", "is needed");
            assertThat(tenant.admin()
                            .post("/group-mappings/mappings", Map.of("groupId", "nothing", "targetName", "X"))
                            .text())
                    .contains("groupId", "not the id of a pushed group, nor of a claimed one");
        }
    }

    @Nested
    @DisplayName("LTM-12 providers that are not the mapping's")
    class Providers {

        @Test
        @DisplayName("are not believed, with an event")
        void untrusted() {
            tenant.socialUser("sara@social.test", "social-password");

            Page page = tenant.browser().loginThrough(Tenant.SOCIAL, "sara@social.test", "social-password");

            assertThat(page.code()).as("%s", page).isPresent();
            String user = tenant.admin()
                    .realm()
                    .users()
                    .searchByUsername("sara@social.test", true)
                    .get(0)
                    .getId();
            assertThat(directory.teamsOf(user)).isEmpty();
            assertThat(warnings(user))
                    .singleElement()
                    .asString()
                    .startsWith("Provider 'social' is not among the identity providers of the group mapping");
        }

        @Test
        @DisplayName("cannot name a group that the directory of another provider pushed")
        void otherDirectory() {
            settings(Map.of("identityProviders", List.of(Tenant.OKTA, Tenant.SOCIAL)));
            String pushed = scim.post("/Groups", group("spy@social.test", null)).at("/id");
            directory.map(pushed, directory.team("Secrets"));
            tenant.socialUser("spy@social.test", "social-password");

            tenant.browser().loginThrough(Tenant.SOCIAL, "spy@social.test", "social-password");

            String user = tenant.admin()
                    .realm()
                    .users()
                    .searchByUsername("spy@social.test", true)
                    .get(0)
                    .getId();
            assertThat(directory.teamsOf(user)).containsExactly("spy@social.test");
            assertThat(okta.claimed("spy@social.test").path("provider").asText())
                    .isEqualTo(Tenant.SOCIAL);
        }

        @Test
        @DisplayName("cannot be named in the settings when they are not there; one of both ways must be on")
        void settingsAreChecked() {
            assertThat(tenant.admin()
                            .put("/group-mappings/settings", Map.of("identityProviders", List.of("nobody")))
                            .text())
                    .contains("identityProviders", "there is no identity provider 'nobody'");
            assertThat(tenant.admin()
                            .put("/group-mappings/settings", Map.of("idpMapping", false, "manualMapping", false))
                            .text())
                    .contains("manualMapping", "one of the two must be true");
        }

        @Test
        @DisplayName("MAP-19 lead nowhere without a rule or mapping, and the settings say so")
        void nothingMapped(KeycloakServer keycloak) {
            try (Tenant other = Tenant.create(keycloak, "teams-nothing-mapped")) {
                Answer refused = other.admin()
                        .put(
                                "/group-mappings/settings",
                                Map.of("idpMapping", true, "identityProviders", List.of(Tenant.OKTA)));

                assertThat(refused.status()).isEqualTo(400);
                assertThat(refused.text()).contains("idpMapping", "at least one rule or mapping");
            }
        }
    }

    @Test
    @DisplayName("CON-4 what two mappers on one provider read counts together; while one says nothing, nothing changes")
    void twoMappers() {
        String other = okta.readOn(Tenant.OKTA, "group-mapping-oidc", "other groups", Map.of("claim", "text"));
        try {
            okta.person("tina", "First");
            okta.attribute("tina", "text", "Second");
            String user = login("tina");
            assertThat(directory.teamsOf(user)).containsExactly("First", "Second");

            okta.groups("tina", "Third");
            login("tina");
            assertThat(directory.teamsOf(user)).containsExactly("Second", "Third");

            okta.attribute("tina", "text");
            okta.groups("tina", "First");
            login("tina");
            assertThat(directory.teamsOf(user)).containsExactly("Second", "Third");
            assertThat(warnings(user)).singleElement().asString().contains("said nothing of groups");
        } finally {
            tenant.admin().realm().identityProviders().get(Tenant.OKTA).delete(other);
        }
    }

    @Nested
    @DisplayName("LTM-1 first logins at the same time")
    class AtOnce {

        private static final int ROUNDS = 3;

        @Test
        @DisplayName("that name the same new groups make each group and each team once")
        void sameGroups() throws Exception {
            for (int round = 0; round < ROUNDS; round++) {
                String one = "New " + round;
                String other = "Newer " + round;
                List<String> people = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    people.add(
                            okta.person("new-" + round + "-" + i, i % 2 == 0 ? one : other, i % 2 == 0 ? other : one));
                }

                List<Page> pages = Simultaneously.call(people.stream()
                        .<Callable<Page>>map(name -> () -> okta.login(name))
                        .toList());

                assertThat(pages)
                        .allSatisfy(
                                page -> assertThat(page.code()).as("%s", page).isPresent());
                assertThat(people)
                        .allSatisfy(name ->
                                assertThat(directory.teamsOf(okta.user(name))).containsExactly(one, other));
                assertThat(directory.teams()).containsOnlyOnce(one, other);
                assertThat(okta.claimed(one).path("userCount").asInt()).isEqualTo(4);
            }
        }

        @Test
        @DisplayName("of the same person make one account; the next login is as any other")
        void samePerson() throws Exception {
            for (int round = 0; round < ROUNDS; round++) {
                String name = okta.person("twin-" + round, "Twins");

                List<Page> pages = Simultaneously.call(List.of(() -> okta.login(name), () -> okta.login(name)));

                assertThat(pages).anySatisfy(page -> assertThat(page.code()).isPresent());
                assertThat(directory.teamsOf(login(name))).containsExactly("Twins");
                assertThat(claims(okta.user(name))).containsExactly("Twins");
            }
        }
    }

    @Test
    @DisplayName("ROL-10 a login takes the role from nobody who is the last administrator; an event tells")
    void lastAdministrator() {
        tenant.admin()
                .realm()
                .roles()
                .get("Admin")
                .getUserMembers(0, 100)
                .forEach(user -> tenant.admin()
                        .realm()
                        .users()
                        .get(user.getId())
                        .roles()
                        .realmLevel()
                        .remove(List.of(
                                tenant.admin().realm().roles().get("Admin").toRepresentation())));
        settings(Map.of("rules", List.of(rule("bosses", "PREFIX", "boss", "Admin", 100))));
        String first = login(okta.person("lara", "boss"));
        String second = login(okta.person("lutz", "boss"));
        assertThat(tenant.realmRolesOf(first)).containsExactly("Admin");

        okta.groups("lara");
        login("lara");
        assertThat(tenant.realmRolesOf(first)).containsExactly("User");
        okta.groups("lutz");
        login("lutz");
        assertThat(tenant.realmRolesOf(second)).containsExactly("Admin");
        assertThat(directory.teamsOf(second)).isEmpty();
        assertThat(directory.events("users/" + second + "/role-mappings"))
                .anySatisfy(event -> assertThat(event.getOperationType()).isEqualTo("ACTION"));

        okta.groups("lara", "boss");
        login("lara");
        login("lutz");
        assertThat(tenant.realmRolesOf(second)).containsExactly("User");
    }

    @Test
    @DisplayName("MAP-17 the team's list of groups takes one that only logins name, before any login did, and drops it")
    void teamGroupMappings() {
        settings(Map.of("rules", List.of(rule("waits", "PREFIX", "wait-", null, 100))));
        String team = directory.team("Listed");
        Map<String, Object> listed = Map.of("data", List.of(Map.of("team_id", team, "groups", List.of("Unheard"))));

        Answer saved = tenant.admin().patch("/group-mappings/team-group-mappings", listed);
        assertThat(saved.status()).as("%s", saved).isEqualTo(200);
        String user = login(okta.person("theo", "Unheard"));
        assertThat(directory.teamsOf(user)).containsExactly("Listed");
        assertThat(tenant.admin().get("/group-mappings/team-group-mappings").text())
                .contains(team)
                .contains("Unheard");

        tenant.admin()
                .patch(
                        "/group-mappings/team-group-mappings",
                        Map.of("data", List.of(Map.of("team_id", team, "groups", List.of()))));
        assertThat(directory.teamsOf(user)).isEmpty();
    }

    @Test
    @DisplayName("LTM-6 with the mapping of logins off, groups of a login lead nowhere")
    void off() {
        String user = login(okta.person("olaf", "Switched"));
        settings(Map.of("idpMapping", false));

        login("olaf");

        assertThat(directory.teamsOf(user)).isEmpty();
        assertThat(warnings(user)).isEmpty();
    }

    @Test
    @DisplayName("ROL-9 who is in several teams has the roles of all")
    void rolesOfTeams() {
        String user = login(okta.person("rolf", "Readers", "Writers"));
        give("Readers", "may-read");
        give("Writers", "may-write");

        JsonNode token = token(okta.login("rolf"));

        assertThat(token.at("/realm_access/roles").toString()).contains("may-read", "may-write");
        assertThat(tenant.realmRolesOf(user)).doesNotContain("may-read", "may-write");
    }

    @Test
    @DisplayName("ROL-8 the role stands in the token; which teams somebody is in is not its business")
    void roleInTheToken() {
        okta.person("gerd", "app-chat", "Seen");
        okta.person("ulf", "Seen");

        JsonNode guest = token(okta.login("gerd"));
        JsonNode user = token(okta.login("ulf"));

        assertThat(guest.at("/realm_access/roles").toString())
                .contains("\"Guest\"")
                .doesNotContain("\"User\"");
        assertThat(user.at("/realm_access/roles").toString())
                .contains("\"User\"")
                .doesNotContain("\"Guest\"");
        assertThat(directory.teamsOf(okta.user("gerd"))).contains("Seen");
        assertThat(directory.teamsOf(okta.user("ulf"))).contains("Seen");
    }

    @Test
    @DisplayName("LTM-11 the realm's limits for tokens and sessions hold for sessions through the provider")
    void limits() {
        Answer saved = tenant.admin()
                .put(
                        "",
                        Map.of(
                                "accessTokenLifespan",
                                1800,
                                "ssoSessionIdleTimeout",
                                3600,
                                "ssoSessionMaxLifespan",
                                43_200));
        assertThat(saved.status()).as("%s", saved).isEqualTo(204);

        Answer tokens = tenant.browser().tokens(okta.login(okta.person("tilda", "Timed")));

        assertThat(tokens.body().path("expires_in").asInt()).isBetween(1790, 1800);
        assertThat(tokens.body().path("refresh_expires_in").asInt()).isBetween(3590, 3600);
    }

    private static void give(String team, String role) {
        tenant.admin().realm().roles().create(new RoleRepresentation(role, null, false));
        String id = tenant.admin().realm().getGroupByPath("/teams/" + team).getId();
        tenant.admin()
                .realm()
                .groups()
                .group(id)
                .roles()
                .realmLevel()
                .add(List.of(tenant.admin().realm().roles().get(role).toRepresentation()));
    }

    private static JsonNode token(Page page) {
        String token = tenant.browser().tokens(page).at("/access_token");
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8);
        try {
            return new ObjectMapper().readTree(payload);
        } catch (JsonProcessingException e) {
            throw new AssertionError(payload, e);
        }
    }

    @Nested
    @DisplayName("CON-5 SAML")
    class Saml {

        @Test
        @DisplayName("LTM-3 LTM-9 an attribute by its FriendlyName; every login counts, a missing attribute does not")
        void attribute() {
            String user = login(okta.person("sam", "Starters"));
            okta.linkBySaml("sam");

            okta.groups("sam", "Assertions", "Bindings");
            signIn("sam");
            assertThat(directory.teamsOf(user)).containsExactly("Assertions", "Bindings", "Starters");

            okta.groups("sam", "Bindings");
            signIn("sam");
            assertThat(directory.teamsOf(user)).containsExactly("Bindings", "Starters");

            okta.groups("sam");
            signIn("sam");
            assertThat(directory.teamsOf(user)).containsExactly("Bindings", "Starters");
            assertThat(warnings(user)).hasSize(1);

            // Each provider takes back what its own logins gave.
            login("sam");
            assertThat(directory.teamsOf(user)).containsExactly("Bindings");
        }

        private static void signIn(String name) {
            Page page = okta.loginBySaml(name);
            assertThat(page.code()).as("%s", page).isPresent();
        }
    }

    @Nested
    @DisplayName("What logins said goes")
    class Gone {

        @Test
        @DisplayName("with the link to the provider")
        void unlinked() {
            String user = login(okta.person("lotte", "Linked"));
            assertThat(directory.teamsOf(user)).containsExactly("Linked");

            tenant.admin().realm().users().get(user).removeFederatedIdentity(Tenant.OKTA);

            assertThat(directory.teamsOf(user)).isEmpty();
        }

        @Test
        @DisplayName("with the provider, which leaves the settings as well")
        void providerRemoved(KeycloakServer keycloak, Deployment deployment) {
            try (Tenant other = Tenant.create(keycloak, "teams-provider-gone")) {
                OktaOrg org = OktaOrg.of(other).read(Map.of());
                Directory teams = Directory.in(other);
                other.admin()
                        .put(
                                "/group-mappings/settings",
                                Map.of(
                                        "idpMapping", true,
                                        "identityProviders", List.of(Tenant.OKTA),
                                        "rules", List.of(rule("every", "MATCH_ALL", null, null, 100))));
                org.login(org.person("gus", "Going"));
                String user = org.user("gus");
                assertThat(teams.teamsOf(user)).containsExactly("Going");
                org.login(org.person("gina", "Going"));
                String realm = other.admin().realm().toRepresentation().getId();
                assertThat(deployment.rowsOf(realm))
                        .containsEntry("team_claim", 2)
                        .containsEntry("team_claimed_group", 1);
                other.admin().realm().users().get(org.user("gina")).remove();
                assertThat(deployment.rowsOf(realm)).containsEntry("team_claim", 1);

                other.admin().realm().identityProviders().get(Tenant.OKTA).remove();

                assertThat(teams.teamsOf(user)).isEmpty();
                assertThat(other.admin().get("/group-mappings/claimed-groups").body())
                        .isEmpty();
                assertThat(other.admin().get("/group-mappings/settings").body().path("identityProviders"))
                        .isEmpty();
            }
        }
    }
}
