package io.github.enterprisesso.teams.reconcile;

import io.github.enterprisesso.teams.mapping.Candidate;
import io.github.enterprisesso.teams.mapping.Choice;
import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Decision;
import io.github.enterprisesso.teams.mapping.Desired;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import io.github.enterprisesso.teams.mapping.RealmPolicy;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Rung;
import io.github.enterprisesso.teams.mapping.Source;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;

/** A Keycloak in memory that the core drives, and that reconciles whom a step concerns and nobody else. */
final class World {

    /** The core, or one with a defect. */
    interface Core {
        Plan plan(
                Subject subject,
                RealmPolicy policy,
                Set<Entitlement> onRecord,
                Holdings holdings,
                BooleanSupplier last);
    }

    static final RoleLadder LADDER = new RoleLadder(
            List.of(new Rung("Admin", "Admin"), new Rung("User", "User"), new Rung("Guest", "Guest")),
            Optional.of(new Rung("User", "User")));

    static final class User {
        final Set<String> targets = new TreeSet<>();
        final Set<String> byHand = new TreeSet<>();
        final Set<String> roles = new TreeSet<>();
        final Set<Entitlement> onRecord = new LinkedHashSet<>();
        final List<Decision> decisions = new ArrayList<>();
        Set<Conflict> conflicts = Set.of();
        Optional<String> ownRole = Optional.empty();
        Optional<String> ownExclusiveGroup = Optional.empty();
        boolean enabled = true;
        Optional<String> justJoined = Optional.empty();
    }

    final Realm realm = new Realm();
    final Map<String, User> users = new LinkedHashMap<>();
    private final Core core;

    World(Core core) {
        this.core = core;
        Realm.USERS.forEach(id -> users.put(id, new User()));
    }

    /** The step, followed by a reconciliation of whom the edge would reconcile. */
    void take(Step step) {
        if (step instanceof Step.Push push) {
            realm.push(push.name(), push.roles());
        } else if (step instanceof Step.Add add) {
            realm.group(add.group()).ifPresent(group -> {
                group.members.add(id(add.user()));
                reconcile(List.of(id(add.user())));
            });
        } else if (step instanceof Step.Remove remove) {
            realm.group(remove.group()).ifPresent(group -> {
                group.members.remove(id(remove.user()));
                reconcile(List.of(id(remove.user())));
            });
        } else if (step instanceof Step.Rename rename) {
            realm.group(rename.group()).ifPresent(group -> {
                realm.rename(group, rename.name());
                reconcile(concerned(group));
            });
        } else if (step instanceof Step.Delete delete) {
            realm.group(delete.group()).ifPresent(group -> {
                Set<String> concerned = concerned(group);
                realm.delete(group);
                reconcile(concerned);
            });
        } else if (step instanceof Step.Roles roles) {
            realm.group(roles.group()).ifPresent(group -> {
                group.roles = roles.roles();
                reconcile(concerned(group));
            });
        } else if (step instanceof Step.OwnRole own) {
            user(own.user()).ownRole = Optional.ofNullable(own.role());
            reconcile(List.of(id(own.user())));
        } else if (step instanceof Step.OwnExclusiveGroup own) {
            user(own.user()).ownExclusiveGroup = realm.targets.values().stream()
                    .filter(target -> target.type() == TargetType.EXCLUSIVE_GROUP
                            && realm.targetNames.get(target.id()).equals(own.name()))
                    .map(Target::id)
                    .findFirst();
            reconcile(List.of(id(own.user())));
        } else if (step instanceof Step.Rules rules) {
            realm.rules(rules);
        } else if (step instanceof Step.Approve approve) {
            mapping(approve.mapping()).ifPresent(mapping -> decide(mapping, () -> realm.approve(mapping, null)));
        } else if (step instanceof Step.Remap remap) {
            mapping(remap.mapping()).ifPresent(mapping -> decide(mapping, () -> realm.approve(mapping, remap.name())));
        } else if (step instanceof Step.Reject reject) {
            mapping(reject.mapping()).ifPresent(mapping -> decide(mapping, () -> realm.reject(mapping)));
        } else if (step instanceof Step.Brake brake) {
            mapping(brake.mapping()).ifPresent(mapping -> decide(mapping, () -> realm.brake(mapping)));
        } else if (step instanceof Step.MapByHand map) {
            realm.group(map.group()).ifPresent(group -> {
                realm.map(group, map.type(), map.name());
                reconcile(concerned(group));
            });
        } else if (step instanceof Step.Decide decide) {
            decide(id(decide.user()), decide);
        } else if (step instanceof Step.Join join) {
            realm.target(join.target()).ifPresent(target -> join(id(join.user()), target));
        } else if (step instanceof Step.Leave leave) {
            realm.target(leave.target()).ifPresent(target -> leave(id(leave.user()), target));
        } else if (step instanceof Step.DeleteTarget delete) {
            realm.target(delete.target()).ifPresent(this::delete);
        } else if (step instanceof Step.RenameTarget rename) {
            realm.target(rename.target())
                    .filter(target -> target.type().group())
                    .ifPresent(target -> realm.targetNames.put(target.id(), rename.name()));
        } else if (step instanceof Step.GrantRole grant) {
            user(grant.user()).roles.add(grant.role());
            reconcile(List.of(id(grant.user())));
        } else if (step instanceof Step.Deactivate deactivate) {
            user(deactivate.user()).enabled = false;
            reconcile(List.of(id(deactivate.user())));
        } else if (step instanceof Step.Reactivate reactivate) {
            user(reactivate.user()).enabled = true;
            reconcile(List.of(id(reactivate.user())));
        } else if (step instanceof Step.Login login) {
            String id = id(login.user());
            realm.groups.forEach(group -> group.claimants.remove(id));
            login.claims().forEach(number -> realm.group(number).ifPresent(group -> group.claimants.add(id)));
            reconcile(List.of(id));
        } else if (step instanceof Step.Policy policy) {
            realm.defaultPool = policy.defaultExclusiveGroup();
            realm.unmapped = policy.unmapped();
            reconcile(users.keySet());
        }
    }

