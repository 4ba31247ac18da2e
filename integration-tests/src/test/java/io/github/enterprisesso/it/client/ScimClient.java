package io.github.enterprisesso.it.client;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.Map;

/**
 * Speaks to the SCIM endpoint with the headers that Okta's client sends, and holds every answer against the schemas that the
 * service publishes, before the test looks at it.
 */
public final class ScimClient {

    private static final String SCIM_JSON = "application/scim+json; charset=utf-8";

    private final URI baseUrl;
    private final String authorization;
    private final SchemaCheck check;

    private ScimClient(URI baseUrl, String authorization, SchemaCheck check) {
        this.baseUrl = baseUrl;
        this.authorization = authorization;
        this.check = check;
    }

    private static ScimClient checked(URI baseUrl, String authorization) {
        return new ScimClient(
                baseUrl, authorization, new SchemaCheck(new ScimClient(baseUrl, authorization, null)::get));
    }

    /** @param baseUrl ends in {@code /scim-provisioning/v2} */
    public static ScimClient withToken(URI baseUrl, String token) {
        return checked(baseUrl, "Bearer " + token);
    }

    /** The same endpoint with another {@code Authorization} header; null sends none. */
    public ScimClient withAuthorization(String header) {
        return checked(baseUrl, header);
    }

    /** The same client for one whose token opens no schemas: those that the other one sees are his. */
    public ScimClient describedTo(ScimClient other) {
        return new ScimClient(baseUrl, authorization, other.check);
    }

    /** The same client for requests that Keycloak itself answers, before they reach the endpoint. */
    public ScimClient unchecked() {
        return new ScimClient(baseUrl, authorization, null);
    }

    /** Holds an answer against the schemas that another client of the same connection got. */
    public void check(String method, String path, Answer answer) {
        check.read(method, path, answer);
    }

    public URI baseUrl() {
        return baseUrl;
    }

    /** The bearer token that this client sends. */
    public String token() {
        return authorization.substring("Bearer ".length());
    }

    public Answer get(String path) {
        return send(path, request(path).GET());
    }

    public Answer post(String path, Object body) {
        return send(path, withBody(path, "POST", body, SCIM_JSON));
    }

    public Answer put(String path, Object body) {
        return send(path, withBody(path, "PUT", body, SCIM_JSON));
    }

    public Answer patch(String path, Object body) {
        return send(path, withBody(path, "PATCH", body, SCIM_JSON));
    }

    public Answer delete(String path) {
        return send(path, request(path).DELETE());
    }

    /** With one more header; a null body sends none. */
    public Answer send(String method, String path, Object body, String header, String value) {
        HttpRequest.Builder request = body == null
                ? request(path).method(method, BodyPublishers.noBody())
                : withBody(path, method, body, SCIM_JSON);
        return send(path, request.header(header, value));
    }

    /** For what a well-behaved client would not send. */
    public Answer send(String method, String path, String contentType, String body) {
        return send(path, withBody(path, method, body, contentType));
    }

    /**
     * As it is: no header but those given, and {@code Authorization} unless they have one.
     *
     * @param rawPath already encoded
     * @param body null for none
     */
    public Answer raw(String method, String rawPath, Map<String, String> headers, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + rawPath))
                .timeout(Duration.ofMinutes(1))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (!headers.containsKey("Authorization")) {
            request.header("Authorization", authorization);
        }
        headers.forEach(request::header);
        return send(rawPath, request);
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

    private Answer send(String path, HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        Answer answer = Http.send(request);
        if (check != null) {
            check.read(request.method(), path, answer);
        }
        return answer;
    }
}
