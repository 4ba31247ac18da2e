package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/** One HTTP exchange whose answer is JSON, or nothing. */
final class JsonHttp {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Okta closes after 60 s; on a loaded machine the first request after a start can take its time. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Status and body; {@link MissingNode} when the body is empty or no JSON. */
    record Reply(int status, JsonNode body) {
        boolean ok() {
            return status / 100 == 2;
        }

        /** What the server says went wrong: SCIM's {@code detail}, Keycloak's {@code errorMessage}, OAuth's {@code error_description}. */
        String problem() {
            for (String field : new String[] {"detail", "errorMessage", "error_description", "error"}) {
                if (body.hasNonNull(field)) {
                    return status + " " + body.get(field).asText()
                            + (body.has("errors") ? " " + body.get("errors") : "");
                }
            }
            return String.valueOf(status);
        }
    }

    Reply send(String method, String uri, Map<String, String> headers, JsonNode body) {
        return send(
                method,
                uri,
                headers,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
    }

    Reply form(String uri, String encoded) {
        Map<String, String> headers = Map.of("Content-Type", "application/x-www-form-urlencoded");
        return send("POST", uri, headers, BodyPublishers.ofString(encoded));
    }

    private Reply send(String method, String uri, Map<String, String> headers, BodyPublisher body) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri)).timeout(TIMEOUT).method(method, body);
        headers.forEach(request::header);
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), json(response));
        } catch (IOException e) {
            throw new Failure(method + " " + uri + ": no answer (" + e + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    private static JsonNode json(HttpResponse<byte[]> response) throws IOException {
        boolean gzip = response.headers()
                .firstValue("Content-Encoding")
                .filter("gzip"::equals)
                .isPresent();
        byte[] bytes = response.body();
        try (InputStream in = new ByteArrayInputStream(bytes);
                InputStream plain = gzip ? new GZIPInputStream(in) : in) {
            String text = new String(plain.readAllBytes(), StandardCharsets.UTF_8).strip();
            return text.startsWith("{") || text.startsWith("[") ? JSON.readTree(text) : MissingNode.getInstance();
        }
    }
}
