package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.token.ScimToken;
import io.github.enterprisesso.scim.token.ScimTokens;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import org.hibernate.exception.ConstraintViolationException;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.urls.UrlType;

/**
 * One request: who asks, what the router answers, and one transaction around it. Any error takes everything back, and every
 * answer is {@code application/scim+json}: an error response without a media type becomes a 500 in Keycloak.
 */
final class Exchange {

    static final String MEDIA_TYPE = "application/scim+json";

    /** A PUT of a group of 100,000 members is half of it. */
    private static final int MAX_BODY = 16 * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(Exchange.class);
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final HttpHeaders headers;

    Exchange(KeycloakSession session) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.headers = session.getContext().getHttpRequest().getHttpHeaders();
    }

    Response answer(String method, InputStream body) {
        Response response;
        try {
            response = respond(route(method, body));
            commit();
        } catch (ScimException e) {
            response = refuse(e);
        } catch (RuntimeException e) {
            response = refuse(translate(e));
        }
        return response;
    }

    private Answer route(String method, InputStream body) {
        requireUsableRealm();
        ScimTokens tokens = new ScimTokens(session, realm);
        ScimContext scim = authenticate(tokens);
        Answer answer = new Router(scim, session.getContext().getUri(), new Preconditions(headers))
                .route(method, path(), () -> read(body));
        tokens.recordUse(scim.token());
        return answer;
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

    private ScimContext authenticate(ScimTokens tokens) {
        String header = headers.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            throw ScimException.unauthorized("A bearer token is required: Authorization: Bearer <token>.");
        }
        ScimToken token = tokens.authenticate(header.substring(7).trim())
                .orElseThrow(() -> ScimException.unauthorized("The bearer token is unknown or has expired."));
        ScimConnection connection = ScimConnection.find(realm, token.connectionId())
                .orElseThrow(() -> ScimException.unauthorized("The bearer token is unknown or has expired."));
        return new ScimContext(session, realm, connection, token, baseUrl(session, realm));
    }

    private static String baseUrl(KeycloakSession session, RealmModel realm) {
        return ScimContext.baseUrl(
                session.getContext().getUri(UrlType.FRONTEND).getBaseUri().toString(), realm.getName());
    }

    /** The path below the mount point: {@code /v2/Users/…}, without a slash at the end. */
    private String path() {
        String path = session.getContext().getUri().getPath();
        int mount = path.indexOf("/" + ScimRealmResourceProviderFactory.ID);
        String below = path.substring(mount + 1 + ScimRealmResourceProviderFactory.ID.length());
        return below.endsWith("/") ? below.substring(0, below.length() - 1) : below;
    }

    private ResourceBody read(InputStream body) {
        String mediaType = headers.getHeaderString(HttpHeaders.CONTENT_TYPE);
        if (!isJson(mediaType)) {
            throw ScimException.unsupportedMediaType(mediaType);
        }
        try {
            byte[] bytes = body == null ? new byte[0] : body.readNBytes(MAX_BODY + 1);
            if (bytes.length > MAX_BODY) {
                throw ScimException.payloadTooLarge(MAX_BODY);
            }
            JsonNode json = JSON.readTree(bytes);
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

    private ScimException translate(RuntimeException e) {
        if (isCollision(e)) {
            LOG.debugf(e, "SCIM request collides with what is there");
            return ScimException.uniqueness("resource", "another one with the same unique attribute exists");
        }
        if (e instanceof ReadOnlyException) {
            return ScimException.mutability("resource", "is read-only in the store that it comes from");
        }
        if (e instanceof ModelException || e instanceof WebApplicationException web && isClientError(web)) {
            LOG.debugf(e, "SCIM request refused by Keycloak");
            return ScimException.invalidValue("resource", "Keycloak refuses it");
        }
        LOG.errorf(e, "SCIM request failed in realm %s", realm.getName());
        return ScimException.internal();
    }

    private static boolean isClientError(WebApplicationException e) {
        return e.getResponse().getStatus() < 500;
    }

    private static boolean isCollision(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConstraintViolationException || cause instanceof ModelDuplicateException) {
                return true;
            }
        }
        return false;
    }

    private Response refuse(ScimException e) {
        if (session.getTransactionManager().isActive()) {
            session.getTransactionManager().setRollbackOnly();
        }
        Response.ResponseBuilder response =
                Response.status(e.status()).type(MEDIA_TYPE).entity(bytes(e.toJson()));
        if (e.status() == 401) {
            LOG.warnf(
                    "SCIM request without a valid token in realm %s from %s",
                    realm.getName(), session.getContext().getConnection().getRemoteHost());
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"" + realm.getName() + "\"");
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
