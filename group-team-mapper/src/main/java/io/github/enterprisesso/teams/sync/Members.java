package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Choice;
import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Decision;
import io.github.enterprisesso.teams.mapping.Desired;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import io.github.enterprisesso.teams.mapping.Rung;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.reconcile.Brake;
import io.github.enterprisesso.teams.reconcile.Change;
import io.github.enterprisesso.teams.reconcile.Change.Action;
import io.github.enterprisesso.teams.reconcile.Plan;
import io.github.enterprisesso.teams.reconcile.Reconciliation;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.Census;
import io.github.enterprisesso.teams.store.ConflictEntity;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;
import org.keycloak.connections.jpa.support.EntityManagers;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.storage.StorageId;

/** Brings users in line with their sources: reads many at once, decides on each by himself, writes the differences. */
final class Members {

    private static final Logger LOG = Logger.getLogger(Members.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;
    private final Targets targets;
    private final Effects effects;
    private final Reasons reasons;
    private final People people;
    private final JoinedGroups joinedGroups;

    Members(
            KeycloakSession session,
            RealmModel realm,
            MappingSettings settings,
            MapperState state,
            Targets targets,
            Effects effects,
            Reasons reasons,
            People people,
            JoinedGroups joinedGroups) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = state;
        this.targets = targets;
        this.effects = effects;
        this.reasons = reasons;
        this.people = people;
        this.joinedGroups = joinedGroups;
    }

    /** What is to be done to one user, and what the database knew of him. */
    private record Case(String userId, Census census, Plan plan, Administrators administrators) {}

    /** Number of changes made to these users. */
    int reconcile(Collection<String> userIds, Occasion occasion) {
        List<String> local = local(userIds);
        if (local.isEmpty()) {
            return 0;
        }
        AtomicInteger changes = new AtomicInteger();
        long start = System.nanoTime();
        if (local.size() > Census.MOST) {
            lock(local); // one batch is locked as it is read
        }
        // Each flush looks at everything the transaction has loaded: one for each write would make a push of n members
        // cost n * n. In a batch there is one flush at the start, and queries see what it wrote.
        EntityManagers.runInBatch(
                session,
                () -> {
                    if (occasion.push() && settings.brakePercent().isPresent()) {
                        brake(local, occasion);
                    }
                    for (int from = 0; from < local.size(); from += Census.MOST) {
                        List<String> batch = local.subList(from, Math.min(from + Census.MOST, local.size()));
                        // Two transactions that take a user out of two groups would each see the other membership, keep
                        // what both led to, and take their own grant off the record: nobody would ever take it away.
                        Census census = state.census(batch);
                        Map<String, Subject> subjects = people.subjects(census, occasion);
                        Administrators administrators = administrators(census);
                        Batch writes = new Batch(session, realm, state, effects);
                        for (Map.Entry<String, Subject> entry : subjects.entrySet()) {
                            Plan plan = plan(entry.getKey(), entry.getValue(), census, occasion, administrators);
                            carryOut(new Case(entry.getKey(), census, plan, administrators), writes);
                            changes.addAndGet(plan.changes().size());
                        }
                        writes.write();
                    }
                },
                false);
        Effect.time(realm, System.nanoTime() - start);
        return changes.get();
    }

    /**
     * All at once and in the order of their ids, before the first is decided on. The role that the last administrator keeps is
     * locked behind all users, so two pushes never wait for each other, whatever they are about.
     */
    void lock(Collection<String> userIds) {
        List<String> sorted = local(userIds);
        for (int from = 0; from < sorted.size(); from += Census.MOST) {
            state.model().lockUsers(sorted.subList(from, Math.min(from + Census.MOST, sorted.size())));
        }
    }

    /** Who lives in a user storage only has no row to hang a grant on. */
    private static List<String> local(Collection<String> userIds) {
        return userIds.stream()
                .filter(StorageId::isLocalStorage)
                .distinct()
                .sorted()
                .toList();
    }

    /** Whether the user holds the role that the last administrator keeps. */
    boolean administrates(String userId) {
        return people.policy()
                .ladder()
                .top()
                .filter(top -> state.model().holds(top.roleId(), userId))
                .isPresent();
    }

    private Administrators administrators(Census census) {
        return new Administrators(state, census, people.policy().ladder().top().map(Rung::roleId));
    }

    Plan plan(String userId, Subject subject, Census census) {
        return plan(userId, subject, census, Occasion.ANY);
    }

    Plan plan(String userId, Subject subject, Census census, Occasion occasion) {
        return plan(userId, subject, census, occasion, administrators(census));
    }

