package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.claim.GroupsClaim;
import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Decision;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.RolesOrigin;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.store.ConflictEntity;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.store.TombstoneEntity;
import io.github.enterprisesso.teams.store.TombstoneRows;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelException;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.UserStorageProvider;

/**
 * One realm's mapper for one session: told what happened to groups and users, it brings teams and roles in line before the
 * transaction ends.
 */
public final class GroupMapper {

    private static final Logger LOG = Logger.getLogger(GroupMapper.class);

    private static final String PER_SESSION = GroupMapper.class.getName() + ":";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;
    private final Claims claims;
    private final OwnWrites ownWrites;
    private final Effects effects;
    private final Targets targets;
    private final Reasons reasons;
    private final People people;
    private final PushedGroups groups;
    private final Members members;
    private final HandMade handMade;
    private final Arrivals arrivals;
    private final Departures departures;
    private final ClaimedGroups claimedGroups;
    private final Logins logins;

    private GroupMapper(KeycloakSession session, RealmModel realm, MappingSettings settings) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = new MapperState(session, realm.getId());
        this.claims = new Claims(session, realm.getId());
        this.ownWrites = new OwnWrites(session);
        this.effects = new Effects(session, realm, ownWrites);
        this.targets = new Targets(session, realm, settings, state, effects);
        this.reasons = new Reasons(session, realm, settings, state, claims, targets);
        this.people = new People(session, realm, settings, state, claims, targets, effects);
        this.groups = new PushedGroups(realm, settings, state, claims, targets, effects, reasons);
        this.members = new Members(
                session,
                realm,
                settings,
                state,
                targets,
                effects,
                reasons,
                people,
                new JoinedGroups(session, state, this::targetVanished));
        this.handMade = new HandMade(session, realm, settings, state, targets, effects, reasons, members);
        this.arrivals = new Arrivals(settings, state, people, members);
        this.departures = new Departures(settings, state);
        this.claimedGroups = new ClaimedGroups(realm, state, claims, targets, groups);
        this.logins = new Logins(session, realm, settings, state, claims, claimedGroups, effects, people, members);
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

    public Claims claims() {
        return claims;
    }

    public Reasons reasons() {
        return reasons;
    }

    /** Ids of all users who have something from the mapper, or should. */
    public List<String> concerned() {
        Set<String> concerned = new TreeSet<>(
                state.concerned().inRealm(List.of(settings.roleAttribute(), settings.exclusiveGroupAttribute())));
        if (storages()) {
            pushedGroups().forEach(group -> concerned.addAll(membersInStorages(group)));
        }
        return List.copyOf(concerned);
    }

    private boolean storages() {
        return realm.getStorageProviders(UserStorageProvider.class).findAny().isPresent();
    }

    /** Also those whose membership a user storage keeps to itself; who is not known here yet is imported by it. */
    private Set<String> membersInStorages(GroupModel group) {
        try {
            return session.users()
                    .getGroupMembersStream(realm, group)
                    .map(UserModel::getId)
                    .collect(Collectors.toSet());
        } catch (ModelException e) {
            LOG.warnf(
                    e,
                    "Realm %s: no user storage tells of the members of group %s now",
                    realm.getName(),
                    group.getId());
            return Set.of();
        }
    }

    private List<GroupModel> pushedGroups() {
        return state.model().groupsWith(PushedGroup.CONNECTION, "", 0, Integer.MAX_VALUE).stream()
                .flatMap(id -> targets.group(id).stream())
                .filter(PushedGroup::is)
                .toList();
    }

    /** Ids of the users who are in the group, have something through it, or were called so at their last login. */
    public List<String> concernedBy(String groupId) {
        Set<String> concerned = new TreeSet<>(state.concerned().byGroup(groupId));
        if (storages()) {
            targets.group(groupId).ifPresent(group -> concerned.addAll(membersInStorages(group)));
        }
        return List.copyOf(concerned);
    }

