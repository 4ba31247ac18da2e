package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.enterprisesso.localrun.JsonHttp.Reply;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** Keycloak's admin REST API, ours included, as the administrator of the server; paths start below {@code /admin/realms/}. */
final class AdminApi {
    /** Keycloak's default life of an admin-cli token is 60 s. */
    private static final Duration TOKEN_LIFE = Duration.ofSeconds(40);

    private static final int PAGE = 100;

    private final JsonHttp http;
    private final String keycloakUrl;
    private final String user;
    private final String password;
    private String token;
    private Instant tokenSince = Instant.MIN;

    AdminApi(JsonHttp http, String keycloakUrl, String user, String password) {
        this.http = http;
        this.keycloakUrl = keycloakUrl;
        this.user = user;
        this.password = password;
    }

    JsonNode get(String path) {
        return call("GET", path, null);
    }

    /** All pages of a list that takes {@code first} and {@code max}. */
    ArrayNode all(String path) {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        String separator = path.contains("?") ? "&" : "?";
        JsonNode page;
        do {
            page = get(path + separator + "first=" + all.size() + "&max=" + PAGE);
            page.forEach(all::add);
        } while (page.size() == PAGE);
        return all;
    }

    JsonNode post(String path, JsonNode body) {
        return call("POST", path, body);
    }

    void put(String path, JsonNode body) {
        call("PUT", path, body);
    }

    void delete(String path) {
        call("DELETE", path, null);
    }

    private JsonNode call(String method, String path, JsonNode body) {
        Map<String, String> headers = Map.of(
                "Authorization", "Bearer " + token(), "Content-Type", "application/json", "Accept", "application/json");
        Reply reply = http.send(method, keycloakUrl + "/admin/realms/" + path, headers, body);
        if (!reply.ok()) {
            throw new Failure(method + " /admin/realms/" + path + " was refused: " + reply.problem());
        }
        return reply.body();
    }

    private String token() {
        if (tokenSince.plus(TOKEN_LIFE).isBefore(Instant.now())) {
            Reply reply = http.form(
                    keycloakUrl + "/realms/master/protocol/openid-connect/token",
                    "grant_type=password&client_id=admin-cli&username=" + encode(user) + "&password="
                            + encode(password));
            if (!reply.ok()) {
                throw new Failure("the administrator of connection.json cannot sign in: " + reply.problem()
                        + "\nStart with --fresh for a new database and a new administrator.");
            }
            token = reply.body().path("access_token").asText();
            tokenSince = Instant.now();
        }
        return token;
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