    private Plan plan(String userId, Subject subject, Census census, Occasion occasion, Administrators administrators) {
        return Reconciliation.plan(
                subject,
                people.policy(),
                census.grants(userId),
                people.holdings(userId, census, occasion),
                () -> administrators.lastIs(userId));
    }

    /** Asks the brake before a group's mappings are put away with it. */
    void brakeFirst(List<String> userIds, Occasion occasion) {
        if (settings.brakePercent().isPresent()) {
            lock(userIds);
            brake(userIds, occasion);
        }
    }

    /** What an administrator decides who wants the incoming mapping of a user's conflict. */
    List<Decision> inFavourOf(String incomingId, String userId) {
        Census census = state.census(List.of(userId));
        Subject subject = people.subjects(census, Occasion.ANY).get(userId);
        return subject == null
                ? List.of()
                : Choice.inFavourOf(
                        incomingId,
                        Desired.of(subject, people.policy().ladder())
                                .candidates(census.grants(userId), subject.braked()));
    }

    /** Looks at all plans first: a push that takes too much through a mapping changes nothing through it. */
    private void brake(List<String> userIds, Occasion occasion) {
        Map<String, List<Change>> leaving = new LinkedHashMap<>();
        Map<String, Integer> administrators = new HashMap<>();
        for (int from = 0; from < userIds.size(); from += Census.MOST) {
            Census census = state.census(userIds.subList(from, Math.min(from + Census.MOST, userIds.size())));
            Administrators last = administrators(census);
            people.subjects(census, occasion)
                    .forEach((userId, subject) -> plan(userId, subject, census, occasion, last).changes().stream()
                            .filter(change -> change.action() == Action.LEAVE
                                    && subject.enabled()
                                    && change.targetId().equals(change.cause().targetId()))
                            .forEach(change -> change.cause()
                                    .provenance()
                                    .mappingId()
                                    .ifPresent(mapping -> {
                                        leaving.computeIfAbsent(mapping, id -> new ArrayList<>())
                                                .add(change);
                                        if (people.administrates(userId, census)) {
                                            administrators.merge(mapping, 1, Integer::sum);
                                        }
                                    })));
        }
        Brake brake = new Brake(settings.brakePercent().orElseThrow());
        leaving.forEach((mappingId, changes) -> {
            Entitlement taken = changes.get(0).cause();
            long members = state.grants().countUsers(taken.kind(), taken.targetId());
            if (brake.stops(members, changes.size(), administrators.getOrDefault(mappingId, 0))) {
                state.mappings().find(mappingId).ifPresent(mapping -> stop(mapping, taken, changes.size(), members));
            }
        });
    }

    private void stop(MappingEntity mapping, Entitlement taken, int leaving, long members) {
        mapping.brake();
        state.flush();
        Effect.BRAKED.count(realm);
        effects.mapping(
                OperationType.ACTION,
                mapping.getId(),
                PushedGroups.describe(mapping),
                reasons.about(
                        mapping,
                        ("A push would take %d of %d members from '%s'. Nobody leaves until an administrator approves or"
                                        + " rejects the mapping.")
                                .formatted(leaving, members, reasons.targetName(taken))));
    }

    private void carryOut(Case found, Batch writes) {
        Plan plan = found.plan();
        if (plan.isEmpty() && sameConflicts(found)) {
            return;
        }
        Census.Person person = found.census().person(found.userId());
        UserModel user = KnownUser.of(
                person.id(),
                person.username(),
                person.email(),
                () -> session.users().getUserById(realm, person.id()));
        Set<String> refused = new HashSet<>();
        for (Change change : plan.changes()) {
            if (!carryOut(change, user, person.federated(), writes)) {
                refused.add(change.targetId());
            } else {
                keepInMind(change, person.id(), found.administrators());
            }
        }
        state.grants().forget(found.census().grants(found.userId(), plan.forget()));
        for (Entitlement entitlement : plan.record()) {
            if (refused.contains(entitlement.targetId())) {
                continue;
            }
            state.grants().record(found.userId(), entitlement);
            if (entitlement.provenance().origin() == Origin.LAST_ADMINISTRATOR) {
                effects.keep(user, realm.getRoleById(entitlement.targetId()), reasons.cause(entitlement));
            } else if (entitlement.kind() == Kind.ACCOUNT) {
                effects.tell(
                        OperationType.ACTION,
                        "GROUP_MAPPING_ACCOUNT",
                        "users/" + user.getId(),
                        user,
                        Map.of("state", entitlement.targetId()),
                        reasons.cause(entitlement));
            }
        }
        conflicts(found, user);
    }

