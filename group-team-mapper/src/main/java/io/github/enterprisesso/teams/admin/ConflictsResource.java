package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.store.ConflictEntity;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.sync.GroupMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Conflicts that wait for a decision, and the decision. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.WILDCARD)
public class ConflictsResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final MapperState state;
    private final GroupMapper mapper;

    ConflictsResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, GroupMapper mapper) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.mapper = mapper;
        this.state = mapper.state();
    }

    /** Oldest first, of one user or group or of all. */
    @GET
    public ConflictJson.Page list(
            @QueryParam("userId") String userId,
            @QueryParam("groupId") String groupId,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        return new ConflictJson.Page(
                state.conflicts().count(userId, groupId),
                state.conflicts().page(userId, groupId, Paging.from(first), Paging.atMost(max)).stream()
                        .map(this::json)
                        .toList());
    }

    /** The user keeps what he has, and is asked no more about these two mappings. */
    @POST
    @Path("{id}/keep-current")
    public void keepCurrent(@PathParam("id") String id) {
        decide(id, false);
    }

    /** The user moves, and is asked no more about these two mappings. */
    @POST
    @Path("{id}/use-incoming")
    public void useIncoming(@PathParam("id") String id) {
        decide(id, true);
    }

    private void decide(String id, boolean useIncoming) {
        auth.users().requireManage();
        mapper.decide(state.conflicts().find(id).orElseThrow(() -> Refusal.notFound("Conflict")), useIncoming);
    }

    private ConflictJson json(ConflictEntity entity) {
        Conflict conflict = entity.conflict();
        UserModel user = session.users().getUserById(realm, entity.getUserId());
        return new ConflictJson(
                entity.getId(),
                entity.getUserId(),
                user == null ? null : user.getUsername(),
                conflict.type().name(),
                side(conflict.currentId()),
                side(conflict.incomingId()),
                Instant.ofEpochMilli(entity.getCreatedAt()).toString());
    }

    private ConflictJson.Side side(String mappingId) {
        return state.mappings()
                .find(mappingId)
                .map(mapping -> {
                    GroupModel group = session.groups().getGroupById(realm, mapping.getGroupId());
                    return new ConflictJson.Side(
                            mappingId,
                            mapping.getGroupId(),
                            group == null ? null : group.getName(),
                            mapping.getTargetType().name(),
                            mapping.getTargetId(),
                            mapping.toMapping().target().map(mapper::name).orElse(null));
                })
                .orElseGet(() -> new ConflictJson.Side(mappingId, null, null, "EXCLUSIVE_GROUP", null, null));
    }
}
