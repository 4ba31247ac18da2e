package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.sync.GroupMapper;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Mappings of pushed and claimed groups, and the decision on those that wait for one. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class MappingsResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final MapperState state;
    private final Lookup lookup;
    private final Views views;

    MappingsResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.state = new MapperState(session, realm.getId());
        this.lookup = new Lookup(session, realm);
        this.views = new Views(session, realm);
    }

    @GET
    public List<MappingJson> list() {
        auth.users().requireView();
        return state.mappings().all().stream().map(views::mapping).toList();
    }

    @GET
    @Path("{id}")
    public MappingJson one(@PathParam("id") String id) {
        auth.users().requireView();
        return views.mapping(lookup.mapping(id));
    }

    /** Maps a pushed or claimed group to a target, approved at once. */
    @POST
    public Response map(MappingJson.New wanted) {
        auth.users().requireManage();
        GroupMapper mapper = lookup.mapper();
        MappingCheck check = new MappingCheck(session, realm, mapper);
        String groupId = check.groupToMap(wanted);
        TargetType type = MappingCheck.type(wanted.targetType());
        boolean byId = wanted.targetId() != null && !wanted.targetId().isBlank();
        boolean byName = wanted.targetName() != null && !wanted.targetName().isBlank();
        if (byId == byName) {
            throw Refusal.field("targetId", "either targetId or targetName is needed");
        }
        Target target = byId
                ? check.target(new Target(type, wanted.targetId()), "targetId")
                : check.named(type, wanted.targetName().strip(), groupId, "targetName");
        check.refuseSecond(groupId, target, null);
        MappingJson made = views.mapping(mapper.map(groupId, target));
        return Response.created(session.getContext()
                        .getUri()
                        .getAbsolutePathBuilder()
                        .path(made.id())
                        .build())
                .entity(made)
                .build();
    }

    /** Approves a mapping, perhaps with another team, or rejects it. */
    @PUT
    @Path("{id}")
    public MappingJson decide(@PathParam("id") String id, MappingJson.Decision decision) {
        auth.users().requireManage();
        GroupMapper mapper = lookup.mapper();
        MappingEntity mapping = lookup.mapping(id);
        String status = decision == null ? null : decision.status();
        if (MappingStatus.REJECTED.name().equals(status)) {
            mapper.reject(mapping);
        } else if (MappingStatus.APPROVED.name().equals(status) && mapping.isBuried() && mapping.isBraked()) {
            mapper.release(mapping);
        } else if (MappingStatus.APPROVED.name().equals(status)) {
            if (mapping.isBuried()) {
                throw Refusal.conflict(
                        "The mapping's group was deleted: bring the group back first, or reject the mapping");
            }
            MappingCheck check = new MappingCheck(session, realm, mapper);
            Target target = check.decidedTarget(mapping, decision.targetId());
            check.refuseSecond(mapping.getGroupId(), target, mapping.getId());
            mapper.approve(mapping, target);
        } else {
            throw Refusal.field("status", "'" + status + "' cannot be set; allowed are APPROVED and REJECTED");
        }
        return views.mapping(mapping);
    }

    @DELETE
    @Path("{id}")
    public void unmap(@PathParam("id") String id) {
        auth.users().requireManage();
        lookup.mapper().unmap(lookup.mapping(id));
    }
}
