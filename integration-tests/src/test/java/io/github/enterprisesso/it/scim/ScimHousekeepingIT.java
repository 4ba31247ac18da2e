package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Eventually;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What time does to tokens and requests, and what a node does of its own accord. The servers of the tests look every ten
 * seconds, not every hour.
 */
@KeycloakTest
class ScimHousekeepingIT {

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static String connection;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "housekeeping");
        scim = tenant.connect(Tenant.OKTA, Map.of("requestLogDays", "3"));
        connection = tenant.connectionId(Tenant.OKTA);
    }

    private static Answer token(String label) {
        Answer token = tenant.admin()
                .post(
                        "/scim-connections/" + connection + "/tokens",
                        Map.of(
                                "label",
                                label,
                                "expiresAt",
                                Instant.now().plus(Duration.ofDays(5)).toString()));
        assertThat(token.status()).as("%s", token).isEqualTo(201);
        return token;
    }

    @Test
    @DisplayName("TOK-3 an expired token is refused")
    void expiredToken(Deployment deployment) {
        Answer token = token("expired");
        ScimClient client = ScimClient.withToken(tenant.scimBaseUrl(), token.at("/token"));
        assertThat(client.get("/Users?count=0").status()).isEqualTo(200);

        deployment.execute("update scim_token set expires_at = 1 where id = '" + token.at("/id") + "'");

        Scim.assertError(client.get("/Users?count=0"), 401, null);
        assertThat(scim.get("/Users?count=0").status()).isEqualTo(200);
    }

    @Test
    @DisplayName("TOK-3 a token that nobody uses is warned of, once")
    void unusedToken() {
        Answer token = token("unused");

        Eventually.is("a warning", () -> !Scim.warnings(tenant, token).isEmpty());

        assertThat(Scim.warnings(tenant, token))
                .singleElement()
                .satisfies(event -> assertThat(event.getDetails())
                        .containsEntry("scim_connection", "okta")
                        .containsEntry("status", "expiring-soon"));
    }

    @Test
    @DisplayName("AUD-4 AUD-5 requests older than requestLogDays are forgotten, though nobody sends another")
    void oldRequests(Deployment deployment) {
        String old = scim.get("/Users?count=1").header("X-Request-Id");
        String young = scim.get("/Users?count=2").header("X-Request-Id");
        Eventually.is("both in the log", () -> logged(old) && logged(young));

        long fourDays = Duration.ofDays(4).toMillis();
        deployment.execute(
                "update scim_request set received_at = received_at - " + fourDays + " where id = '" + old + "'");

        Eventually.is("the old one to be forgotten", () -> !logged(old));
        assertThat(logged(young)).isTrue();
    }

    private static boolean logged(String id) {
        for (JsonNode request : tenant.admin()
                .get("/scim-connections/" + connection + "/requests")
                .body()) {
            if (request.path("id").asText().equals(id)) {
                return true;
            }
        }
        return false;
    }
}
