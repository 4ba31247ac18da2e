package io.github.enterprisesso.scim.http;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import org.keycloak.models.KeycloakSession;

/**
 * Takes every request below the mount point, whatever its path, method and media type, so that every answer is SCIM's
 * and none JAX-RS's. Where it goes is {@link Router}'s matter.
 * No class-level path: it would make this a root resource of the server.
 */
@Consumes(MediaType.WILDCARD)
public class ScimEndpoint {

    private final KeycloakSession session;
    private final NodeState node;

    ScimEndpoint(KeycloakSession session, NodeState node) {
        this.session = session;
        this.node = node;
    }

    @GET
    @Path("{path: .*}")
    public Response get() {
        return new Exchange(session, node).answer("GET", null);
    }

    @POST
    @Path("{path: .*}")
    public Response post(InputStream body) {
        return new Exchange(session, node).answer("POST", body);
    }

    @PUT
    @Path("{path: .*}")
    public Response put(InputStream body) {
        return new Exchange(session, node).answer("PUT", body);
    }

    @PATCH
    @Path("{path: .*}")
    public Response patch(InputStream body) {
        return new Exchange(session, node).answer("PATCH", body);
    }

    @DELETE
    @Path("{path: .*}")
    public Response delete() {
        return new Exchange(session, node).answer("DELETE", null);
    }
}
