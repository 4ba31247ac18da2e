package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.TombstoneEntity;
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
import java.util.List;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Groups that were deleted or emptied, and their way back. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TombstonesResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final MapperState state;
    private final Lookup lookup;
    private final Views views;

    TombstonesResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.state = new MapperState(session, realm.getId());
        this.lookup = new Lookup(session, realm);
        this.views = new Views(session, realm);
    }

    /** Deleted groups that are remembered, and groups that lost at least half of their members within an hour; newest first. */
    @GET
    public List<TombstoneJson> list(
            @QueryParam("first") @DefaultValue("0") int first, @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        return lookup.mapper().tombstones().page(Paging.from(first), Paging.atMost(max)).stream()
                .map(this::json)
                .toList();
    }

    /** Brings a deleted group back, with its mappings, roles and members; or the members of a group that was emptied. */
    @POST
    @Path("{id}/undo")
    @Consumes(MediaType.WILDCARD)
    public PushedGroupJson undo(@PathParam("id") String id) {
        auth.users().requireManage();
        GroupMapper mapper = lookup.mapper();
        GroupModel group = mapper.undo(mapper.tombstones()
                .find(id)
                .orElseThrow(() -> Refusal.notFound("Tombstone (kept for %d days)"
                        .formatted(mapper.settings().tombstoneDays()))));
        return views.groups(List.of(group.getId())).get(0);
    }

    private TombstoneJson json(TombstoneEntity tombstone) {
        GroupModel group = session.groups().getGroupById(realm, tombstone.getGroupId());
        List<MappingJson> mappings = state.tombstones().buried(tombstone.getId()).stream()
                .map(views::mapping)
                .toList();
        return new TombstoneJson(
                tombstone.getId(),
                tombstone.isDeparted() ? "EMPTIED" : "DELETED",
                tombstone.getGroupId(),
                tombstone.getName(),
                tombstone.getConnection(),
                tombstone.getRoles().isEmpty()
                        ? List.of()
                        : List.of(tombstone.getRoles().split(",")),
                state.tombstones().membersAway(tombstone),
                group != null,
                Views.iso(tombstone.getDeletedAt()),
                mappings);
    }
}
