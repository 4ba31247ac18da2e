package io.github.enterprisesso.scim.admin;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/**
 * {@code GET|POST /tokens} and {@code DELETE /tokens/{tokenId}} of a connection. Creating one takes manage-users as well:
 * its holder manages users.
 * No class-level path: it would make this a root resource of the server.
 */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TokensResource {

    private static final String RESOURCE_TYPE = "SCIM_TOKEN";
    private static final List<String> FIELDS = List.of("label", "expiresAt", "scopes");
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
        auth.realm().requireManageIdentityProviders();
        auth.users().requireManage();
        RequestBody body = new RequestBody(json, FIELDS);
        String label = body.text("label");
        Instant expiresAt = body.futureInstant("expiresAt", Instant.ofEpochMilli(Time.currentTimeMillis()));
        Set<Scope> scopes = scopes(body);
        body.requireValid();
        Issued issued = tokens.issue(
                connection, label, expiresAt, scopes, auth.adminAuth().getUser().getUsername());
        record(OperationType.CREATE, issued.token());
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
        ScimToken token = tokens.find(connection, tokenId)
                .orElseThrow(() -> new NotFoundException("The connection has no token " + tokenId));
        tokens.revoke(token);
        record(OperationType.DELETE, token);
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
