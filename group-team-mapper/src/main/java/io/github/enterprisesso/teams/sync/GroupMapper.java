package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * One realm's mapper for one session: told what happened to groups and users, it brings teams and roles in line before the
 * transaction ends.
 */
public final class GroupMapper {

    private static final String PER_SESSION = GroupMapper.class.getName() + ":";

    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;
    private final OwnWrites ownWrites;
    private final Effects effects;
    private final Teams teams;
    private final Reasons reasons;
    private final PushedGroups groups;
    private final Members members;

    private GroupMapper(KeycloakSession session, RealmModel realm, MappingSettings settings) {
        this.realm = realm;
        this.settings = settings;
        this.state = new MapperState(session, realm.getId());
        this.ownWrites = new OwnWrites(session);
        this.effects = new Effects(session, realm, ownWrites);
        this.teams = new Teams(session, realm, settings, state, effects);
        this.reasons = new Reasons(session, realm, settings, state);
        this.groups = new PushedGroups(realm, settings, state, teams, effects);
        this.members = new Members(session, realm, settings, state, teams, effects, reasons);
    }

    /** The realm's mapper; empty when the realm has no group mapping. */
    public static Optional<GroupMapper> of(KeycloakSession session, RealmModel realm) {
        GroupMapper known = session.getAttribute(PER_SESSION + realm.getId(), GroupMapper.class);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<GroupMapper> mapper =
                MappingSettings.of(realm).map(settings -> new GroupMapper(session, realm, settings));
        mapper.ifPresent(made -> session.setAttribute(PER_SESSION + realm.getId(), made));
        return mapper;
    }

    /** After the settings changed: the next {@link #of} reads them anew. */
    public static void forget(KeycloakSession session, RealmModel realm) {
        session.removeAttribute(PER_SESSION + realm.getId());
    }

    public MapperState state() {
        return state;
    }

    public MappingSettings settings() {
        return settings;
    }

    public Reasons reasons() {
        return reasons;
    }

    /** Whether what just happened is the mapper's own doing. */
    public boolean writing() {
        return ownWrites.inProgress();
    }

    /** A user was put into a group or taken out of it. */
    public void memberChanged(GroupModel group, String userId, boolean joined) {
        if (PushedGroup.is(group)) {
            if (groups.refresh(group, true)) {
                members.reconcile(state.concernedBy(group.getId()), null);
            }
            members.reconcile(List.of(userId), null);
        } else if (!joined) {
            // Taken out of a team by hand: off the record, so that it is not the mapper's to take away later.
            // The next push that concerns the user puts him back.
            state.forgetTarget(Kind.TEAM, group.getId(), userId);
        }
    }

    /**
     * A group changed: its name, its roles, or whether it counts as pushed.
     *
     * @param settled whether the change is complete; Keycloak also tells of halves
     */
    public void groupChanged(GroupModel group, boolean settled) {
        if (PushedGroup.is(group)) {
            if (groups.refresh(group, settled)) {
                members.reconcile(state.concernedBy(group.getId()), null);
            }
        } else if (settled && state.group(group.getId()).isPresent()) {
            removeSource(group.getId());
        }
    }

    /** A group is about to go; its members are still in it. */
    public void groupRemoved(GroupModel group) {
        if (state.group(group.getId()).isPresent()) {
            removeSource(group.getId());
        }
        groups.targetRemoved(group);
        state.forgetTarget(Kind.TEAM, group.getId(), null);
    }

    private void removeSource(String groupId) {
        members.reconcile(state.concernedBy(groupId), groupId);
        state.removeGroup(groupId);
    }

    /** A user was made or updated; his role attribute may be another. */
    public void userChanged(String userId) {
        members.reconcile(List.of(userId), null);
    }

    /** A directory made or updated a user. */
    public void userPushed(String userId) {
        members.pushed(userId);
    }

    /** Brings these users in line; returns the number of changes. */
    int reconcile(List<String> userIds) {
        return members.reconcile(userIds, null);
    }

    /** Takes note of all pushed groups and forgets those that are gone; returns how many there are. */
    int refreshGroups() {
        Set<String> pushed = new LinkedHashSet<>(state.groupsWith(PushedGroup.CONNECTION, "", 0, Integer.MAX_VALUE));
        pushed.stream()
                .flatMap(id -> teams.byId(id).stream())
                .filter(PushedGroup::is)
                .forEach(group -> groups.refresh(group, true));
        state.groupIds().stream().filter(id -> !pushed.contains(id)).forEach(this::removeSource);
        return pushed.size();
    }

    /** Brings a pushed group's members in line, and those who have something through it; returns the number of changes. */
    public int reconcileGroup(GroupModel group) {
        groups.refresh(group, true);
        return members.reconcile(state.concernedBy(group.getId()), null);
    }

    /** Why the group cannot be a team that the mapper fills; empty when it can. */
    public Optional<String> refusal(GroupModel team) {
        return teams.refusal(team);
    }

    /** Takes note of a pushed group that an administrator is about to map. */
    public void know(GroupModel group) {
        groupChanged(group, true);
    }

    /** The team of this name below the teams' parent, made if there is none. */
    public GroupModel team(String name) {
        return teams.findOrCreate(name, Cause.of("An administrator maps a pushed group to team '%s'.".formatted(name)));
    }

    /** An administrator maps a group to a team; its members join. */
    public MappingEntity map(GroupModel group, GroupModel team) {
        MappingEntity mapping = state.addMapping(group.getId(), TargetType.TEAM, null);
        mapping.approve(MappingStatus.APPROVED, team.getId());
        decided(OperationType.CREATE, mapping);
        return mapping;
    }

    /** An administrator approves a mapping, perhaps to another team. */
    public void approve(MappingEntity mapping, GroupModel team) {
        mapping.approve(MappingStatus.APPROVED, team.getId());
        decided(OperationType.UPDATE, mapping);
    }

    /** An administrator rejects a mapping; who had the team through it alone leaves. */
    public void reject(MappingEntity mapping) {
        mapping.reject();
        decided(OperationType.UPDATE, mapping);
    }

    public void unmap(MappingEntity mapping) {
        mapping.reject();
        decided(OperationType.DELETE, mapping);
        state.removeMapping(mapping);
    }

    private void decided(OperationType operation, MappingEntity mapping) {
        effects.mapping(
                operation, mapping.getId(), PushedGroups.describe(mapping), Cause.of("An administrator decided so."));
        members.reconcile(state.concernedBy(mapping.getGroupId()), null);
    }
}