    /** Names of targets and of roles of the ladder that the user has and that are not on record. */
    public List<String> byHand(UserModel user, List<Entitlement> onRecord) {
        Set<String> recorded = onRecord.stream().map(Entitlement::targetId).collect(Collectors.toSet());
        List<String> byHand = new ArrayList<>();
        user.getGroupsStream()
                .filter(group -> !recorded.contains(group.getId())
                        && targets.typeOf(group).isPresent())
                .forEach(group -> byHand.add(group.getName()));
        RoleLadder ladder = settings.ladder(realm);
        user.getRealmRoleMappingsStream()
                .filter(role -> ladder.contains(role.getId()) && !recorded.contains(role.getId()))
                .forEach(role -> byHand.add(role.getName()));
        return byHand;
    }

    /** Everybody, with what he has. */
    public Roster roster() {
        return new Roster(realm, settings, state, targets, people);
    }

    public Outlook outlook() {
        return new Outlook(state, targets, people, reasons, groups, settings.exclusiveOwner(), members::plan);
    }

    /** Whether what just happened is the mapper's own doing. */
    public boolean writing() {
        return ownWrites.inProgress();
    }

    /** A user was put into a group or taken out of it. */
    public void memberChanged(GroupModel group, String userId, boolean joined) {
        if (PushedGroup.is(group)) {
            if (groups.refresh(group, true)) {
                people.forgetPolicy();
                reconcile(state.concerned().byGroup(group.getId()), Occasion.PUSH);
            }
            if (!joined) {
                departures.left(group, userId);
            }
            arrivals.changed(group, userId, joined);
        } else {
            targets.typeOf(group)
                    .map(type -> new Target(type, group.getId()))
                    .ifPresent(target -> handMade.changed(target, userId, joined));
        }
    }

    /** A user was put into an organization or taken out of it. */
    public void memberChanged(OrganizationModel organization, String userId, boolean joined) {
        handMade.changed(new Target(TargetType.ORGANIZATION, organization.getId()), userId, joined);
    }

    /**
     * A group changed: its name, its roles, or whether it counts as pushed.
     *
     * @param settled whether the change is complete; Keycloak also tells of halves
     */
    public void groupChanged(GroupModel group, boolean settled) {
        people.forgetPolicy();
        if (PushedGroup.is(group)) {
            if (groups.refresh(group, settled)) {
                reconcile(state.concerned().byGroup(group.getId()), Occasion.PUSH);
            }
        } else if (settled && state.groups().find(group.getId()).isPresent()) {
            removeSource(group.getId());
        }
    }

    /** Who wrote the roles that a group has had since the last change of it, where that is not known yet. */
    public void rolesFrom(GroupModel group, RolesOrigin origin) {
        state.groups().find(group.getId()).ifPresent(known -> known.cameFrom(origin));
    }

    /** A group is about to go; its members are still in it. */
    public void groupRemoved(GroupModel group) {
        people.forgetPolicy();
        if (state.groups().find(group.getId()).isPresent()) {
            String id = group.getId();
            state.model().lockGroup(id); // before its members, as a push does
            Occasion leaving = Occasion.leaving(id);
            List<String> concerned = state.concerned().byGroup(id);
            members.brakeFirst(concerned, leaving);
            groups.bury(group);
            members.reconcile(concerned, Occasion.left(id));
            state.groups().remove(id);
        }
        // Wherever it is: the parents may have been elsewhere when it became a target.
        List<Target> roles = Stream.of(TargetType.TEAM, TargetType.EXCLUSIVE_GROUP)
                .map(type -> new Target(type, group.getId()))
                .toList();
        // Who puts somebody into it has locked him before, and holds it until he is in it for everybody to see.
        members.lock(roles.stream()
                .flatMap(target -> state.concerned().havingTarget(target).stream())
                .toList());
        state.model().lockGroup(group.getId());
        roles.forEach(target -> targetRemoved(target, group.getName()));
    }

    /** An organization is gone. */
    public void organizationRemoved(OrganizationModel organization) {
        targetRemoved(new Target(TargetType.ORGANIZATION, organization.getId()), organization.getName());
    }

    private void targetRemoved(Target target, String name) {
        List<String> concerned = state.concerned().byTarget(target);
        groups.targetRemoved(target, name);
        state.grants().forgetTarget(Kind.of(target.type()), target.id(), null);
        reconcile(concerned, Occasion.removed(target.id()));
    }

