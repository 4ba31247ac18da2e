package io.github.enterprisesso.scim.admin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.token.ScimToken;
import io.github.enterprisesso.scim.token.ScimTokens;
import io.github.enterprisesso.scim.token.ScimTokens.Issued;
import io.github.enterprisesso.scim.token.Scope;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * {@code GET|POST /tokens}, {@code POST /tokens/{tokenId}/rotate} and {@code DELETE /tokens/{tokenId}} of a connection.
 * Creating and rotating take manage-users as well: the holder of the token manages users.
 * No class-level path: it would make this a root resource of the server.
 */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TokensResource {

    private static final String RESOURCE_TYPE = "SCIM_TOKEN";
    private static final List<String> FIELDS = List.of("label", "expiresAt", "scopes");
    private static final List<String> ROTATION_FIELDS = List.of("overlap", "expiresAt");
    private static final Duration DEFAULT_OVERLAP = Duration.ofDays(1);
    private static final Duration MOST_OVERLAP = Duration.ofDays(90);
    private static final List<String> SCOPES =
            Arrays.stream(Scope.values()).map(Scope::text).toList();

    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;
    private final ScimConnection connection;
    private final ScimTokens tokens;

    TokensResource(
            KeycloakSession session,
            RealmModel realm,
            AdminPermissionEvaluator auth,
            AdminEventBuilder adminEvent,
            ScimConnection connection) {
        this.auth = auth;
        this.adminEvent = adminEvent;
        this.connection = connection;
        this.tokens = new ScimTokens(session, realm);
    }

    @GET
    @Path("")
    public List<TokenRepresentation> list() {
        auth.realm().requireViewIdentityProviders();
        return tokens.list(connection).stream()
                .map(token -> TokenRepresentation.of(token, null))
                .toList();
    }

    /** {@code {"label":"Okta","expiresAt":"2027-01-31T00:00:00Z","scopes":["users","groups"]}} gives 201 and the token. */
    @POST
    @Path("")
    public Response create(JsonNode json) {
        requireMayIssue();
        RequestBody body = new RequestBody(json, FIELDS);
        String label = body.text("label");
        Instant expiresAt = body.futureInstant("expiresAt", now());
        Set<Scope> scopes = scopes(body);
        body.requireValid();
        Issued issued = tokens.issue(connection, label, expiresAt, scopes, administrator());
        record(OperationType.CREATE, issued.token());
        return created(issued);
    }

    /**
     * {@code {"overlap":"P7D","expiresAt":"2027-01-31T00:00:00Z"}} gives 201 and the new token, which has the label and the
     * scopes of the old one. The old one ends after the overlap (default one day) or at its own end, whichever is first.
     * Without {@code expiresAt} the new one lives as long as the old one was meant to. 409 when it was rotated before.
     */
    @POST
    @Path("{tokenId}/rotate")
    public Response rotate(@PathParam("tokenId") String tokenId, JsonNode json) {
        requireMayIssue();
        ScimToken old = find(tokenId);
        RequestBody body =
                new RequestBody(json == null ? JsonNodeFactory.instance.objectNode() : json, ROTATION_FIELDS);
        Duration overlap = body.duration("overlap", DEFAULT_OVERLAP, MOST_OVERLAP);
        Instant expiresAt = body.has("expiresAt") ? body.futureInstant("expiresAt", now()) : sameLife(old);
        body.requireValid();
        Issued issued = tokens.rotate(connection, old, now().plus(overlap), expiresAt, administrator())
                .orElseThrow(() -> Refusal.fields(409, Map.of("tokenId", "has been rotated already")));
        record(OperationType.CREATE, issued.token());
        record(OperationType.UPDATE, find(tokenId));
        return created(issued);
    }

    private static Instant sameLife(ScimToken old) {
        return old.expiresAt() == null ? null : now().plus(Duration.between(old.createdAt(), old.expiresAt()));
    }

    private void requireMayIssue() {
        auth.realm().requireManageIdentityProviders();
        auth.users().requireManage();
    }

    private String administrator() {
        return auth.adminAuth().getUser().getUsername();
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    private static Response created(Issued issued) {
        return Response.status(Response.Status.CREATED)
                .entity(TokenRepresentation.of(issued.token(), issued.text()))
                .build();
    }

    private static Set<Scope> scopes(RequestBody body) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        if (!body.has("scopes")) {
            return scopes;
        }
        JsonNode list = body.get("scopes");
        for (JsonNode text : list) {
            Scope.of(text.asText())
                    .ifPresentOrElse(scopes::add, () -> body.reject("scopes", "must be some of " + SCOPES));
        }
        if (!list.isArray() || !scopes.contains(Scope.USERS) && !scopes.contains(Scope.GROUPS)) {
            body.reject("scopes", "must be a list of some of " + SCOPES + ", with users or groups among them");
        }
        return scopes;
    }

    @DELETE
    @Path("{tokenId}")
    public void revoke(@PathParam("tokenId") String tokenId) {
        auth.realm().requireManageIdentityProviders();
        ScimToken token = find(tokenId);
        tokens.revoke(token);
        record(OperationType.DELETE, token);
    }

    private ScimToken find(String tokenId) {
        return tokens.find(connection, tokenId)
                .orElseThrow(() -> new NotFoundException("The connection has no token " + tokenId));
    }

    private void record(OperationType operation, ScimToken token) {
        adminEvent
                .operation(operation)
                .resource(RESOURCE_TYPE)
                .resourcePath("scim-connections", connection.id(), "tokens", token.id())
                .representation(TokenRepresentation.of(token, null))
                .success();
    }
}
