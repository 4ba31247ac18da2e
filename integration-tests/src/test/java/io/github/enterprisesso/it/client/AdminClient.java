package io.github.enterprisesso.it.client;

import io.github.enterprisesso.it.server.KeycloakServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import org.keycloak.admin.client.Keycloak;
import org.keycloak.admin.client.resource.RealmResource;

/** An administrator of one realm: Keycloak's own admin client, and plain calls for the resources that the bundle adds. */
public final class AdminClient implements AutoCloseable {

    private final URI server;
    private final String realm;
    private final Keycloak keycloak;

    private AdminClient(URI server, String realm, Keycloak keycloak) {
        this.server = server;
        this.realm = realm;
        this.keycloak = keycloak;
    }

    /** The administrator that the server was started with. */
    public static AdminClient ofMaster(KeycloakServer server, String realm) {
        return new AdminClient(
                server.url(),
                realm,
                Keycloak.getInstance(
                        server.url().toString(),
                        "master",
                        KeycloakServer.ADMIN_USER,
                        KeycloakServer.ADMIN_PASSWORD,
                        "admin-cli"));
    }

    /** A person of the realm itself, with whatever admin rights he holds there. */
    public static AdminClient ofPerson(KeycloakServer server, String realm, String username, String password) {
        return new AdminClient(
                server.url(),
                realm,
                Keycloak.getInstance(server.url().toString(), realm, username, password, "admin-cli"));
    }

    public Keycloak keycloak() {
        return keycloak;
    }

    public RealmResource realm() {
        return keycloak.realm(realm);
    }

    /** @param path below {@code /admin/realms/{realm}}, with a leading slash */
    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** @param accept the media type that is wanted */
    public Answer get(String path, String accept) {
        return send(request(path).GET(), accept);
    }

    public Answer post(String path, Object body) {
        return send(json(path, "POST", body));
    }

    public Answer put(String path, Object body) {
        return send(json(path, "PUT", body));
    }

    /** The same from an administrator whose browser asks for a language. */
    public Answer put(String path, Object body, String language) {
        return send(json(path, "PUT", body).header("Accept-Language", language));
    }

    public Answer patch(String path, Object body) {
        return send(json(path, "PATCH", body));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    private HttpRequest.Builder json(String path, String method, Object body) {
        return request(path)
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(Json.text(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server + "/admin/realms/" + realm + path.replace(" ", "%20")));
    }

    private Answer send(HttpRequest.Builder request) {
        return send(request, "application/json");
    }

    private Answer send(HttpRequest.Builder request, String accept) {
        return Http.send(request.header(
                        "Authorization", "Bearer " + keycloak.tokenManager().getAccessTokenString())
                .header("Accept", accept)
                .build());
    }

    @Override
    public void close() {
        keycloak.close();
    }
}