    /** Somebody has deleted it meanwhile, and could not see whom this transaction has put into it. */
    private void targetVanished(Target target) {
        targets.forget(target.id());
        people.forgetPolicy();
        List<String> concerned = state.concerned().byTarget(target);
        state.forgetGone(target);
        reconcile(concerned, Occasion.removed(target.id()));
    }

    private void removeSource(String groupId) {
        reconcile(state.concerned().byGroup(groupId), Occasion.leaving(groupId));
        state.groups().remove(groupId);
    }

    /** A user was made or updated; what he carries may be something else, and he may be disabled or enabled. */
    public void userChanged(String userId) {
        reconcile(List.of(userId), Occasion.ANY);
    }

    /** A user of a storage logged in: what only the storage knows of his groups may be something else. */
    public void directoryUserCameIn(String userId) {
        if (people.storageAnswers(userId)) {
            reconcile(List.of(userId), Occasion.ANY);
        }
    }

    /** A directory made or updated a user. */
    public void userPushed(String userId) {
        reconcile(List.of(userId), Occasion.PERSON);
    }

    /**
     * A login through a provider said this of the user's groups; nothing happens where the settings do not believe it.
     *
     * @param names value of the claim to the name by which the group is known here
     * @return whether the user was brought in line with it
     */
    public boolean loggedIn(String userId, String provider, GroupsClaim claim, Map<String, String> names) {
        people.forgetPolicy();
        return logins.claimed(userId, provider, claim, names);
    }

    /** A user came in through one of the providers of the mapping, which said nothing that counts of his groups. */
    public void arrived(String userId) {
        logins.arrived(userId);
    }

    /**
     * Whether the realm does not let the user in, as no group of his is mapped.
     *
     * @param arrived whether he comes in through one of the providers of the mapping now
     */
    public boolean shutOut(String userId, boolean arrived) {
        return logins.shutOut(userId, arrived);
    }

    /** The user's link to a provider is gone. */
    public void unlinked(String userId, String provider) {
        logins.unlinked(userId, provider);
    }

    /** An identity provider is gone. */
    public void providerRemoved(String provider) {
        logins.providerRemoved(provider);
    }

    /** Id of the group that logins through a provider will call by this name. */
    public String claimedGroup(String provider, String name) {
        return claimedGroups.of(provider, name);
    }

    /** Name of a pushed or claimed group; empty when it is gone. */
    public Optional<String> groupName(String groupId) {
        return groups.name(groupId);
    }

    /** Brings these users in line; returns the number of changes. */
    int reconcile(List<String> userIds) {
        return reconcile(userIds, Occasion.ANY);
    }

    private int reconcile(List<String> userIds, Occasion occasion) {
        return members.reconcile(userIds, occasion);
    }

    /** Takes note of all pushed groups and forgets those that are gone; returns how many there are. */
    int refreshGroups() {
        List<GroupModel> pushed = pushedGroups();
        pushed.forEach(group -> groups.refresh(group, true));
        Set<String> gone = new LinkedHashSet<>(state.groups().ids());
        pushed.forEach(group -> gone.remove(group.getId()));
        Set<String> concerned = new HashSet<>();
        gone.forEach(id -> concerned.addAll(state.concerned().byGroup(id)));
        members.lock(concerned);
        gone.forEach(this::removeSource);
        return pushed.size();
    }

    /** Takes note of one pushed group; returns how many there are of it. */
    int refreshGroup(String groupId) {
        Optional<GroupModel> pushed = targets.group(groupId).filter(PushedGroup::is);
        pushed.ifPresent(group -> groups.refresh(group, true));
        return pushed.isPresent() ? 1 : 0;
    }

    /** Why nobody may be given the target; empty when there is no reason. */
    public Optional<String> refusal(Target target) {
        return targets.refusal(target);
    }

    /** Why the group may not be mapped to the target, as another one is; empty when it may. */
    public Optional<String> taken(Target target, String groupId) {
        return groups.taken(target, groupId);
    }

