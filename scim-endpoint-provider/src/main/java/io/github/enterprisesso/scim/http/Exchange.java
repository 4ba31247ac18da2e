package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.BulkRequest;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.token.ExpiryWarnings;
import io.github.enterprisesso.scim.token.ScimTokens;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * One request: who asks, what the router answers, and one transaction around it ({@link Bulk} has one for each operation). Any
 * error takes everything back, and every answer is {@code application/scim+json}: an error response without a media type
 * becomes a 500 in Keycloak.
 */
final class Exchange {

    static final String MEDIA_TYPE = "application/scim+json";

    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final KeycloakSession session;
    private final NodeState node;
    private final RealmModel realm;
    private final HttpHeaders headers;
    private int retryAfterSeconds;
    private Observation observation;

    Exchange(KeycloakSession session, NodeState node) {
        this.session = session;
        this.node = node;
        this.realm = session.getContext().getRealm();
        this.headers = session.getContext().getHttpRequest().getHttpHeaders();
    }

    Response answer(String method, InputStream body) {
        observation = new Observation(session, node.requestLog(), method, path());
        return observation.of(() -> exchange(method, body));
    }

    private Response exchange(String method, InputStream body) {
        Response response;
        try {
            response = respond(route(method, body));
            commit();
            if (!method.equals("GET")) {
                node.walks().changed(realm.getId());
            }
        } catch (RuntimeException e) {
            response = refuse(Failure.of(e, path(), observation.id(), realm));
        }
        return response;
    }

    private Answer route(String method, InputStream body) {
        requireUsableRealm();
        ScimContext scim = authenticate();
        requireRate(scim, 1);
        // Before the use is recorded: it writes the same row in another transaction.
        ExpiryWarnings.giveFor(session, realm, scim.token());
        ScimTokens tokens = new ScimTokens(session, realm);
        int maxSize = scim.connection().maxRequestSize();
        if (Bulk.isAt(method, path())) {
            BulkRequest request =
                    BulkRequest.parse(read(body, maxSize), scim.connection().bulkOperations());
            // Each operation counts, the first with the request itself; more than a minute's worth could never be sent.
            requireRate(
                    scim,
                    Math.min(request.operations().size(), scim.connection().requestsPerMinute()) - 1);
            tokens.recordUse(scim.token());
            commit();
            return new Bulk(scim, node.walks(), observation).answer(request);
        }
        Answer answer = new Router(scim, this::parameter, new Preconditions(headers), new Lists(scim, node.walks()))
                .route(method, path(), () -> read(body, maxSize));
        tokens.recordUse(scim.token());
        return answer;
    }

    private ScimContext authenticate() {
        Authentication authentication = new Authentication(session, node.failures(), observation);
        String header = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        return Router.isMe(path()) ? authentication.person(header) : authentication.authenticate(header);
    }

    private String parameter(String name) {
        return session.getContext().getUri().getQueryParameters().getFirst(name);
    }

    private void requireRate(ScimContext scim, int requests) {
        int perMinute = scim.connection().requestsPerMinute();
        retryAfterSeconds = node.requests().secondsToWait(scim.token().id(), perMinute, requests);
        if (retryAfterSeconds > 0) {
            throw ScimException.tooManyRequests(perMinute, retryAfterSeconds);
        }
    }

    private void requireUsableRealm() {
        if (!realm.isEnabled()) {
            throw ScimException.forbidden("The realm is disabled.");
        }
        boolean secure =
                "https".equals(session.getContext().getUri().getBaseUri().getScheme());
        if (!secure && realm.getSslRequired().isRequired(session.getContext().getConnection())) {
            throw ScimException.forbidden("HTTPS is required.");
        }
    }

    /** The path below the mount point: {@code /v2/Users/…}, without a slash at the end. */
    private String path() {
        String path = session.getContext().getUri().getPath();
        // Not the first occurrence of the id alone: the realm itself may be called so.
        String mount = "realms/" + realm.getName() + "/" + ScimRealmResourceProviderFactory.ID;
        String below = path.substring(path.indexOf(mount) + mount.length());
        return below.endsWith("/") ? below.substring(0, below.length() - 1) : below;
    }

    private ResourceBody read(InputStream body, int maxSize) {
        String mediaType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (!isJson(mediaType)) {
            throw ScimException.unsupportedMediaType(mediaType);
        }
        try {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(maxSize + 1);
            if (bytes.length > maxSize) {
                throw ScimException.payloadTooLarge(maxSize);
            }
            JsonNode json = JSON.readTree(bytes);
            observation.body(json);
            return new ResourceBody(json);
        } catch (JsonProcessingException e) {
            // The parser's own message may quote the body, and the body may hold a password.
            throw ScimException.invalidSyntax(
                    "The body is no JSON; it stops being so in line " + line(e) + ", column " + column(e) + ".");
        } catch (IOException e) {
            throw ScimException.invalidSyntax("The body could not be read.");
        }
    }

    private static int line(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getLineNr();
    }

    private static int column(JsonProcessingException e) {
        return e.getLocation() == null ? 1 : e.getLocation().getColumnNr();
    }

    private static boolean isJson(String mediaType) {
        if (mediaType == null) {
            return false;
        }
        String type = mediaType.split(";", 2)[0].trim().toLowerCase(Locale.ROOT);
        return type.equals(MEDIA_TYPE) || type.equals("application/json");
    }

    /** Before the answer leaves: what the database refuses now must still become an error of ours. */
    private void commit() {
        if (session.getTransactionManager().isActive()) {
            session.getTransactionManager().commit();
        }
    }

    private Response refuse(ScimException e) {
        if (session.getTransactionManager().isActive()) {
            session.getTransactionManager().setRollbackOnly();
        }
        observation.failure(e.getMessage());
        Response.ResponseBuilder response =
                Response.status(e.status()).type(MEDIA_TYPE).entity(bytes(e.toJson()));
        if (e.status() == 401) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, Authentication.challenge(realm));
        }
        if (retryAfterSeconds > 0) {
            response.header(HttpHeaders.RETRY_AFTER, retryAfterSeconds);
        }
        if (e.status() == 405) {
            response.header(HttpHeaders.ALLOW, String.join(", ", Router.methods(path())));
        }
        return response.build();
    }

    private static Response respond(Answer answer) {
        Response.ResponseBuilder response =
                Response.status(answer.status()).header(HttpHeaders.CACHE_CONTROL, "no-store");
        if (answer.json() != null) {
            response.type(MEDIA_TYPE).entity(bytes(answer.json()));
        }
        if (answer.location() != null) {
            response.header(HttpHeaders.LOCATION, answer.location());
        }
        if (answer.version() != null) {
            response.header(HttpHeaders.ETAG, answer.version().text());
        }
        answer.headers().forEach(response::header);
        return response.build();
    }

    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree is always JSON", e);
        }
    }
}
