package io.github.enterprisesso.scim.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.connection.BoundOrganization;
import io.github.enterprisesso.scim.connection.ConnectionOption;
import io.github.enterprisesso.scim.connection.InvalidConnectionException;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.connection.ScimConnectionFactory;
import io.github.enterprisesso.scim.connection.ScimConnectionProvider;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.inspector.RecordedRequests;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.keycloak.component.ComponentModel;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.urls.UrlType;

/**
 * {@code GET|POST /} and {@code GET|PUT|DELETE /{id}}: the connections of the realm. Reading takes
 * view-identity-providers, writing manage-identity-providers.
 * No class-level path: it would make this a root resource of the server.
 */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class ConnectionsResource {

    private static final List<String> FIELDS = List.of("id", "name", "identityProvider", "baseUrl", "options");

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    ConnectionsResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    @GET
    @Path("")
    public List<ConnectionRepresentation> list() {
        auth.realm().requireViewIdentityProviders();
        return ScimConnection.all(realm).stream()
                .sorted(Comparator.comparing(ScimConnection::name))
                .map(this::represent)
                .toList();
    }

    /** {@code {"name":"okta","identityProvider":"okta","options":{"groupProvisioning":"true"}}} gives 201. */
    @POST
    @Path("")
    public Response create(JsonNode json) {
        auth.realm().requireManageIdentityProviders();
        ComponentModel component = new ComponentModel();
        component.setParentId(realm.getId());
        component.setProviderType(ScimConnectionProvider.class.getName());
        component.setProviderId(ScimConnectionFactory.ID);
        fill(component, json);
        ComponentModel saved;
        try {
            saved = realm.addComponentModel(component);
        } catch (InvalidConnectionException e) {
            throw refuse(e);
        }
        ConnectionRepresentation connection = represent(find(saved.getId()));
        record(OperationType.CREATE, connection);
        URI location = session.getContext()
                .getUri()
                .getAbsolutePathBuilder()
                .path(saved.getId())
                .build();
        return Response.created(location).entity(connection).build();
    }

    @GET
    @Path("{id}")
    public ConnectionRepresentation get(@PathParam("id") String id) {
        auth.realm().requireViewIdentityProviders();
        return represent(find(id));
    }

    /** What is given replaces: options that are not in {@code options} fall back to their defaults. */
    @PUT
    @Path("{id}")
    public ConnectionRepresentation update(@PathParam("id") String id, JsonNode json) {
        auth.realm().requireManageIdentityProviders();
        ComponentModel component = new ComponentModel(find(id).component());
        fill(component, json);
        try {
            realm.updateComponent(component);
        } catch (InvalidConnectionException e) {
            throw refuse(e);
        }
        ConnectionRepresentation connection = represent(find(id));
        record(OperationType.UPDATE, connection);
        return connection;
    }

    /** The tokens go with it; the users and groups stay, provisioned by nobody. */
    @DELETE
    @Path("{id}")
    public void delete(@PathParam("id") String id) {
        auth.realm().requireManageIdentityProviders();
        ScimConnection connection = find(id);
        ConnectionRepresentation representation = represent(connection);
        realm.removeComponent(connection.component());
        record(OperationType.DELETE, representation);
    }

    @Path("{id}/tokens")
    public TokensResource tokens(@PathParam("id") String id) {
        auth.realm().requireViewIdentityProviders();
        return new TokensResource(session, realm, auth, adminEvent, find(id));
    }

    /**
     * The last requests of the connection, newest first; bodies are people's data, so view-users is needed as well.
     *
     * @param max at most 1000
     * @param status {@code 409}, {@code 4xx}, {@code failed}, or null for all
     */
    @GET
    @Path("{id}/requests")
    public List<RequestRepresentation> requests(
            @PathParam("id") String id,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max,
            @QueryParam("status") String status) {
        auth.realm().requireViewIdentityProviders();
        auth.users().requireView();
        StatusRange range = StatusRange.of(status);
        return new RecordedRequests(session)
                        .list(
                                find(id),
                                range.least(),
                                range.most(),
                                Math.max(0, first),
                                Math.min(Math.max(0, max), 1000))
                        .stream()
                        .map(RequestRepresentation::of)
                        .toList();
    }

    private void fill(ComponentModel component, JsonNode json) {
        RequestBody body = new RequestBody(json, FIELDS);
        if (body.has("name")) {
            component.setName(body.text("name"));
        }
        if (body.has("identityProvider")) {
            component.put(ScimConnection.IDENTITY_PROVIDER, body.text("identityProvider"));
        }
        if (body.has("options")) {
            fillOptions(component, body);
        }
        requireOrganization(component, body);
        body.requireValid();
    }

    /** The component itself cannot be so strict: an import brings organizations last. */
    private void requireOrganization(ComponentModel component, RequestBody body) {
        String alias = ConnectionOption.ORGANIZATION.read(component);
        if (!alias.isEmpty() && BoundOrganization.find(session, realm, alias).isEmpty()) {
            body.reject(ConnectionOption.ORGANIZATION.key(), BoundOrganization.REQUIRED);
        }
    }

    private static void fillOptions(ComponentModel component, RequestBody body) {
        JsonNode options = body.get("options");
        if (!options.isObject()) {
            body.reject("options", "must be an object of option values");
            return;
        }
        for (ConnectionOption option : ConnectionOption.values()) {
            component.getConfig().remove(option.key());
        }
        for (Map.Entry<String, JsonNode> option : options.properties()) {
            if (ConnectionOption.of(option.getKey()).isEmpty()) {
                body.reject(option.getKey(), "is no option of a connection");
            } else if (!option.getValue().isValueNode()) {
                body.reject(option.getKey(), "must be a string");
            } else if (!option.getValue().isNull()
                    && body.isStorable(option.getKey(), option.getValue().asText())) {
                component.put(option.getKey(), option.getValue().asText());
            }
        }
    }

    private static RuntimeException refuse(InvalidConnectionException e) {
        boolean taken =
                e.fields().size() == 1 && e.fields().getOrDefault("name", "").startsWith("is taken");
        return Refusal.fields(taken ? 409 : 400, e.fields());
    }

    private ScimConnection find(String id) {
        return ScimConnection.find(realm, id)
                .orElseThrow(() -> new NotFoundException("There is no SCIM connection " + id));
    }

    private ConnectionRepresentation represent(ScimConnection connection) {
        String server =
                session.getContext().getUri(UrlType.FRONTEND).getBaseUri().toString();
        return ConnectionRepresentation.of(connection, ScimContext.baseUrl(server, realm.getName()));
    }

    private void record(OperationType operation, ConnectionRepresentation connection) {
        adminEvent
                .operation(operation)
                .resource(ScimConnection.RESOURCE_TYPE)
                .resourcePath("scim-connections", connection.id())
                .representation(connection)
                .success();
    }
}
