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

/** One keep-alive connection to one API. An answer outside of 2xx ends the benchmark. */
final class Client {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String mediaType;
    private final String token;

    /** @param base without a slash at the end */
    Client(String base, String mediaType, String token) {
        this.base = base;
        this.mediaType = mediaType;
        this.token = token;
    }

    static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    static Client form(String base) {
        return new Client(base, "application/x-www-form-urlencoded", null);
    }

    JsonNode get(String path) {
        return json(send("GET", path, null));
    }

    /** The id of what was created, from the {@code Location} or, without one, from the answer. */
    String post(String path, String body) {
        HttpResponse<String> response = send("POST", path, body);
        String location = response.headers().firstValue("Location").orElse("");
        return location.isEmpty()
                ? json(response).path("id").asText()
                : location.substring(location.lastIndexOf('/') + 1);
    }

    JsonNode postForJson(String path, String body) {
        return json(send("POST", path, body));
    }

    void put(String path, String body) {
        send("PUT", path, body);
    }

    void patch(String path, String body) {
        send("PATCH", path, body);
    }

    void delete(String path) {
        send("DELETE", path, null);
    }

    private static JsonNode json(HttpResponse<String> response) {
        try {
            return MAPPER.readTree(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", mediaType);
        }
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException(
                        method + " " + base + path + " answered " + response.statusCode() + " " + response.body());
            }
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
