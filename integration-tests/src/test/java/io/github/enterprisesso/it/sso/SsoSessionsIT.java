package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.RequiredActionConfigRepresentation;

/** ENF-8: sessions that do not comply are counted, and ended at once, in batches or with the switch. */
@KeycloakTest
@Tag("h2")
class SsoSessionsIT {

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-sessions");
        people = People.in(tenant);
    }

    @BeforeEach
    void nobodyIsSignedIn() {
        tenant.policy("ENFORCE");
        tenant.admin().delete("/sso-policy/sessions");
        tenant.policy("OFF");
        tenant.admin().realm().logoutAll();
        tenant.admin().realm().clearEvents();
        tenant.admin().realm().clearAdminEvents();
    }

    @Test
    @DisplayName("a count judges each session by its evidence, as the gates would, before ENFORCE is on")
    void count() {
        people.passes(people.browser().loginByPassword(NINA, PASSWORD));
        people.passes(people.browser().loginThrough(Tenant.SOCIAL, NINA, SOCIAL_PASSWORD));
        people.passes(people.browser().loginByPassword(EMMA, PASSWORD));
        people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
        Answer offline = offline(NINA);

        Answer answer = tenant.admin().get("/sso-policy/sessions");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.at("/sessions")).isEqualTo("2");
        assertThat(answer.at("/offline")).isEqualTo("1");
        people.works(people.browser().refresh(offline.at("/refresh_token")));
    }

    @Test
    @DisplayName("Route 7: an account that is linked inside a password session makes it no enterprise session")
    void linkedInside() {
        String id = tenant.localUser("lena@acme.test", PASSWORD);
        tenant.oktaUser("lena@acme.test", OKTA_PASSWORD);
        OidcBrowser browser = people.browser();
        people.passes(browser.loginByPassword("lena@acme.test", PASSWORD));
        Page linked = browser.login(Map.of("kc_action", "idp_link:okta"))
                .submit("main form", Map.of())
                .signIn("lena@acme.test", OKTA_PASSWORD);
        assertThat(linked.parameter("kc_action_status")).contains("success");

        Answer answer = tenant.admin().get("/sso-policy/sessions");

        tenant.admin().realm().users().get(id).remove();
        assertThat(answer.at("/sessions")).isEqualTo("1");
    }

    @Test
    @DisplayName("an enterprise session from before the installation complies")
    void olderThanTheInstallation() {
        tenant.admin().post("/sso-policy/uninstall", Map.of());
        people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
        tenant.policy("OFF");

        assertThat(tenant.admin().get("/sso-policy/sessions").at("/sessions")).isEqualTo("0");
    }

    @Test
    @DisplayName("ends exactly those, with an event for each and one for the administrator")
    void end() {
        Answer nina = people.passes(people.browser().loginByPassword(NINA, PASSWORD));
        Answer emma = people.passes(people.browser().loginByPassword(EMMA, PASSWORD));
        Answer olga = people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
        Answer offline = offline(NINA);
        tenant.policy("ENFORCE");
        long before = count("sessions");
        long beforeOffline = count("offline");

        Answer answer = tenant.admin().delete("/sso-policy/sessions");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.body().at("/sessions").asLong()).isEqualTo(before).isPositive();
        assertThat(answer.body().at("/offline").asLong())
                .isEqualTo(beforeOffline)
                .isPositive();
        assertThat(answer.at("/more")).isEqualTo("false");
        assertThat(count("sessions")).isZero();
        assertThat(count("offline")).isZero();
        assertThat(tenant.sessionsOf(people.nina)).isZero();
        assertThat(people.browser().userInfo(nina.at("/access_token")).status()).isEqualTo(401);
        people.works(people.browser().refresh(emma.at("/refresh_token")));
        people.works(people.browser().refresh(olga.at("/refresh_token")));
        tenant.policy("OFF");
        assertThat(people.browser().refresh(offline.at("/refresh_token")).status())
                .isEqualTo(400);
        assertThat(tenant.events("LOGOUT"))
                .allSatisfy(event -> assertThat(event.getUserId()).isEqualTo(people.nina))
                .extracting(event -> event.getDetails().get("reason")
                        + " " + event.getDetails().get("cause")
                        + " " + event.getDetails().get("offline"))
                .contains("sso_required local_login false", "sso_required local_login true");
        assertThat(sessionsEvent().getRepresentation()).contains("\"ended\"");
        assertThat(sessionsEvent().getOperationType()).isEqualTo("ACTION");
    }

    @Test
    @DisplayName("in batches: as many as were asked for, until there are no more")
    void batches() {
        for (int number = 0; number < 3; number++) {
            people.passes(people.browser().loginByPassword(NINA, PASSWORD));
        }
        tenant.policy("ENFORCE");

        Answer first = tenant.admin().delete("/sso-policy/sessions?max=2");
        Answer second = tenant.admin().delete("/sso-policy/sessions?max=2");

        assertThat(first.at("/sessions") + first.at("/more")).isEqualTo("2true");
        assertThat(second.at("/sessions") + second.at("/more")).isEqualTo("1false");
        assertThat(tenant.sessionsOf(people.nina)).isZero();
    }

    @Test
    @DisplayName("with the switch, counted, if the policy asks for it; otherwise they stay until they are used")
    void withTheSwitch() {
        people.passes(people.browser().loginByPassword(NINA, PASSWORD));
        offline(NINA);
        tenant.policy("ENFORCE");
        assertThat(tenant.sessionsOf(people.nina)).isEqualTo(1);
        tenant.policy("OFF");

        Answer put = tenant.admin()
                .put(
                        "/sso-policy",
                        Map.of("mode", "ENFORCE", "allowedProviders", List.of("okta"), "sessionsOnEnforce", "END"));

        assertThat(put.status()).as("%s", put).isEqualTo(200);
        assertThat(tenant.sessionsOf(people.nina)).isZero();
        assertThat(sessionsEvent().getRepresentation())
                .contains("\"cause\":\"ENFORCE\"", "\"ended\":{\"sessions\":1,\"offline\":1}");
        assertThat(sessionsEvent().getOperationType()).isEqualTo("ACTION");
        assertThat(sessionsEvent().getAuthDetails().getUserId()).isNotBlank();
        assertThat(sessionsEvent().getAuthDetails().getIpAddress()).isNotBlank();
    }

    @Test
    @DisplayName("with the switch of the stock console's form as well")
    void withTheStockForm() {
        people.passes(people.browser().loginByPassword(NINA, PASSWORD));
        var flows = tenant.admin().realm().flows();
        RequiredActionConfigRepresentation config = flows.getRequiredActionConfig("enforce-sso");
        Map<String, String> values = new HashMap<>(config.getConfig());
        values.put("mode", "ENFORCE");
        values.put("sessionsOnEnforce", "END");
        config.setConfig(values);

        flows.updateRequiredActionConfig("enforce-sso", config);

        assertThat(tenant.sessionsOf(people.nina)).isZero();
        assertThat(sessionsEvent().getRepresentation()).contains("\"sessions\":1", "\"cause\":\"ENFORCE\"");
    }

    @Test
    @DisplayName("CON-16 with their provider removed, its sessions no longer comply, and the doctor tells of them")
    void providerRemoved(KeycloakServer keycloak) {
        try (Tenant other = Tenant.create(keycloak, "sso-sessions-gone")) {
            People there = People.in(other);
            other.admin().put("/sso-policy", Map.of("mode", "ENFORCE", "allowedProviders", List.of("okta", "social")));
            there.passes(there.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
            assertThat(other.admin().get("/sso-policy/sessions").at("/sessions"))
                    .isEqualTo("0");

            assertThat(removedProviders(other)).contains("PASS");
            other.admin().realm().identityProviders().get(Tenant.OKTA).remove();

            assertThat(other.sessionsOf(there.olga)).isEqualTo(1);
            assertThat(removedProviders(other)).contains("INFO", "'okta' was removed");
            other.admin().put("/sso-policy", Map.of("mode", "REPORT", "allowedProviders", List.of("social")));
            assertThat(removedProviders(other)).contains("WARN", "'okta' was removed");
            other.admin().put("/sso-policy", Map.of("mode", "ENFORCE", "allowedProviders", List.of("social")));
            assertThat(other.admin().get("/sso-policy/sessions").at("/sessions"))
                    .isEqualTo("1");
            assertThat(other.admin().delete("/sso-policy/sessions").at("/sessions"))
                    .isEqualTo("1");
            assertThat(other.sessionsOf(there.olga)).isZero();
        }
    }

    private static String removedProviders(Tenant realm) {
        return StreamSupport.stream(
                        realm.admin()
                                .get("/sso-policy/doctor?probe=false")
                                .body()
                                .path("findings")
                                .spliterator(),
                        false)
                .filter(finding ->
                        "removed-providers".equals(finding.path("check").asText()))
                .map(JsonNode::toString)
                .collect(Collectors.joining());
    }

    @Test
    @DisplayName("a session at an excepted client alone complies, and one that also opened another client does not")
    void exceptedClients() {
        people.passes(people.browser().loginByPassword(NINA, PASSWORD));
        tenant.admin()
                .put(
                        "/sso-policy",
                        Map.of(
                                "mode",
                                "REPORT",
                                "allowedProviders",
                                List.of("okta"),
                                "exceptedClients",
                                List.of(OidcBrowser.CLIENT)));

        assertThat(count("sessions")).isZero();
        tenant.admin()
                .put(
                        "/sso-policy",
                        Map.of(
                                "mode",
                                "REPORT",
                                "allowedProviders",
                                List.of("okta"),
                                "exceptedClients",
                                List.of("account")));
        assertThat(count("sessions")).isEqualTo(1);
    }

    @Test
    @DisplayName("nothing is ended while the policy refuses nobody, and a wrong number is named")
    void refused() {
        people.passes(people.browser().loginByPassword(NINA, PASSWORD));
        tenant.policy("REPORT");

        Answer report = tenant.admin().delete("/sso-policy/sessions");
        Answer wrong = tenant.admin().delete("/sso-policy/sessions?max=0");

        assertThat(report.status()).as("%s", report).isEqualTo(409);
        assertThat(report.at("/errorMessage")).contains("REPORT", "ENFORCE");
        assertThat(tenant.sessionsOf(people.nina)).isEqualTo(1);
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.at("/errors/0/field")).isEqualTo("max");
    }

    private static Answer offline(String username) {
        Answer tokens = people.browser()
                .token(Map.of(
                        "grant_type",
                        "password",
                        "username",
                        username,
                        "password",
                        PASSWORD,
                        "scope",
                        "openid offline_access"));
        people.works(tokens);
        return tokens;
    }

    private static long count(String kind) {
        return tenant.admin().get("/sso-policy/sessions").body().path(kind).asLong(-1);
    }

    private static AdminEventRepresentation sessionsEvent() {
        return tenant.adminEvents().stream()
                .filter(event -> "sso-policy/sessions".equals(event.getResourcePath()))
                .findFirst()
                .orElseThrow();
    }
}
