package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.claim.GroupsReader;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.sync.GroupMapper;
import io.github.enterprisesso.teams.sync.PushedGroup;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;

/** Mappings seen from the teams: each with the names of its groups, always the whole list. */
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TeamGroupMappingsResource {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AdminPermissionEvaluator auth;
    private final GroupMapper mapper;
    private final MapperState state;

    TeamGroupMappingsResource(
            KeycloakSession session, RealmModel realm, AdminPermissionEvaluator auth, GroupMapper mapper) {
        this.session = session;
        this.realm = realm;
        this.auth = auth;
        this.mapper = mapper;
        this.state = mapper.state();
    }

    @GET
    public TeamGroupMappingsJson list() {
        auth.users().requireView();
        Map<String, List<String>> teams = new TreeMap<>();
        approved()
                .forEach(mapping -> teams.computeIfAbsent(mapping.getTargetId(), id -> new ArrayList<>())
                        .add(groupName(mapping)));
        return new TeamGroupMappingsJson(teams.entrySet().stream()
                .map(team -> new TeamGroupMappingsJson.Team(
                        team.getKey(),
                        team.getValue().stream().distinct().sorted().toList()))
                .toList());
    }

    /** Replaces the groups of the teams that are named; an empty list takes all of a team's groups away. */
    @PATCH
    public TeamGroupMappingsJson change(TeamGroupMappingsJson wanted) {
        return save(wanted, false);
    }

    /** The same, and the teams that are not named lose all of theirs. */
    @PUT
    public TeamGroupMappingsJson replace(TeamGroupMappingsJson wanted) {
        return save(wanted, true);
    }

    private TeamGroupMappingsJson save(TeamGroupMappingsJson wanted, boolean all) {
        auth.users().requireManage();
        if (wanted == null || wanted.data() == null) {
            throw Refusal.field("data", "a list of teams is needed");
        }
        Set<String> named = new HashSet<>();
        Map<String, List<String>> groups = new TreeMap<>();
        for (TeamGroupMappingsJson.Team team : wanted.data()) {
            if (team == null) {
                throw Refusal.field("data", "null is no team");
            }
            Target target = new Target(TargetType.TEAM, String.valueOf(team.teamId()));
            mapper.refusal(target).ifPresent(refusal -> {
                throw Refusal.field("team_id", refusal);
            });
            if (!named.add(target.id())) {
                throw Refusal.conflict("Team '" + target.id() + "' is there twice");
            }
            groups.put(target.id(), groups(team));
        }
        approved().stream()
                .filter(mapping -> named.contains(mapping.getTargetId())
                        ? !groups.get(mapping.getTargetId()).contains(mapping.getGroupId())
                        : all)
                .forEach(mapper::unmap);
        groups.forEach((team, members) -> members.forEach(group -> map(group, new Target(TargetType.TEAM, team))));
        return list();
    }

    /** Ids of the groups: pushed ones, and where there is none and logins count, those that the providers call so. */
    private List<String> groups(TeamGroupMappingsJson.Team team) {
        List<String> names = team.groups() == null ? List.of() : team.groups();
        if (new HashSet<>(names).size() != names.size()) {
            throw Refusal.conflict("A group of team '" + team.teamId() + "' is there twice");
        }
        List<String> groups = new ArrayList<>();
        for (String name : names) {
            if (name == null) {
                throw Refusal.field("groups", "null is no name of a group");
            }
            List<String> found = state.model().groupsWith(PushedGroup.CONNECTION, name, 0, Integer.MAX_VALUE).stream()
                    .map(id -> session.groups().getGroupById(realm, id))
                    .filter(group -> group != null
                            && PushedGroup.is(group)
                            && group.getName().equals(name))
                    .map(GroupModel::getId)
                    .toList();
            if (found.isEmpty()
                    && mapper.settings().idpMapping()
                    && !name.isBlank()
                    && name.length() <= GroupsReader.LONGEST) {
                found = mapper.settings().identityProviders().stream()
                        .map(provider -> mapper.claimedGroup(provider, name))
                        .toList();
            }
            if (found.isEmpty()) {
                throw Refusal.field("groups", "there is no pushed group '" + name + "'; names are case-sensitive");
            }
            groups.addAll(found);
        }
        return groups;
    }

    private void map(String groupId, Target team) {
        Optional.ofNullable(session.groups().getGroupById(realm, groupId)).ifPresent(mapper::know);
        MappingEntity known = state.mappings().of(List.of(groupId)).stream()
                .filter(mapping ->
                        mapping.getTargetType() == team.type() && team.id().equals(mapping.getTargetId()))
                .findFirst()
                .orElse(null);
        if (known != null && known.getStatus().syncs()) {
            return;
        }
        mapper.taken(team, groupId).ifPresent(taken -> {
            session.getTransactionManager().setRollbackOnly();
            throw Refusal.conflict(taken);
        });
        if (known == null) {
            mapper.map(groupId, team);
        } else {
            mapper.approve(known, team);
        }
    }

    private List<MappingEntity> approved() {
        return state.mappings().all().stream()
                .filter(mapping -> mapping.getTargetType() == TargetType.TEAM
                        && mapping.getTargetId() != null
                        && mapping.getStatus().syncs())
                .toList();
    }

    private String groupName(MappingEntity mapping) {
        return mapper.groupName(mapping.getGroupId()).orElse(mapping.getGroupId());
    }
}
