package io.github.enterprisesso.it.localrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.localrun.LocalRunScript.Outcome;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.TestRun;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * A first start, its end, and a second start on other ports; the tests then meet the second server. The last one starts
 * afresh without the demo.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class LocalRunIT {

    private static final String CLIENT = "acme-app";
    private static final String PERSON = "maya.okafor@acme.example";
    private static final String EXEMPT = "it-admin@acme.example";
    private static final String REFUSAL_PAGE = "#enforce-sso-okta";

    private static LocalRunScript script;
    private static Outcome firstStart;
    private static JsonNode firstConnection;
    private static Outcome secondStart;
    private static int port;
    private static KeycloakServer server;
    private static String password;

    @BeforeAll
    static void twoStarts() throws IOException {
        script = LocalRunScript.in(TestRun.workDirectory().resolve("local run"));

        firstStart = script.run("--detach", "--fresh", "--port", String.valueOf(freePort()));
        assertThat(firstStart.exitCode()).as(firstStart.output()).isZero();
        firstConnection = script.connection();
        assertThat(script.run("--stop").output()).contains("Stopped.");

        port = freePort();
        secondStart = script.run("--detach", "--port", String.valueOf(port));
        assertThat(secondStart.exitCode()).as(secondStart.output()).isZero();
        server = script.server(port);
        password = script.connection().path("demoPassword").asText();
    }

    @AfterAll
    static void stop() {
        assertThat(script.run("--stop").exitCode()).isZero();
    }

    @Test
    @DisplayName(
            "DEL-2 the first start says who was provisioned, into which teams, with which role and why, and where to sign in")
    void summary() {
        assertThat(firstStart.output().lines().toList())
                .contains("People provisioned through SCIM: 36", "Pushed groups and their teams: 8")
                .anySatisfy(line -> assertThat(line).contains(PERSON, "Maya Okafor", "yes", "Engineering", "Admin"))
                .anySatisfy(line -> assertThat(line).contains("jean-luc.oconnor@acme.example", "Contractors", "Guest"))
                .anySatisfy(line -> assertThat(line).containsPattern("oskar.berg@acme.example .* no\\b"))
                .anySatisfy(line -> assertThat(line).containsPattern("Büro Zürich +\\d+ .*Büro Zürich"))
                .anySatisfy(line -> assertThat(line).contains("SCIM base URL", "/realms/acme/scim-provisioning/v2"))
                .anySatisfy(line -> assertThat(line).contains("Sign in", "/realms/acme/account"));
        assertThat(firstStart.output())
                .contains(firstConnection.path("demoPassword").asText());
        assertThat(firstStart.output().lines().filter(line -> !line.startsWith("  curl")))
                .allSatisfy(line ->
                        assertThat(line.codePointCount(0, line.length())).isLessThanOrEqualTo(160));
    }

    @Test
    @DisplayName("a second start builds, unpacks and pushes nothing, and neither loses nor doubles anything")
    void secondStart() {
        assertThat(secondStart.output())
                .contains("People provisioned through SCIM: 36", "Pushed groups and their teams: 8")
                .doesNotContain("Building", "Unpacking", "Pushing");
        assertThat(script.connection().path("token")).isEqualTo(firstConnection.path("token"));
    }

    @Test
    @DisplayName("connection.json says how to reach the server, to its owner alone")
    void connectionFile() throws IOException {
        JsonNode connection = script.connection();

        assertThat(connection.path("keycloakUrl").asText())
                .isEqualTo(server.url().toString());
        assertThat(connection.path("baseUrl").asText()).isEqualTo(server.url() + "/realms/acme/scim-provisioning/v2");
        assertThat(connection.path("realm").asText()).isEqualTo("acme");
        assertThat(connection.path("adminUser").asText()).isNotBlank();
        assertThat(connection.path("adminPassword").asText()).isNotBlank();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(script.connectionFile())))
                .isEqualTo("rw-------");
        ScimClient scim = ScimClient.withToken(
                URI.create(connection.path("baseUrl").asText()),
                connection.path("token").asText());
        assertThat(scim.get("/Groups?startIndex=1&count=2").at("/totalResults")).isEqualTo("8");
    }

    @Test
    @DisplayName("the management port follows --port")
    void management() throws Exception {
        HttpRequest ready = HttpRequest.newBuilder(URI.create(server.managementUrl() + "/health/ready"))
                .build();

        assertThat(HttpClient.newHttpClient()
                        .send(ready, BodyHandlers.ofString())
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    @DisplayName("DEL-2 UX-1 a provisioned person's password leads to the page that offers Okta, and from there in")
    void passwordRefused() {
        Page refused = browser().login(app()).signIn(PERSON, password);

        assertThat(refused.isClient()).isFalse();
        assertThat(refused.has(REFUSAL_PAGE)).as(refused.toString()).isTrue();

        Page okta = refused.submit("#enforce-sso-form", Map.of("provider", "okta"));
        assertThat(okta.location().getPath()).startsWith("/realms/okta/");
        assertThat(okta.signIn(PERSON, password).code()).isPresent();
    }

    @Test
    @DisplayName("the same person gets in through Okta, as the account that was provisioned")
    void okta() {
        OidcBrowser browser = browser();

        Page in = browser.login(app()).follow("#social-okta").signIn(PERSON, password);

        assertThat(in.code()).as(in.toString()).isPresent();
        Answer tokens = browser.token(Map.of(
                "client_id",
                CLIENT,
                "grant_type",
                "authorization_code",
                "code",
                in.code().orElseThrow(),
                "redirect_uri",
                OidcBrowser.REDIRECT_URI));
        assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);
        assertThat(browser.userInfo(tokens.at("/access_token")).at("/preferred_username"))
                .isEqualTo(PERSON);
    }

    @Test
    @DisplayName("the exempt person gets in by password")
    void exempt() {
        Page in = browser().login(app()).signIn(EXEMPT, password);

        assertThat(in.code()).as(in.toString()).isPresent();
    }

    @Test
    @DisplayName("ENF-13 social login is not offered, and refused all the same, although the account is linked")
    void social() {
        assertThat(browser().login(app()).has("#social-social")).isFalse();
        Map<String, String> straight = new HashMap<>(app());
        straight.put("kc_idp_hint", "social");

        Page refused = browser().login(straight).signIn("maya", password);

        assertThat(refused.isClient()).isFalse();
        assertThat(refused.has(REFUSAL_PAGE)).as(refused.toString()).isTrue();
    }

    @Test
    @DisplayName("the direct grant is refused to the person and open to the exempt one")
    void directGrant() {
        assertThat(directGrant(PERSON).status()).isIn(400, 401, 403);
        assertThat(directGrant(PERSON).body().has("access_token")).isFalse();
        assertThat(directGrant(EXEMPT).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("a refresh token from before enforcement is refused")
    void refresh() {
        try (AdminClient admin = AdminClient.ofPerson(server, "acme", EXEMPT, password)) {
            assertThat(admin.put("/sso-policy", policy("OFF")).status()).isBetween(200, 204);
            Answer tokens = directGrant(PERSON);
            assertThat(tokens.status()).as(tokens.toString()).isEqualTo(200);

            assertThat(admin.put("/sso-policy", policy("ENFORCE")).status()).isBetween(200, 204);

            Answer refreshed = browser()
                    .token(Map.of(
                            "client_id",
                            CLIENT,
                            "grant_type",
                            "refresh_token",
                            "refresh_token",
                            tokens.at("/refresh_token")));
            assertThat(refreshed.status()).as(refreshed.toString()).isEqualTo(400);
            assertThat(refreshed.body().has("access_token")).isFalse();
        }
    }

    @Test
    @DisplayName("while it runs, another start on the same directory is refused, and on the same port too")
    void twice() {
        Outcome again = script.run("--detach", "--port", String.valueOf(freePort()));
        assertThat(again.exitCode()).isEqualTo(1);
        assertThat(again.output()).contains("already running at " + server.url(), "--stop");

        LocalRunScript other = LocalRunScript.in(TestRun.workDirectory().resolve("local-run-other"));
        Outcome inUse = other.run("--detach", "--port", String.valueOf(port));
        assertThat(inUse.exitCode()).isEqualTo(1);
        assertThat(inUse.output()).contains("port " + port, "is in use", "--port N");
        assertThat(other.run("--stop").output()).contains("Nothing runs");
    }

    @Test
    @DisplayName("an unknown option is answered with the allowed ones")
    void unknownOption() {
        Outcome outcome = script.run("--prot", "1");

        assertThat(outcome.exitCode()).isEqualTo(2);
        assertThat(outcome.output()).contains("unknown option --prot", "--port N", "--no-demo");
    }

    @Test
    @DisplayName("no secret is in the server's log")
    void log() {
        assertThat(server.log())
                .doesNotContain(
                        password,
                        script.connection().path("token").asText(),
                        script.connection().path("adminPassword").asText());
    }

    @Test
    @Order(Integer.MAX_VALUE)
    @DisplayName("--fresh --no-demo: realms, connection and token; nobody pushed, nothing enforced")
    void noDemo() {
        server.close();
        int another = freePort();
        Outcome outcome = script.run("--detach", "--fresh", "--no-demo", "--port", String.valueOf(another));

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).doesNotContain("Unpacking", "Building", "People provisioned");
        JsonNode connection = script.connection();
        assertThat(connection.path("token")).isNotEqualTo(firstConnection.path("token"));
        ScimClient scim = ScimClient.withToken(
                URI.create(connection.path("baseUrl").asText()),
                connection.path("token").asText());
        assertThat(scim.get("/Users?startIndex=1&count=100").text()).doesNotContain("externalId");
        assertThat(scim.get("/Groups?startIndex=1&count=2").at("/totalResults")).isEqualTo("0");
        KeycloakServer fresh = script.server(another);
        try (AdminClient admin = AdminClient.ofPerson(
                fresh, "acme", EXEMPT, connection.path("demoPassword").asText())) {
            assertThat(admin.get("/sso-policy").at("/mode")).isEqualTo("OFF");
        }
    }

    private static OidcBrowser browser() {
        return new OidcBrowser(server.url(), "acme");
    }

    private static Map<String, String> app() {
        return Map.of("client_id", CLIENT);
    }

    private static Answer directGrant(String username) {
        return browser()
                .token(Map.of(
                        "client_id", CLIENT,
                        "grant_type", "password",
                        "username", username,
                        "password", password,
                        "scope", "openid"));
    }

    private static Map<String, Object> policy(String mode) {
        return Map.of("mode", mode, "allowedProviders", List.of("okta"), "exemptRole", "sso-exempt");
    }

    /** A port that is free together with the management port that belongs to it. */
    private static int freePort() {
        while (true) {
            try (ServerSocket http = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    ServerSocket management = new ServerSocket(
                            script.managementPort(http.getLocalPort()), 1, InetAddress.getLoopbackAddress())) {
                assertThat(management.isBound()).isTrue();
                return http.getLocalPort();
            } catch (IOException | IllegalArgumentException e) {
                // the second one is taken or beyond the last port: another pair
            }
        }
    }
}
