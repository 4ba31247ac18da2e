package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** What administrators see of people below {@code sso-policy}, who may see it, and how everything is unbound. */
@KeycloakTest
@Tag("h2")
class SsoAdminIT {

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-people");
        people = People.in(tenant);
    }

    @BeforeEach
    void reporting() {
        tenant.policy("REPORT");
    }

    @Nested
    @DisplayName("ADM-4 EXM-3 the list of people")
    class ListOfPeople {

        @Test
        @DisplayName("finds by part of the user name, the address and the full name, in any case")
        void search() {
            assertThat(usernames("/sso-policy/users?search=NINA@")).containsExactly(NINA);
            assertThat(usernames("/sso-policy/users?search=nina test")).containsExactly(NINA);
            assertThat(usernames("/sso-policy/users?search=acme.test")).containsExactly(EMMA, NINA, OLGA);
            assertThat(usernames("/sso-policy/users?search=%25")).isEmpty();
            assertThat(usernames("/sso-policy/users?search=a_me")).isEmpty();
        }

        @Test
        @DisplayName("comes in pages, by user name, with the number of all")
        void pages() {
            Answer first = tenant.admin().get("/sso-policy/users?search=acme.test&max=2");
            Answer second = tenant.admin().get("/sso-policy/users?search=acme.test&first=2&max=2");

            assertThat(first.at("/total")).isEqualTo("3");
            assertThat(texts(first, "username")).containsExactly(EMMA, NINA);
            assertThat(texts(second, "username")).containsExactly(OLGA);
        }

        @Test
        @DisplayName("has no service accounts")
        void noServiceAccounts() {
            var app = tenant.admin().realm().clients().findByClientId("broker").get(0);
            app.setServiceAccountsEnabled(true);
            app.setPublicClient(false);
            tenant.admin().realm().clients().get(app.getId()).update(app);

            assertThat(usernames("/sso-policy/users?search=service-account")).isEmpty();
        }

        @Test
        @DisplayName("refuses parameters that are no numbers or out of range, by name")
        void badParameters() {
            for (String parameter : List.of("first=-1", "first=x", "max=0", "max=1001")) {
                Answer answer = tenant.admin().get("/sso-policy/users?" + parameter);

                assertThat(answer.status()).as("%s %s", parameter, answer).isEqualTo(400);
                assertThat(answer.at("/errors/0/field")).isEqualTo(parameter.substring(0, parameter.indexOf('=')));
                assertThat(answer.at("/errors/0/errorMessage")).contains("from");
            }
        }

        @Test
        @DisplayName("tells linked providers, whether exempt, on what terms, and what a password login would meet")
        void whatItTells() {
            String until = Instant.now()
                    .plus(3, ChronoUnit.DAYS)
                    .truncatedTo(ChronoUnit.SECONDS)
                    .toString();
            tenant.admin().put("/sso-policy/exemptions/" + people.emma, Map.of("reason", "migration", "until", until));

            JsonNode emma = user(EMMA);
            JsonNode nina = user(NINA);

            assertThat(emma.path("name").asText()).isEqualTo("Emma Test");
            assertThat(emma.path("providers").findValuesAsText("")).isEmpty();
            assertThat(emma.path("providers").toString()).isEqualTo("[\"okta\",\"social\"]");
            assertThat(emma.path("exempt").asBoolean()).isTrue();
            assertThat(emma.at("/exemption/reason").asText()).isEqualTo("migration");
            assertThat(emma.at("/exemption/until").asText()).isEqualTo(until);
            assertThat(emma.at("/exemption/by").asText()).isEqualTo(KeycloakServer.ADMIN_USER);
            assertThat(emma.path("localLogin").asText()).isEqualTo("ALLOWED");
            assertThat(emma.path("reason").asText()).isEqualTo("exempt");
            assertThat(nina.path("exempt").asBoolean()).isFalse();
            assertThat(nina.has("exemption")).isFalse();
            assertThat(nina.path("localLogin").asText()).isEqualTo("REPORTED");
            assertThat(nina.path("reason").asText()).isEqualTo("local_login");

            tenant.policy("ENFORCE");

            assertThat(user(NINA).path("localLogin").asText()).isEqualTo("REFUSED");
        }

        @Test
        @DisplayName("EXM-1 sees the exempt role in a group above the person's own, and inside another role")
        void inheritedRole() {
            RoleRepresentation exempt =
                    tenant.admin().realm().roles().get("sso-exempt").toRepresentation();
            tenant.admin().realm().roles().create(new RoleRepresentation("operators", null, false));
            tenant.admin().realm().roles().get("operators").addComposites(List.of(exempt));
            String byRole = tenant.localUser("olaf@inherited.test", PASSWORD);
            tenant.grant(byRole, "operators");
            String byGroup = tenant.localUser("gina@inherited.test", PASSWORD);
            tenant.admin().realm().groups().add(group("crisis")).close();
            String parent = tenant.admin().realm().getGroupByPath("/crisis").getId();
            tenant.admin()
                    .realm()
                    .groups()
                    .group(parent)
                    .roles()
                    .realmLevel()
                    .add(List.of(tenant.admin().realm().roles().get("operators").toRepresentation()));
            tenant.admin()
                    .realm()
                    .groups()
                    .group(parent)
                    .subGroup(group("night"))
                    .close();
            tenant.admin()
                    .realm()
                    .users()
                    .get(byGroup)
                    .joinGroup(tenant.admin()
                            .realm()
                            .getGroupByPath("/crisis/night")
                            .getId());

            Answer answer = tenant.admin().get("/sso-policy/users?search=inherited.test");

            tenant.admin().realm().users().get(byRole).remove();
            tenant.admin().realm().users().get(byGroup).remove();
            tenant.admin().realm().groups().group(parent).remove();
            tenant.admin().realm().roles().deleteRole("operators");
            assertThat(texts(answer, "exempt")).as("%s", answer).containsExactly("true", "true");
        }

        @Test
        @DisplayName("tells the last login by SSO and the last other one, and a refused login is none")
        void lastLogins() {
            String id = people.person("liv@logins.test");
            people.passes(people.browser().loginThrough(Tenant.OKTA, "liv@logins.test", OKTA_PASSWORD));
            people.passes(people.browser().loginByPassword("liv@logins.test", PASSWORD));
            JsonNode reported = user("liv@logins.test");
            people.passes(people.browser().loginThrough(Tenant.SOCIAL, "liv@logins.test", SOCIAL_PASSWORD));
            JsonNode social = user("liv@logins.test");
            people.works(people.browser().directGrant("liv@logins.test", PASSWORD));
            JsonNode grant = user("liv@logins.test");
            tenant.admin().realm().users().get(id).logout();
            tenant.policy("ENFORCE");
            people.isRefused(people.browser().loginByPassword("liv@logins.test", PASSWORD), id);
            JsonNode refused = user("liv@logins.test");
            tenant.admin().realm().users().get(id).remove();

            assertThat(Instant.parse(reported.at("/lastSsoLogin/at").asText())).isBefore(Instant.now());
            assertThat(reported.at("/lastSsoLogin/provider").asText()).isEqualTo("okta");
            assertThat(reported.at("/lastOtherLogin/method").asText()).isEqualTo("auth-username-password-form");
            assertThat(social.at("/lastOtherLogin/method").asText()).isEqualTo("broker social");
            assertThat(social.at("/lastSsoLogin")).isEqualTo(reported.at("/lastSsoLogin"));
            assertThat(grant.at("/lastOtherLogin/method").asText()).isEqualTo("password");
            assertThat(refused.at("/lastOtherLogin")).isEqualTo(grant.at("/lastOtherLogin"));
        }

        @Test
        @DisplayName("ADM-11 can be exported as a table, in which nobody's name becomes a formula")
        void export() {
            String id = tenant.localUser("eve@export.test", PASSWORD);
            UserRepresentation eve = tenant.admin().realm().users().get(id).toRepresentation();
            eve.setFirstName("+eve");
            eve.setLastName("O,Neil");
            tenant.admin().realm().users().get(id).update(eve);

            Answer answer = tenant.admin().get("/sso-policy/users/export", "text/csv");

            tenant.admin().realm().users().get(id).remove();
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(answer.header("Content-Type")).startsWith("text/csv");
            assertThat(answer.header("Content-Disposition")).contains("sso-users.csv");
            assertThat(answer.text().lines().findFirst().orElseThrow())
                    .startsWith("id,username,email,name,enabled,providers,");
            assertThat(answer.text())
                    .contains("," + NINA + "," + NINA + ",Nina Test,true,okta social,")
                    .contains(",eve@export.test,\"'+eve O,Neil\",true,");
            assertThat(answer.text().lines()).hasSize(6);
        }
    }

    @Nested
    @DisplayName("Readiness")
    class Readiness {

        @Test
        @DisplayName("tells who would be locked out if ENFORCE was on, why, and how many, in any mode")
        void lockedOut() {
            String bare = tenant.localUser("bea@ready.test", PASSWORD);
            String off = tenant.localUser("dora@ready.test", PASSWORD);
            UserRepresentation disabled =
                    tenant.admin().realm().users().get(off).toRepresentation();
            disabled.setEnabled(false);
            tenant.admin().realm().users().get(off).update(disabled);
            people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
            tenant.policy("OFF");

            Answer answer = tenant.admin().get("/sso-policy/readiness");
            Answer page = tenant.admin().get("/sso-policy/readiness?first=1&max=1");
            Answer ready = tenant.admin().get("/sso-policy/readiness?state=ready");

            tenant.admin().realm().users().get(bare).remove();
            tenant.admin().realm().users().get(off).remove();
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
            assertThat(answer.at("/people/LOCKED_OUT")).isEqualTo("1");
            assertThat(answer.at("/people/UNPROVEN")).isEqualTo("1");
            assertThat(answer.at("/people/READY")).isEqualTo("1");
            assertThat(answer.at("/people/EXEMPT")).isEqualTo("2");
            assertThat(answer.at("/people/DISABLED")).isEqualTo("1");
            assertThat(answer.at("/obstacles/NO_LINK")).isEqualTo("1");
            assertThat(answer.at("/obstacles/LOCAL_CREDENTIAL_ONLY")).isEqualTo("1");
            assertThat(answer.at("/obstacles/NEVER_BY_SSO")).isEqualTo("2");
            assertThat(answer.at("/total")).isEqualTo("2");
            assertThat(texts(answer, "username")).containsExactly("bea@ready.test", NINA);
            assertThat(answer.at("/users/0/state")).isEqualTo("LOCKED_OUT");
            assertThat(answer.body().at("/users/0/obstacles").toString())
                    .isEqualTo("[\"NO_LINK\",\"NEVER_BY_SSO\",\"LOCAL_CREDENTIAL_ONLY\"]");
            assertThat(answer.body().at("/users/0/mustUse").toString()).isEqualTo("[\"okta\"]");
            assertThat(texts(page, "username")).containsExactly(NINA);
            assertThat(page.at("/total")).isEqualTo("2");
            assertThat(texts(ready, "username")).containsExactly(OLGA);
        }

        @Test
        @DisplayName("ENF-15 counts those outside of the policy's domains as out of scope")
        void scope() {
            String away = tenant.localUser("ada@elsewhere.test", PASSWORD);
            tenant.admin()
                    .put(
                            "/sso-policy",
                            Map.of(
                                    "mode",
                                    "REPORT",
                                    "allowedProviders",
                                    List.of("okta"),
                                    "scope",
                                    List.of("DOMAINS"),
                                    "domains",
                                    List.of(Map.of("domain", "acme.test"))));

            Answer answer = tenant.admin().get("/sso-policy/readiness?state=OUT_OF_SCOPE");

            tenant.admin().realm().users().get(away).remove();
            assertThat(texts(answer, "username")).containsExactly("ada@elsewhere.test", Tenant.OWNER);
        }

        @Test
        @DisplayName("refuses an unknown state and names the known ones")
        void badState() {
            Answer answer = tenant.admin().get("/sso-policy/readiness?state=maybe");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.at("/errors/0/field")).isEqualTo("state");
            assertThat(answer.at("/errors/0/errorMessage")).contains("LOCKED_OUT", "UNPROVEN");
        }
    }

    @Nested
    @DisplayName("ADM-6 permissions:")
    class Permissions {

        private static final List<String> READS = List.of("doctor?probe=false", "sessions", "openapi.json");
        private static final List<String> READS_OF_PEOPLE = List.of("users", "users/export", "readiness");

        @Test
        @DisplayName("who may only view reads everything and changes nothing")
        void viewOnly() {
            String id = tenant.localUser("vera@roles.test", PASSWORD);
            List.of("view-realm", "view-users", "view-identity-providers")
                    .forEach(role -> tenant.grantManagement(id, role));
            AdminClient vera = tenant.adminAs("vera@roles.test", PASSWORD);

            READS.forEach(path -> answers(vera, path, 200));
            READS_OF_PEOPLE.forEach(path -> answers(vera, path, 200));
            assertThat(vera.delete("/sso-policy/sessions").status()).isEqualTo(403);
            assertThat(vera.post("/sso-policy/uninstall", Map.of()).status()).isEqualTo(403);
            assertThat(vera.post("/sso-policy/uninstall?dryRun=true", Map.of()).status())
                    .isEqualTo(403);
            assertThat(vera.put("/sso-policy", Map.of("mode", "OFF")).status()).isEqualTo(403);
            tenant.admin().realm().users().get(id).remove();
        }

        @Test
        @DisplayName("who may view the realm only sees no people")
        void viewRealm() {
            String id = tenant.localUser("rea@roles.test", PASSWORD);
            tenant.grantManagement(id, "view-realm");
            AdminClient rea = tenant.adminAs("rea@roles.test", PASSWORD);

            READS.forEach(path -> answers(rea, path, 200));
            READS_OF_PEOPLE.forEach(path -> answers(rea, path, 403));
            tenant.admin().realm().users().get(id).remove();
        }

        @Test
        @DisplayName("an ordinary person gets 403 everywhere")
        void ordinary() {
            AdminClient nina = tenant.adminAs(NINA, PASSWORD);

            READS.forEach(path -> answers(nina, path, 403));
            READS_OF_PEOPLE.forEach(path -> answers(nina, path, 403));
            assertThat(nina.delete("/sso-policy/sessions").status()).isEqualTo(403);
            assertThat(nina.post("/sso-policy/uninstall", Map.of()).status()).isEqualTo(403);
        }

        private void answers(AdminClient admin, String path, int status) {
            assertThat(admin.get("/sso-policy/" + path, "*/*").status())
                    .as(path)
                    .isEqualTo(status);
        }
    }

    @Test
    @DisplayName("the OpenAPI document is served, and says where it is valid")
    void openApi() {
        Answer answer = tenant.admin().get("/sso-policy/openapi.json");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.at("/openapi")).startsWith("3.");
        assertThat(answer.body().at("/paths").has("/doctor")).isTrue();
        assertThat(answer.at("/servers/0/url")).endsWith("/admin/realms/{realm}/sso-policy");
    }

    @Test
    @DisplayName("ADM-10 an administrator who acts as a person gets in under ENFORCE, and it is recorded as assumed")
    void impersonation() {
        tenant.policy("ENFORCE");
        tenant.admin().realm().clearEvents();

        tenant.admin().realm().users().get(people.nina).impersonate();

        assertThat(tenant.events("IMPERSONATE")).singleElement().satisfies(event -> {
            assertThat(event.getUserId()).isEqualTo(people.nina);
            assertThat(event.getDetails()).containsEntry("impersonator", KeycloakServer.ADMIN_USER);
        });
        assertThat(tenant.sessionsOf(people.nina)).isEqualTo(1);
        assertThat(user(NINA).has("lastOtherLogin"))
                .as("it is no login of hers")
                .isFalse();
        tenant.admin().realm().users().get(people.nina).logout();
    }

    @Nested
    @DisplayName("DEL-4 uninstalling")
    class Uninstalling {

        @Test
        @DisplayName("tells beforehand what it would unbind, and then unbinds it: everybody signs in by password")
        void unbinds() {
            tenant.admin().realm().logoutAll();
            flows().copy("direct grant", Map.of("newName", "own grant")).close();
            flows().addExecution("own grant", Map.of("provider", "enforce-sso-authenticator"));
            AuthenticationExecutionInfoRepresentation step = flows().getExecutions("own grant").stream()
                    .filter(execution -> "enforce-sso-authenticator".equals(execution.getProviderId()))
                    .findFirst()
                    .orElseThrow();
            step.setRequirement("REQUIRED");
            flows().updateExecutions("own grant", step);
            flows().copy("browser", Map.of("newName", "own browser")).close();
            flows().addExecution("own browser forms", Map.of("provider", "enforce-sso-identity-first"));
            RealmRepresentation realm = tenant.admin().realm().toRepresentation();
            realm.setDirectGrantFlow("own grant");
            tenant.admin().realm().update(realm);
            tenant.policy("ENFORCE");
            people.isRefused(people.browser().directGrant(NINA, PASSWORD), people.nina);

            Answer dry = tenant.admin().post("/sso-policy/uninstall?dryRun=true", Map.of());
            people.isRefused(people.browser().directGrant(NINA, PASSWORD), people.nina);
            Answer done = tenant.admin().post("/sso-policy/uninstall", Map.of());

            assertThat(dry.status()).as("%s", dry).isEqualTo(200);
            assertThat(dry.at("/dryRun")).isEqualTo("true");
            assertThat(done.at("/dryRun")).isEqualTo("false");
            assertThat(done.body().at("/unbound")).isEqualTo(dry.body().at("/unbound"));
            assertThat(done.at("/unbound/requiredAction")).isEqualTo("true");
            assertThat(done.body().at("/unbound/flows").toString()).isEqualTo("[\"own browser forms\",\"own grant\"]");
            assertThat(done.body().at("/kept").toString()).contains("role sso-exempt", "SSO_EXEMPTION");
            nothingIsBound();
            people.works(people.browser().directGrant(NINA, PASSWORD));
            people.passes(people.browser().loginByPassword(NINA, PASSWORD));
            assertThat(tenant.admin().get("/sso-policy").at("/mode")).isEqualTo("OFF");
            assertThat(tenant.realmRolesOf(people.emma)).contains("sso-exempt");
            AdminEventRepresentation event = tenant.adminEvents().stream()
                    .filter(other -> "sso-policy/uninstall".equals(other.getResourcePath()))
                    .findFirst()
                    .orElseThrow();
            assertThat(event.getOperationType()).isEqualTo("DELETE");
            assertThat(event.getRepresentation()).contains("\"mode\":\"ENFORCE\"", "own grant");
            Answer again = tenant.admin().post("/sso-policy/uninstall", Map.of());
            assertThat(again.at("/unbound/requiredAction")).isEqualTo("false");
            tenant.admin().realm().logoutAll();
        }

        private void nothingIsBound() {
            assertThat(flows().getRequiredActions()).noneMatch(action -> "enforce-sso".equals(action.getProviderId()));
            assertThat(flows().getFlows())
                    .isNotEmpty()
                    .allSatisfy(flow -> assertThat(flows().getExecutions(flow.getAlias()))
                            .noneMatch(execution ->
                                    String.valueOf(execution.getProviderId()).startsWith("enforce-sso")));
        }
    }

    private static AuthenticationManagementResource flows() {
        return tenant.admin().realm().flows();
    }

    private static GroupRepresentation group(String name) {
        GroupRepresentation group = new GroupRepresentation();
        group.setName(name);
        return group;
    }

    private static JsonNode user(String username) {
        return tenant.admin().get("/sso-policy/users?search=" + username).body().at("/users/0");
    }

    private static List<String> usernames(String path) {
        Answer answer = tenant.admin().get(path);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return texts(answer, "username");
    }

    private static List<String> texts(Answer answer, String field) {
        return StreamSupport.stream(answer.body().path("users").spliterator(), false)
                .map(user -> user.path(field).asText())
                .toList();
    }
}
