package io.github.enterprisesso.it.scim;

import io.github.enterprisesso.it.server.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;

/** What the server's metrics endpoint says at one moment. */
public record Meters(String text) {

    public static Meters of(KeycloakServer keycloak) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(keycloak.managementUrl() + "/metrics"))
                .build();
        try {
            return new Meters(HttpClient.newHttpClient()
                    .send(request, BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The lines of a meter that have all the tags, each as {@code tag="value"}. */
    public List<String> lines(String meter, String... tags) {
        return Arrays.stream(text.split("\n"))
                .filter(line -> line.startsWith(meter + "{"))
                .filter(line -> Arrays.stream(tags).allMatch(line::contains))
                .toList();
    }
}
