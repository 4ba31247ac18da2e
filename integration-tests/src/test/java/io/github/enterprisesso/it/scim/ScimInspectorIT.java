package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.server.Spans;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a request leaves behind for those who run the service. */
@KeycloakTest
@Tag("h2")
class ScimInspectorIT {

    @AutoClose
    static Tenant tenant;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "inspector");
    }

    private static String requests(String connection) {
        return "/scim-connections/" + tenant.connectionId(connection) + "/requests";
    }

    @Test
    @DisplayName("AUD-5 a request is kept with its answer and effect, without password and token")
    void success() {
        ScimClient scim = tenant.connect("watched", Map.of("groupProvisioning", "true", "passwordSync", "true"));
        String body = Scim.user("seen@acme.test").replaceFirst("\\{", "{\"password\":\"Passw0rd-unseen\",");

        Answer created = scim.post("/Users?access_token=abc&attributes=userName", body);

        assertThat(created.status()).as("%s", created).isEqualTo(201);
        JsonNode request = Scim.logged(tenant, "watched", created);
        assertThat(request.path("method").asText()).isEqualTo("POST");
        assertThat(request.path("path").asText())
                .startsWith("/Users?")
                .contains("attributes=userName", "access_token=***");
        assertThat(request.path("status").asInt()).isEqualTo(201);
        assertThat(request.path("durationMillis").isInt()).isTrue();
        assertThat(scim.token()).startsWith(request.path("token").asText());
        assertThat(request.path("address").asText()).isNotBlank();
        assertThat(request.path("effect").path("USER_CREATE").asInt()).isEqualTo(1);
        assertThat(request.path("body").asText())
                .contains("seen@acme.test", "\"password\":\"***\"")
                .doesNotContain("Passw0rd");
    }

    @Test
    @DisplayName("AUD-5 a failed request is kept although it was taken back, with its reason and without effect")
    void failure() {
        ScimClient scim = tenant.connect("failing", Map.of("groupProvisioning", "true"));
        String group = Scim.group(scim, "Failing");
        String user = Scim.create(scim, "member@acme.test");

        Answer refused = scim.patch(
                "/Groups/" + group,
                Scim.patch("{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + user
                        + "\"},{\"value\":\"nobody\"}]}"));

        JsonNode request = Scim.logged(tenant, "failing", refused);
        assertThat(request.path("status").asInt()).isEqualTo(400);
        assertThat(request.path("detail").asText()).isEqualTo(refused.at("/detail"));
        assertThat(request.has("effect")).isFalse();
        assertThat(tenant.admin().get(requests("failing") + "?status=4xx").body())
                .hasSize(1);
        assertThat(tenant.admin().get(requests("failing") + "?status=failed").body())
                .hasSize(1);
        assertThat(tenant.admin().get(requests("failing") + "?status=404").body())
                .isEmpty();
        assertThat(tenant.admin().get(requests("failing") + "?status=bad").status())
                .isEqualTo(400);
        assertThat(tenant.admin().get(requests("failing") + "?first=1&max=1").at("/0/path"))
                .isEqualTo("/Users");
        assertThat(tenant.admin().get(requests("failing") + "?max=1").at("/0/id"))
                .isEqualTo(refused.header("X-Request-Id"));
    }

    @Test
    @DisplayName("AUD-5 off and failures keep less; the number of rows is bounded")
    void options() {
        ScimClient off = tenant.connect("unwatched", Map.of("requestLog", "off"));
        ScimClient failures = tenant.connect("failures", Map.of("requestLog", "failures"));
        ScimClient few = tenant.connect("few", Map.of("requestLogRows", "3"));
        off.get("/Users?count=0");
        failures.get("/Users?count=0");
        for (int request = 0; request < 9; request++) {
            few.get("/Users?count=0&startIndex=" + request);
        }
        Scim.logged(tenant, "failures", failures.get("/Users/unknown"));
        Scim.logged(tenant, "few", few.get("/Users/last"));

        assertThat(tenant.admin().get(requests("unwatched")).body()).isEmpty();
        assertThat(tenant.admin().get(requests("failures")).body()).hasSize(1);
        assertThat(tenant.admin().get(requests("few")).body()).hasSizeBetween(1, 3);
    }

    @Test
    @DisplayName("AUD-5 reading the log takes view-identity-providers and view-users")
    void permissions() {
        tenant.connect("guarded", Map.of());
        String name = "viewer@acme.test";
        String viewer = tenant.localUser(name, "viewer");
        tenant.grantManagement(viewer, "view-identity-providers");
        try (AdminClient one = tenant.adminAs(name, "viewer")) {
            assertThat(one.get(requests("guarded")).status()).isEqualTo(403);
        }
        tenant.grantManagement(viewer, "view-users");
        try (AdminClient both = tenant.adminAs(name, "viewer")) {
            assertThat(both.get(requests("guarded")).status()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("requests and changed members are metrics")
    void metrics(KeycloakServer keycloak) {
        ScimClient scim = tenant.connect("measured", Map.of("groupProvisioning", "true"));
        String user = Scim.create(scim, "measured@acme.test");
        String group = Scim.group(scim, "Measured");
        String path = "/Groups/" + group;
        scim.put(path, "{\"displayName\":\"Measured\",\"members\":[{\"value\":\"" + user + "\"}]}");
        scim.put(path, "{\"displayName\":\"Measured\",\"members\":[]}");

        Meters meters = Meters.of(keycloak);

        String realm = "realm=\"inspector\"";
        assertThat(meters.lines(
                        "scim_requests_seconds_count",
                        realm,
                        "resource=\"Groups\"",
                        "method=\"PUT\"",
                        "status=\"200\""))
                .hasSize(1);
        assertThat(meters.lines("scim_requests_seconds_sum", realm)).isNotEmpty();
        assertThat(meters.lines("scim_members_changed_total", realm, "change=\"added\""))
                .singleElement()
                .asString()
                .endsWith(" 1.0");
        assertThat(meters.lines("scim_members_changed_total", realm, "change=\"removed\""))
                .hasSize(1);
    }

    @Test
    @DisplayName(
            "a request is a span in the trace of who sent it: by method and resource, with its id, connection and status")
    void spans() {
        ScimClient scim = tenant.connect("traced", Map.of());
        String trace = Spans.newTrace();
        String user = Scim.create(scim, "traced@acme.test");

        Answer read = scim.send("GET", "/Users/" + user, null, "traceparent", Spans.traceparent(trace));
        Answer refused = scim.send("DELETE", "/Groups/x", null, "traceparent", Spans.traceparent(trace));

        assertThat(Spans.await(trace, "SCIM GET Users").attributes())
                .containsEntry("scim.request_id", read.header("X-Request-Id"))
                .containsEntry("scim.realm", "inspector")
                .containsEntry("scim.connection", "traced")
                .containsEntry("scim.resource", "Users")
                .containsEntry("scim.status", "200");
        assertThat(Spans.await(trace, "SCIM DELETE Groups").attributes())
                .containsEntry("scim.request_id", refused.header("X-Request-Id"))
                .containsEntry("scim.resource", "Groups")
                .containsEntry("scim.status", "403");
    }

    @Test
    @DisplayName("AUD-5 a removed connection takes its log along")
    void removal() {
        ScimClient scim = tenant.connect("leaving", Map.of());
        Scim.logged(tenant, "leaving", scim.get("/Users?count=0"));
        String path = requests("leaving");

        assertThat(tenant.admin()
                        .delete("/scim-connections/" + tenant.connectionId("leaving"))
                        .status())
                .isEqualTo(204);

        assertThat(tenant.admin().get(path).status()).isEqualTo(404);
    }
}