    private boolean carryOut(Change change, UserModel user, boolean federated, Batch writes) {
        return switch (change.action()) {
            case JOIN -> join(user, change, federated, writes);
            case LEAVE -> leave(user, change, federated, writes);
            case GRANT_ROLE -> grant(user, change, federated, writes);
            case REVOKE_ROLE -> revoke(user, change, federated, writes);
            case ENABLE -> enable(user, change, true);
            case DISABLE -> enable(user, change, false);
        };
    }

    private static void keepInMind(Change change, String userId, Administrators administrators) {
        switch (change.action()) {
            case GRANT_ROLE -> administrators.given(userId, change.targetId());
            case REVOKE_ROLE -> administrators.taken(userId, change.targetId());
            case ENABLE -> administrators.enabled(userId, true);
            case DISABLE -> administrators.enabled(userId, false);
            default -> {
                // No matter of roles.
            }
        }
    }

    private static boolean sameConflicts(Case found) {
        Set<Conflict> known = new HashSet<>();
        found.census().conflicts(found.userId()).forEach(conflict -> known.add(conflict.conflict()));
        return known.equals(found.plan().conflicts());
    }

    private void conflicts(Case found, UserModel user) {
        Set<Conflict> unknown = new HashSet<>(found.plan().conflicts());
        for (ConflictEntity known : found.census().conflicts(found.userId())) {
            if (!unknown.remove(known.conflict())) {
                tell(OperationType.DELETE, known, user, "The conflict is over.");
                state.conflicts().remove(known);
            }
        }
        for (Conflict conflict : unknown) {
            Effect.CONFLICT.count(realm);
            tell(
                    OperationType.CREATE,
                    state.conflicts().add(found.userId(), conflict),
                    user,
                    "Two mappings want a place of which a user has one; he keeps what he has.");
        }
    }

    private void tell(OperationType operation, ConflictEntity conflict, UserModel user, String reason) {
        Conflict what = conflict.conflict();
        effects.tell(
                operation,
                "GROUP_MAPPING_CONFLICT",
                "group-mappings/conflicts/" + conflict.getId(),
                user,
                Map.of(
                        "userId",
                        user.getId(),
                        "type",
                        what.type(),
                        "currentMappingId",
                        what.currentId(),
                        "incomingMappingId",
                        what.incomingId()),
                reasons.about(what.incomingId(), reason));
    }

    private boolean join(UserModel user, Change change, boolean federated, Batch writes) {
        Target target = target(change);
        if (!targets.exists(target)) {
            state.mappings().to(target.type(), target.id()).forEach(MappingEntity::targetGone);
            state.grants().forgetTarget(change.cause().kind(), target.id(), null);
            return false;
        }
        Optional<String> refusal = targets.refusal(target);
        if (refusal.isPresent()) {
            LOG.warnf("Realm %s: user %s does not join: %s", realm.getName(), user.getId(), refusal.get());
            return false;
        }
        Cause cause = reasons.cause(change.cause());
        if (target.type().group()) {
            writes.add(change, user, federated, cause);
            joinedGroups.add(target);
        } else {
            targets.organization(target.id()).ifPresent(organization -> effects.join(user, organization, cause));
        }
        Effect.JOINED.count(realm);
        return true;
    }

    private boolean leave(UserModel user, Change change, boolean federated, Batch writes) {
        Cause cause = reasons.gone(change.cause(), change.targetId());
        Target target = target(change);
        if (!target.type().group()) {
            targets.organization(target.id()).ifPresent(organization -> effects.leave(user, organization, cause));
        } else if (targets.exists(target)) {
            writes.add(change, user, federated, cause);
        }
        Effect.LEFT.count(realm);
        return true;
    }

    private static Target target(Change change) {
        return new Target(TargetType.valueOf(change.cause().kind().name()), change.targetId());
    }

    private boolean grant(UserModel user, Change change, boolean federated, Batch writes) {
        RoleModel role = realm.getRoleById(change.targetId());
        Optional<String> refusal = targets.refusal(role);
        if (refusal.isPresent()) {
            LOG.warnf("Realm %s: user %s is not given a role: %s", realm.getName(), user.getId(), refusal.get());
            return false;
        }
        writes.add(change, user, federated, reasons.cause(change.cause()));
        Effect.ROLE_GRANTED.count(realm);
        return true;
    }

    private boolean revoke(UserModel user, Change change, boolean federated, Batch writes) {
        writes.add(change, user, federated, reasons.gone(change.cause(), change.targetId()));
        return true;
    }

    private boolean enable(UserModel user, Change change, boolean enabled) {
        Cause cause = enabled ? reasons.gone(change.cause(), change.targetId()) : reasons.cause(change.cause());
        effects.enable(user, enabled, cause);
        return true;
    }
}
