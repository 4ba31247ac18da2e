package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.sessions.NonCompliantSessions;
import io.github.enterprisesso.sso.sessions.SessionCount;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.idm.ErrorRepresentation;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Sessions that do not comply with the policy (ENF-8). Counting needs {@code view-realm}, ending {@code manage-realm}. */
public final class SessionsResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;

    SessionsResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
    }

    /** How many sessions ENFORCE would refuse, whatever the mode is now. */
    @GET
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public SessionCount count() {
        auth.realm().requireViewRealm();
        return NonCompliantSessions.of(session, realm).count();
    }

    /**
     * Ends them.
     *
     * @param max how many at most, for a realm with very many; absent is all. Call again while {@code more} is true
     */
    @DELETE
    @Path("")
    @Produces(MediaType.APPLICATION_JSON)
    public Response end(@QueryParam("max") String max) {
        auth.realm().requireManageRealm();
        long limit = Page.number("max", max, Long.MAX_VALUE, 1, Long.MAX_VALUE);
        Mode mode = SsoGate.of(session, realm).policy().mode();
        if (mode != Mode.ENFORCE) {
            ErrorRepresentation error = new ErrorRepresentation();
            error.setErrorMessage("The policy refuses nobody in the mode %s; switch to ENFORCE first".formatted(mode));
            return Response.status(Response.Status.CONFLICT)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(error)
                    .build();
        }
        SessionCount ended = NonCompliantSessions.of(session, realm).end(limit);
        EndedRepresentation answer = new EndedRepresentation(ended.sessions(), ended.offline(), ended.total() == limit);
        adminEvent
                .operation(OperationType.ACTION)
                .resource(SsoPolicyResource.RESOURCE_TYPE)
                .resourcePath(SsoPolicyResourceProvider.ID, "sessions")
                .representation(Map.of("ended", answer))
                .success();
        return Response.ok(answer, MediaType.APPLICATION_JSON_TYPE).build();
    }

    /** @param more true if there may be more of them */
    public record EndedRepresentation(long sessions, long offline, boolean more) {}
}