    static String id(int user) {
        return Realm.USERS.get(user);
    }

    private User user(int number) {
        return users.get(id(number));
    }

    private Optional<Mapping> mapping(int number) {
        return realm.pick(realm.mappings, number);
    }

    private void decide(Mapping mapping, Runnable decision) {
        Set<String> concerned = new TreeSet<>();
        users.forEach((id, user) -> {
            boolean has = user.onRecord.stream()
                    .anyMatch(
                            entitlement -> entitlement.provenance().mappingId().equals(Optional.of(mapping.id())));
            if (has) {
                concerned.add(id);
            }
        });
        realm.groups.stream()
                .filter(group -> group.id.equals(mapping.groupId()))
                .forEach(group -> {
                    concerned.addAll(group.members);
                    concerned.addAll(group.claimants);
                });
        decision.run();
        reconcile(concerned);
    }

    private Set<String> concerned(Realm.Group group) {
        Set<String> concerned = new TreeSet<>(group.members);
        concerned.addAll(group.claimants);
        users.forEach((id, user) -> {
            if (user.onRecord.stream()
                    .anyMatch(entitlement -> entitlement.provenance().groupId().equals(Optional.of(group.id)))) {
                concerned.add(id);
            }
        });
        return concerned;
    }

    private void decide(String id, Step.Decide step) {
        User user = users.get(id);
        realm.pick(List.copyOf(user.conflicts), step.conflict()).ifPresent(conflict -> {
            List<Decision> words = step.useIncoming()
                    ? Choice.inFavourOf(conflict.incomingId(), candidates(user, id))
                    : List.of(new Decision(conflict.currentId(), conflict.incomingId()));
            words.forEach(word -> user.decisions.remove(new Decision(word.loserId(), word.winnerId())));
            user.decisions.removeAll(words);
            user.decisions.addAll(0, words);
            reconcile(List.of(id));
        });
    }

    List<Candidate> candidates(User user, String id) {
        return Desired.of(subject(id), LADDER).candidates(user.onRecord, realm.braked);
    }

    private void join(String id, Target target) {
        User user = users.get(id);
        if (user.targets.add(target.id())) {
            user.byHand.add(target.id());
            forget(user, target);
            user.justJoined = Optional.of(target.id()).filter(joined -> target.type() == TargetType.EXCLUSIVE_GROUP);
            reconcile(List.of(id));
            user.justJoined = Optional.empty();
        }
    }

    private void leave(String id, Target target) {
        User user = users.get(id);
        if (user.targets.remove(target.id())) {
            user.byHand.remove(target.id());
            forget(user, target);
            reconcile(List.of(id));
        }
    }

    private static void forget(User user, Target target) {
        user.onRecord.removeIf(entitlement ->
                entitlement.kind().mappable() && entitlement.targetId().equals(target.id()));
    }

    private void delete(Target target) {
        if (realm.deleteTarget(target)) {
            Set<String> concerned = new TreeSet<>();
            users.forEach((id, user) -> {
                if (user.ownExclusiveGroup.equals(Optional.of(target.id()))) {
                    user.ownExclusiveGroup = Optional.empty();
                    concerned.add(id);
                }
                if (user.targets.remove(target.id())
                        || user.onRecord.stream()
                                .anyMatch(entitlement -> entitlement.targetId().equals(target.id()))
                        || user.conflicts.stream().anyMatch(conflict -> true)) {
                    concerned.add(id);
                }
                user.byHand.remove(target.id());
                forget(user, target);
            });
            reconcile(concerned);
        }
    }

