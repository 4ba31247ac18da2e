package io.github.enterprisesso.it.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The telephone of a person who is asked to approve a login elsewhere (CIBA). It serves every server of the run. */
public final class AuthenticationDevice {

    private static final AuthenticationDevice DEVICE = new AuthenticationDevice();

    private final BlockingQueue<String> requests = new LinkedBlockingQueue<>();
    private final String channel;

    private AuthenticationDevice() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::receive);
            server.start();
            channel = "http://localhost:" + server.getAddress().getPort() + "/";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address that Keycloak sends its requests to. */
    static String channel() {
        return DEVICE.channel;
    }

    private void receive(HttpExchange exchange) throws IOException {
        requests.add(exchange.getRequestHeaders().getFirst("Authorization"));
        exchange.sendResponseHeaders(201, -1);
        exchange.close();
    }

    /** The person approves the request that came first. */
    public static void approve() {
        try {
            String authorization = DEVICE.requests.poll(1, TimeUnit.MINUTES);
            if (authorization == null) {
                throw new AssertionError("Nobody has asked for an approval");
            }
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(
                                            issuer(authorization) + "/protocol/openid-connect/ext/ciba/auth/callback"))
                                    .header("Authorization", authorization)
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString("{\"status\":\"SUCCEED\"}"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new AssertionError("approval: " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String issuer(String authorization) throws IOException {
        String payload = authorization.split("\\.")[1];
        JsonNode token = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(payload));
        return token.path("iss").asText();
    }
}
