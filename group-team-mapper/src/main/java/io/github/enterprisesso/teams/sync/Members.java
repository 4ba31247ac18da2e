package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import io.github.enterprisesso.teams.mapping.RealmPolicy;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Source;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.reconcile.Change;
import io.github.enterprisesso.teams.reconcile.Holdings;
import io.github.enterprisesso.teams.reconcile.Plan;
import io.github.enterprisesso.teams.reconcile.Reconciliation;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.settings.RoleAttribute;
import io.github.enterprisesso.teams.store.GrantEntity;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.store.PushedGroupEntity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.DatastoreProvider;
import org.keycloak.storage.StorageId;
import org.keycloak.storage.StoreManagers;

/** Brings users in line with their sources, one at a time. */
final class Members {

    private static final Logger LOG = Logger.getLogger(Members.class);

    /** Ids of realms whose role attribute is not believed, and whose log says so. */
    private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final RoleLadder ladder;
    private final MapperState state;
    private final Teams teams;
    private final Effects effects;
    private final Reasons reasons;
    private Boolean roleAttributeTrusted;

    Members(
            KeycloakSession session,
            RealmModel realm,
            MappingSettings settings,
            MapperState state,
            Teams teams,
            Effects effects,
            Reasons reasons) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.ladder = settings.ladder(realm);
        this.state = state;
        this.teams = teams;
        this.effects = effects;
        this.reasons = reasons;
    }

    /**
     * Number of changes made to these users.
     *
     * @param leavingId id of a pushed group that counts no more, though the rows are still there; null for none
     */
    int reconcile(Collection<String> userIds, String leavingId) {
        return reconcile(userIds, leavingId, false);
    }

    /** A directory pushed the user: without group and role he has the default role. */
    void pushed(String userId) {
        reconcile(List.of(userId), null, true);
    }

    private int reconcile(Collection<String> userIds, String leavingId, boolean pushed) {
        // Who lives in a user storage only has no row to hang a grant on.
        List<String> local =
                userIds.stream().filter(StorageId::isLocalStorage).sorted().toList();
        AtomicInteger changes = new AtomicInteger();
        // Each flush looks at everything the transaction has loaded: one for each write would make a push of n members
        // cost n * n. In a batch there is one flush at the start, and queries see what it wrote.
        EntityManagers.runInBatch(
                session,
                () -> {
                    // Two transactions that take a user out of two groups would each see the other membership, keep
                    // what
                    // both led to, and take their own grant off the record: nobody would ever take it away.
                    state.lockUsers(local);
                    local.forEach(userId -> changes.addAndGet(reconcile(userId, leavingId, pushed)));
                },
                false);
        return changes.get();
    }

    private int reconcile(String userId, String leavingId, boolean pushed) {
        UserModel user = session.users().getUserById(realm, userId);
        if (user == null || user.getServiceAccountClientLink() != null) {
            return 0;
        }
        UserModel stored = stored(user);
        List<GroupModel> groups = stored.getGroupsStream()
                .filter(group -> group.getType() == GroupModel.Type.REALM)
                .toList();
        Set<Entitlement> onRecord = state.grantsOf(userId).stream()
                .map(GrantEntity::entitlement)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Subject subject = subject(user, groups, leavingId, pushed);
        Plan plan = Reconciliation.plan(
                subject,
                RealmPolicy.of(ladder),
                onRecord,
                holdings(stored, groups),
                () -> ladder.top()
                        .filter(top -> state.heldByAnother(top.roleId(), userId))
                        .isEmpty());
        carryOut(plan, user);
        return plan.changes().size();
    }

    /**
     * The user as the database has him now: what the cache and the session know of him may be older than the lock. Whose
     * groups a user storage decides is asked through it.
     */
    private UserModel stored(UserModel user) {
        return user.isFederated()
                ? user
                : ((StoreManagers) session.getProvider(DatastoreProvider.class))
                        .userLocalStorage()
                        .getUserById(realm, user.getId());
    }

    private Subject subject(UserModel user, List<GroupModel> groups, String leavingId, boolean pushed) {
        List<GroupModel> pushedGroups = groups.stream()
                .filter(group -> PushedGroup.is(group) && !group.getId().equals(leavingId))
                .toList();
        List<String> ids = pushedGroups.stream().map(GroupModel::getId).toList();
        Map<String, List<Mapping>> mappings = state.mappingsOf(ids).stream()
                .map(MappingEntity::toMapping)
                .collect(Collectors.groupingBy(Mapping::groupId));
        Map<String, PushedGroupEntity> known =
                state.groups(ids).stream().collect(Collectors.toMap(PushedGroupEntity::getGroupId, group -> group));
        List<Source> sources = pushedGroups.stream()
                .map(group -> new Source(
                        group.getId(),
                        roles(group, known.get(group.getId())),
                        mappings.getOrDefault(group.getId(), List.of())))
                .toList();
        return new Subject(ownRole(user), sources).withPushed(pushed);
    }

    private Optional<String> ownRole(UserModel user) {
        Optional<String> role = Optional.ofNullable(user.getFirstAttribute(settings.roleAttribute()))
                .filter(value -> !value.isBlank());
        if (role.isPresent() && !roleAttributeTrusted()) {
            if (WARNED.add(realm.getId())) {
                LOG.warnf(
                        "Realm %s: user attribute '%s' gives no roles, as the user profile does not declare it for"
                                + " administrators only",
                        realm.getName(), settings.roleAttribute());
            }
            return Optional.empty();
        }
        return role;
    }

    private boolean roleAttributeTrusted() {
        if (roleAttributeTrusted == null) {
            roleAttributeTrusted =
                    RoleAttribute.of(session, settings.roleAttribute()).trusted();
        }
        return roleAttributeTrusted;
    }

    private static List<String> roles(GroupModel group, PushedGroupEntity known) {
        List<String> roles = new ArrayList<>(PushedGroup.roles(group));
        if (known != null && known.getRuleRole() != null) {
            roles.add(known.getRuleRole());
        }
        return roles;
    }

    private static Holdings holdings(UserModel user, List<GroupModel> groups) {
        return new Holdings(
                groups.stream().map(GroupModel::getId).collect(Collectors.toSet()),
                user.getRealmRoleMappingsStream().map(RoleModel::getId).collect(Collectors.toSet()));
    }

    private void carryOut(Plan plan, UserModel user) {
        if (plan.isEmpty()) {
            return;
        }
        Set<String> refused = new HashSet<>();
        for (Change change : plan.changes()) {
            boolean done =
                    switch (change.action()) {
                        case JOIN -> join(user, change);
                        case LEAVE -> leave(user, change);
                        case GRANT_ROLE -> grant(user, change);
                        case REVOKE_ROLE -> revoke(user, change);
                        case ENABLE, DISABLE -> throw new IllegalStateException("no policy asks for " + change);
                    };
            if (!done) {
                refused.add(change.targetId());
            }
        }
        if (!plan.forget().isEmpty()) {
            state.forget(user.getId(), plan.forget());
        }
        for (Entitlement entitlement : plan.record()) {
            if (refused.contains(entitlement.targetId())) {
                continue;
            }
            state.record(user.getId(), entitlement);
            if (entitlement.provenance().origin() == Origin.LAST_ADMINISTRATOR) {
                effects.keep(user, realm.getRoleById(entitlement.targetId()), reasons.cause(entitlement));
            }
        }
    }

    private boolean join(UserModel user, Change change) {
        Optional<GroupModel> team = teams.byId(change.targetId());
        if (team.isEmpty()) {
            state.mappingsTo(TargetType.TEAM, change.targetId()).forEach(MappingEntity::targetGone);
            state.forgetTarget(Kind.TEAM, change.targetId(), null);
            return false;
        }
        Optional<String> refusal = teams.refusal(team.get());
        if (refusal.isPresent()) {
            LOG.warnf("Realm %s: user %s does not join a team: %s", realm.getName(), user.getId(), refusal.get());
            return false;
        }
        effects.join(user, team.get(), reasons.cause(change.cause()));
        return true;
    }

    private boolean leave(UserModel user, Change change) {
        teams.byId(change.targetId())
                .ifPresent(team -> effects.leave(user, team, reasons.gone(change.cause(), change.targetId())));
        return true;
    }

    private boolean grant(UserModel user, Change change) {
        RoleModel role = realm.getRoleById(change.targetId());
        Optional<String> refusal = teams.refusal(role);
        if (refusal.isPresent()) {
            LOG.warnf("Realm %s: user %s is not given a role: %s", realm.getName(), user.getId(), refusal.get());
            return false;
        }
        effects.grant(user, role, reasons.cause(change.cause()));
        return true;
    }

    private boolean revoke(UserModel user, Change change) {
        effects.revoke(user, realm.getRoleById(change.targetId()), reasons.gone(change.cause(), change.targetId()));
        return true;
    }
}
