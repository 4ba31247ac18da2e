package io.github.enterprisesso.it.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;

/** Speaks to the SCIM endpoint with the headers that Okta's client sends. */
public final class ScimClient {

    private static final String SCIM_JSON = "application/scim+json; charset=utf-8";

    private final URI baseUrl;
    private final String authorization;

    private ScimClient(URI baseUrl, String authorization) {
        this.baseUrl = baseUrl;
        this.authorization = authorization;
    }

    /** @param baseUrl ends in {@code /scim-provisioning/v2} */
    public static ScimClient withToken(URI baseUrl, String token) {
        return new ScimClient(baseUrl, "Bearer " + token);
    }

    /** The same endpoint with another {@code Authorization} header; null sends none. */
    public ScimClient withAuthorization(String header) {
        return new ScimClient(baseUrl, header);
    }

    public URI baseUrl() {
        return baseUrl;
    }

    /** The bearer token that this client sends. */
    public String token() {
        return authorization.substring("Bearer ".length());
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, Object body) {
        return send(withBody(path, "POST", body, SCIM_JSON));
    }

    public Answer put(String path, Object body) {
        return send(withBody(path, "PUT", body, SCIM_JSON));
    }

    public Answer patch(String path, Object body) {
        return send(withBody(path, "PATCH", body, SCIM_JSON));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    /** With one more header; a null body sends none. */
    public Answer send(String method, String path, Object body, String header, String value) {
        HttpRequest.Builder request = body == null
                ? request(path).method(method, BodyPublishers.noBody())
                : withBody(path, method, body, SCIM_JSON);
        return send(request.header(header, value));
    }

    /** For what a well-behaved client would not send. */
    public Answer send(String method, String path, String contentType, String body) {
        return send(withBody(path, method, body, contentType));
    }

    private static HttpRequest.Builder contentType(HttpRequest.Builder request, String contentType) {
        return contentType == null ? request : request.header("Content-Type", contentType);
    }

    private HttpRequest.Builder withBody(String path, String method, Object body, String contentType) {
        return contentType(request(path), contentType).method(method, BodyPublishers.ofString(Json.text(body)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(baseUrl + path.replace(" ", "%20").replace("\"", "%22")))
                .header("User-Agent", "Okta SCIM Client 1.0.0")
                .header("Accept", "application/scim+json")
                .header("Accept-Charset", "utf-8");
        return authorization == null ? request : request.header("Authorization", authorization);
    }

    private Answer send(HttpRequest.Builder request) {
        return Http.send(request.build());
    }
}