    /** Its name; its id where it is gone. */
    public String name(Target target) {
        return targets.name(target).orElse(target.id());
    }

    public boolean exists(Target target) {
        return targets.exists(target);
    }

    /** Takes note of a pushed group that an administrator is about to map. */
    public void know(GroupModel group) {
        groupChanged(group, true);
    }

    /** The target of this kind and name for a group; made if there is none, unless it is an organization. */
    public Optional<Target> target(TargetType type, String name, String groupId) {
        Optional<Target> target = targets.findOrCreate(
                type, name, reasons.ofGroup(groupId, "An administrator maps a group to '%s'.".formatted(name)));
        people.forgetPolicy();
        return target;
    }

    /** An administrator maps a pushed or claimed group to a target; its members join. */
    public MappingEntity map(String groupId, Target target) {
        MappingEntity mapping = state.mappings().add(groupId, target.type(), null);
        mapping.approve(MappingStatus.APPROVED, target.id());
        decided(OperationType.CREATE, mapping, Map.of());
        return mapping;
    }

    /** An administrator approves a mapping, perhaps to another target. */
    public void approve(MappingEntity mapping, Target target) {
        Map<String, Object> old = PushedGroups.describe(mapping);
        mapping.approve(MappingStatus.APPROVED, target.id());
        decided(OperationType.UPDATE, mapping, old);
    }

    /** An administrator agrees that a deleted group takes what the brake has left. */
    public void release(MappingEntity mapping) {
        Map<String, Object> old = PushedGroups.describe(mapping);
        mapping.release();
        decided(OperationType.UPDATE, mapping, old);
    }

    /** An administrator rejects a mapping; who had the target through it alone leaves. */
    public void reject(MappingEntity mapping) {
        Map<String, Object> old = PushedGroups.describe(mapping);
        mapping.reject();
        decided(OperationType.UPDATE, mapping, old);
    }

    public void unmap(MappingEntity mapping) {
        Map<String, Object> old = PushedGroups.describe(mapping);
        mapping.reject();
        decided(OperationType.DELETE, mapping, old);
        state.mappings().remove(mapping);
    }

    private void decided(OperationType operation, MappingEntity mapping, Map<String, Object> old) {
        Map<String, Object> body = PushedGroups.describe(mapping);
        if (!old.isEmpty()) {
            body.put("old", old);
        }
        effects.mapping(operation, mapping.getId(), body, reasons.about(mapping, "An administrator decided so."));
        state.flush();
        List<String> concerned = new ArrayList<>(state.concerned().byGroup(mapping.getGroupId()));
        concerned.addAll(state.grants().usersThrough(mapping.getId()));
        reconcile(concerned, Occasion.ANY);
    }

    /** An administrator decides a conflict; the decision is remembered. */
    public void decide(ConflictEntity conflict, boolean useIncoming) {
        Conflict what = conflict.conflict();
        String userId = conflict.getUserId();
        state.conflicts()
                .decide(
                        userId,
                        useIncoming
                                ? members.inFavourOf(what.incomingId(), userId)
                                : List.of(new Decision(what.currentId(), what.incomingId())));
        effects.tell(
                OperationType.ACTION,
                "GROUP_MAPPING_CONFLICT",
                "group-mappings/conflicts/" + conflict.getId(),
                null,
                Map.of(
                        "userId",
                        userId,
                        "decision",
                        useIncoming ? "USE_INCOMING" : "KEEP_CURRENT",
                        "currentMappingId",
                        what.currentId(),
                        "incomingMappingId",
                        what.incomingId()),
                reasons.about(what.incomingId(), "An administrator decided so."));
        reconcile(List.of(userId), Occasion.ANY);
    }

    /** Groups that were deleted or emptied and are still remembered. */
    public TombstoneRows tombstones() {
        return groups.tombstones();
    }

    /** Brings a deleted group back, with its mappings, roles and members; returns it. */
    public GroupModel undo(TombstoneEntity tombstone) {
        return handMade.undo(tombstone, group -> {
            groupChanged(group, true);
            return reconcile(state.concerned().byGroup(group.getId()), Occasion.ANY);
        });
    }
}