    void reconcile(Collection<String> ids) {
        for (String id : ids) {
            User user = users.get(id);
            Plan plan = plan(id);
            for (Change change : plan.changes()) {
                boolean changed =
                        switch (change.action()) {
                            case JOIN -> user.targets.add(change.targetId());
                            case LEAVE -> user.targets.remove(change.targetId());
                            case GRANT_ROLE -> user.roles.add(change.targetId());
                            case REVOKE_ROLE -> user.roles.remove(change.targetId());
                            case ENABLE -> !user.enabled && (user.enabled = true);
                            case DISABLE -> user.enabled && !(user.enabled = false);
                        };
                if (!changed) {
                    throw new AssertionError(change + " changes nothing");
                }
            }
            user.onRecord.removeAll(plan.forget());
            user.onRecord.addAll(plan.record());
            user.conflicts = plan.conflicts();
        }
    }

    Plan plan(String id) {
        User user = users.get(id);
        RealmPolicy policy = new RealmPolicy(
                LADDER,
                Optional.of(Realm.DEFAULT_POOL).filter(pool -> realm.defaultPool),
                realm.unmapped,
                Optional.of(Realm.DEFAULT_TEAM));
        return core.plan(subject(id), policy, Set.copyOf(user.onRecord), holdings(user), () -> false);
    }

    private Subject subject(String id) {
        User user = users.get(id);
        List<Source> sources = new ArrayList<>();
        for (Realm.Group group : realm.groups) {
            if (group.members.contains(id)) {
                sources.add(new Source(group.id, group.allRoles(), realm.mappingsOf(group.id)));
            }
            if (group.claimants.contains(id)) {
                sources.add(new Source(Origin.CLAIM, group.id, List.of(), realm.mappingsOf(group.id)));
            }
        }
        return new Subject(user.ownRole, sources)
                .withOwnExclusiveGroup(user.ownExclusiveGroup)
                .withDecisions(List.copyOf(user.decisions))
                .withBraked(Set.copyOf(realm.braked))
                .withEnabled(user.enabled);
    }

    private Holdings holdings(User user) {
        Set<String> organizations = held(user, TargetType.ORGANIZATION);
        Set<String> groups = new LinkedHashSet<>(user.targets);
        groups.removeAll(organizations);
        return new Holdings(
                groups,
                held(user, TargetType.EXCLUSIVE_GROUP),
                organizations,
                organizations,
                Set.copyOf(user.roles),
                user.justJoined);
    }

    Set<String> held(User user, TargetType type) {
        Set<String> held = new TreeSet<>(user.targets);
        held.removeIf(id -> realm.targets.get(id).type() != type);
        return held;
    }

    /** A team given by hand stays, whatever happens; what nobody gave by hand has a reason. Of other targets there is one. */
    private Optional<String> byHand(User user) {
        user.byHand.removeIf(id -> realm.targets.get(id).type() != TargetType.TEAM && !user.targets.contains(id));
        Optional<String> lost =
                user.byHand.stream().filter(id -> !user.targets.contains(id)).findFirst();
        Optional<String> unfounded = user.targets.stream()
                .filter(id -> !user.byHand.contains(id)
                        && user.onRecord.stream()
                                .noneMatch(entitlement -> entitlement.targetId().equals(id)))
                .findFirst();
        return lost.map(id -> "has lost what was given by hand: " + id)
                .or(() -> unfounded.map(id -> "has without any reason: " + id));
    }

    /** What must be so after every step, whatever happened; empty when it is. */
    Optional<String> violation() {
        for (Map.Entry<String, User> entry : users.entrySet()) {
            User user = entry.getValue();
            Plan again = plan(entry.getKey());
            if (!again.isEmpty() || !again.conflicts().equals(user.conflicts)) {
                return Optional.of(entry.getKey() + " is not in line: " + again + ", conflicts " + user.conflicts);
            }
            if (held(user, TargetType.EXCLUSIVE_GROUP).size() > 1) {
                return Optional.of(entry.getKey() + " is in two exclusive groups: " + user.targets);
            }
            if (!user.onRecord.isEmpty() && user.roles.size() > 1) {
                return Optional.of(entry.getKey() + " holds two roles of the ladder: " + user.roles);
            }
            Optional<String> byHand = byHand(user);
            if (byHand.isPresent()) {
                return byHand.map(what -> entry.getKey() + " " + what);
            }
            for (Entitlement entitlement : user.onRecord) {
                boolean there = entitlement.kind() == Kind.ROLE
                        ? user.roles.contains(entitlement.targetId())
                        : entitlement.kind() == Kind.ACCOUNT
                                || !user.enabled
                                || user.targets.contains(entitlement.targetId());
                if (!there) {
                    return Optional.of(entry.getKey() + " lacks what is on record: " + entitlement);
                }
            }
        }
        return Optional.empty();
    }
}
