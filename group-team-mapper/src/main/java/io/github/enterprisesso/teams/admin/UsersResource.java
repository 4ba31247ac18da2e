package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.store.ClaimEntity;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.store.GrantEntity;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.PushedGroupEntity;
import io.github.enterprisesso.teams.sync.GroupMapper;
import io.github.enterprisesso.teams.sync.Outlook;
import io.github.enterprisesso.teams.sync.Roster;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** People: what they have, what their logins named, and why. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class UsersResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final MapperState state;
    private final Lookup lookup;
    private final Views views;

    UsersResource(KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.state = new MapperState(session, realm.getId());
        this.lookup = new Lookup(session, realm);
        this.views = new Views(session, realm);
    }

    /** Everybody, by user name, with teams and roles; who waits is marked, and so is who was invited, for whom may manage organizations. */
    @GET
    public PeopleJson list(
            @QueryParam("search") @DefaultValue("") String search,
            @QueryParam("first") @DefaultValue("0") int first,
            @QueryParam("max") @DefaultValue("100") int max) {
        auth.users().requireView();
        Roster roster = lookup.mapper().roster();
        return new PeopleJson(
                roster.count(search, null),
                roster.page(search, null, Paging.from(first), Paging.atMost(max)),
                Paging.from(first) == 0 && auth.orgs().canManage()
                        ? roster.invitations(search, Paging.atMost(-1))
                        : List.of());
    }

    /** What a user's last logins named, by provider. */
    @GET
    @Path("{id}/claims")
    public List<ClaimJson> claims(@PathParam("id") String id) {
        auth.users().requireView();
        return new Claims(session, realm.getId())
                .of(id).stream()
                        .map(claim -> new ClaimJson(
                                claim.getProvider(),
                                claim.getGroupId(),
                                lookup.mapper().groupName(claim.getGroupId()).orElse(null),
                                Views.iso(claim.getSeenAt())))
                        .toList();
    }

    /**
     * Why a user has what he has.
     *
     * @param without ids of pushed groups: what if he left them
     * @param with ids of pushed groups: what if he joined them
     */
    @GET
    @Path("{id}/explain")
    public ExplanationJson explain(
            @PathParam("id") String id,
            @QueryParam("without") List<String> without,
            @QueryParam("with") List<String> with) {
        auth.users().requireView();
        GroupMapper mapper = lookup.mapper();
        UserModel user = session.users().getUserById(realm, id);
        if (user == null) {
            throw Refusal.notFound("User");
        }
        MappingCheck check = new MappingCheck(session, realm, mapper);
        without.forEach(group -> check.knownGroup(group, "without"));
        with.forEach(group -> check.pushedGroup(group, "with"));
        boolean asks = !without.isEmpty() || !with.isEmpty();
        Origin origin = Origin.of(session, realm, user);
        List<GrantEntity> grants = state.grants().page(id, null, 0, Integer.MAX_VALUE);
        Outlook outlook = mapper.outlook();
        List<String> byHand = mapper.byHand(
                user, grants.stream().map(GrantEntity::entitlement).toList());
        List<Long> pushes = state
                .groups()
                .of(user.getGroupsStream().map(GroupModel::getId).toList())
                .stream()
                .map(PushedGroupEntity::getLastPush)
                .toList();
        List<Long> logins =
                mapper.claims().of(id).stream().map(ClaimEntity::getSeenAt).toList();
        return new ExplanationJson(
                id,
                user.getUsername(),
                !user.isEnabled(),
                origin.name(),
                origin.connection(),
                sources(!pushes.isEmpty(), !logins.isEmpty(), !byHand.isEmpty()),
                Stream.concat(pushes.stream(), logins.stream())
                        .max(Long::compare)
                        .map(Views::iso)
                        .orElse(null),
                SignInsJson.of(session, realm, user).orElse(null),
                grants.stream()
                        .map(grant -> views.grant(grant, mapper.reasons()))
                        .toList(),
                byHand,
                new ConflictsResource(session, realm, auth, mapper)
                        .list(id, null, 0, -1)
                        .conflicts(),
                outlook.drift(List.of(id)).stream()
                        .flatMap(forecast -> forecast.changes().stream())
                        .toList(),
                asks ? outlook.whatIf(id, Set.copyOf(without), Set.copyOf(with)) : null);
    }

    private static List<String> sources(boolean push, boolean login, boolean hand) {
        List<String> sources = new ArrayList<>();
        if (push) {
            sources.add("PUSH");
        }
        if (login) {
            sources.add("LOGIN");
        }
        if (hand) {
            sources.add("HAND");
        }
        return sources;
    }
}
