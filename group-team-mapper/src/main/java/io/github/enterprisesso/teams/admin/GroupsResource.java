package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.sync.PushedGroup;
import io.github.enterprisesso.teams.sync.RealmReconciliation;
import io.github.enterprisesso.teams.sync.Roster;
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
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Pushed groups, their members, and bringing those in line. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class GroupsResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final AdminEventBuilder adminEvent;
    private final MapperState state;
    private final Lookup lookup;
    private final Views views;

    GroupsResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, AdminEventBuilder adminEvent) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.adminEvent = adminEvent;
        this.state = new MapperState(session, realm.getId());
        this.lookup = new Lookup(session, realm);
        this.views = new Views(session, realm);
    }

    /** Pushed groups whose name contains the search, whatever the case, by name. */
    @GET
    public List<PushedGroupJson> list(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        return views.groups(
                state.model().groupsWith(PushedGroup.CONNECTION, search, Paging.from(first), Paging.atMost(max)));
    }

    /** One pushed group. */
    @GET
    @Path("{id}")
    public PushedGroupJson one(@PathParam("id") String id) {
        auth.users().requireView();
        return views.groups(List.of(lookup.pushedGroup(id).getId())).get(0);
    }

    /** The members of a pushed group, by user name, each with what he has. */
    @GET
    @Path("{id}/members")
    public PeopleJson members(
            @PathParam("id") String id,
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        Roster roster = lookup.mapper().roster();
        String group = lookup.pushedGroup(id).getId();
        return new PeopleJson(
                roster.count(search, group),
                roster.page(search, group, Paging.from(first), Paging.atMost(max)),
                List.of());
    }

    /** Brings the members of one pushed group in line, and who has something through it. */
    @POST
    @Path("{id}/reconcile")
    @Consumes(MediaType.WILDCARD)
    public RealmReconciliation.Result reconcile(
            @PathParam("id") String id,
            @QueryParam("after") String after,
            @QueryParam("max") @DefaultValue("-1") int max) {
        auth.users().requireManage();
        lookup.mapper();
        return ReconciliationEvent.of(
                session, adminEvent, new RealmReconciliation(session, realm).run(lookup.pushedGroup(id), after, max));
    }
}
