package io.github.enterprisesso.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Creates people and looks them up by userName, by SCIM and by admin REST, against the server that
 * {@code docker/run-local.sh --detach} has started. Arguments: the path of its {@code connection.json} and the number of
 * rounds (default 300).
 */
public final class LookUpAndCreate {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;
    private final String scimToken;
    private final String adminUrl;
    private final String tokenUrl;
    private final String tokenRequest;
    private final String run = Long.toString(System.currentTimeMillis(), 36);

    private String adminToken;
    private long adminTokenTime;

    private LookUpAndCreate(JsonNode connection) {
        this.baseUrl = connection.path("baseUrl").asText();
        this.scimToken = connection.path("token").asText();
        String keycloak = connection.path("keycloakUrl").asText();
        this.adminUrl = keycloak + "/admin/realms/" + connection.path("realm").asText();
        this.tokenUrl = keycloak + "/realms/master/protocol/openid-connect/token";
        this.tokenRequest = "grant_type=password&client_id=admin-cli&username="
                + encode(connection.path("adminUser").asText()) + "&password="
                + encode(connection.path("adminPassword").asText());
    }

    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("Arguments: <path of connection.json> [rounds]");
            System.exit(2);
        }
        int rounds = arguments.length == 2 ? Integer.parseInt(arguments[1]) : 300;
        JsonNode connection = MAPPER.readTree(Files.readString(Path.of(arguments[0])));
        new LookUpAndCreate(connection).compare(rounds).forEach(System.out::println);
    }

    private List<Result> compare(int rounds) {
        int warmUp = Math.max(20, rounds / 5);
        List<Result> create = new Comparison("create user")
                .variant("SCIM", this::createByScim)
                .variant("admin REST", this::createByAdmin)
                .run(warmUp, rounds);
        List<Result> lookUp = new Comparison("look-up by userName")
                .variant("SCIM", round -> lookUpByScim(scimName(round)))
                .variant("admin REST", round -> lookUpByAdmin(scimName(round)))
                .run(warmUp, rounds);
        List<Result> miss = new Comparison("look-up, nobody")
                .variant("SCIM", round -> lookUpByScim("nobody-" + round + "@bench.test"))
                .variant("admin REST", round -> lookUpByAdmin("nobody-" + round + "@bench.test"))
                .run(warmUp, rounds);
        return Stream.of(create, lookUp, miss).flatMap(List::stream).toList();
    }

    private String scimName(int round) {
        return "scim-" + run + "-" + round + "@bench.test";
    }

    private void createByScim(int round) {
        String name = scimName(round);
        post(baseUrl + "/Users", scimToken, "application/scim+json", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s","externalId":"%s",
                 "name":{"givenName":"Bench","familyName":"Mark"},
                 "emails":[{"primary":true,"value":"%s","type":"work"}],"active":true}""".formatted(name, name, name));
    }

    private void createByAdmin(int round) {
        String name = "admin-" + run + "-" + round + "@bench.test";
        post(adminUrl + "/users", adminToken(), "application/json", """
                {"username":"%s","email":"%s","firstName":"Bench","lastName":"Mark","emailVerified":true,"enabled":true}""".formatted(name, name));
    }

    private void lookUpByScim(String name) {
        get(baseUrl + "/Users?filter=" + encode("userName eq \"" + name + "\"") + "&startIndex=1&count=100", scimToken);
    }

    private void lookUpByAdmin(String name) {
        get(adminUrl + "/users?exact=true&username=" + encode(name), adminToken());
    }

    /** An administrator's access token lives a minute: a new one for each half. */
    private String adminToken() {
        if (System.nanoTime() - adminTokenTime < 30_000_000_000L && adminToken != null) {
            return adminToken;
        }
        String answer = send(HttpRequest.newBuilder(URI.create(tokenUrl))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(tokenRequest)));
        try {
            adminToken = MAPPER.readTree(answer).path("access_token").asText();
            adminTokenTime = System.nanoTime();
            return adminToken;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void get(String uri, String token) {
        send(HttpRequest.newBuilder(URI.create(uri)).header("Authorization", "Bearer " + token));
    }

    private void post(String uri, String token, String contentType, String body) {
        send(HttpRequest.newBuilder(URI.create(uri))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body)));
    }

    private String send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(request.uri() + " answered " + response.statusCode());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
