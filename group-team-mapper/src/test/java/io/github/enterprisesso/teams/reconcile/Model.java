package io.github.enterprisesso.teams.reconcile;

import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.mapping.Unmapped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What people should have, worked out anew for everybody after every step, from who was put where by whom: no plans, no record,
 * no differences.
 */
final class Model {

    /** A way to a target: group (or claim, or the user's attribute), mapping, target. */
    record Way(String from, String group, String mapping, Target target) {

        Optional<Conflict.Type> against(Way other) {
            boolean same = target.type() == other.target.type();
            if (target.equals(other.target) || same && target.type() == TargetType.TEAM) {
                return Optional.empty();
            }
            if (same) {
                return Optional.of(Conflict.Type.valueOf(target.type().name()));
            }
            boolean organization =
                    target.type() == TargetType.ORGANIZATION || other.target.type() == TargetType.ORGANIZATION;
            return organization && !group.equals(other.group)
                    ? Optional.of(Conflict.Type.CROSS_TYPE)
                    : Optional.empty();
        }
    }

    private static final class Person {
        final Set<String> byHand = new TreeSet<>();
        final Set<String> rolesByHand = new TreeSet<>();
        Set<Way> has = new LinkedHashSet<>();
        boolean inDefaultPool;
        boolean inDefaultTeam;
        String role;
        String account = "";
        boolean enabled = true;
        String ownRole;
        String ownPool;
        /** "winner>loser", newest first. */
        final List<String> words = new ArrayList<>();

        Set<Conflict> conflicts = Set.of();

        boolean known() {
            return !has.isEmpty() || inDefaultPool || inDefaultTeam || role != null || !account.isEmpty();
        }
    }

    final Realm realm = new Realm();
    private final Map<String, Person> people = new LinkedHashMap<>();

    Model() {
        Realm.USERS.forEach(id -> people.put(id, new Person()));
    }

    void take(Step step) {
        if (step instanceof Step.Push push) {
            realm.push(push.name(), push.roles());
        } else if (step instanceof Step.Add add) {
            realm.group(add.group()).ifPresent(group -> group.members.add(World.id(add.user())));
        } else if (step instanceof Step.Remove remove) {
            realm.group(remove.group()).ifPresent(group -> group.members.remove(World.id(remove.user())));
        } else if (step instanceof Step.Rename rename) {
            realm.group(rename.group()).ifPresent(group -> realm.rename(group, rename.name()));
        } else if (step instanceof Step.Delete delete) {
            realm.group(delete.group()).ifPresent(realm::delete);
        } else if (step instanceof Step.Roles roles) {
            realm.group(roles.group()).ifPresent(group -> group.roles = roles.roles());
        } else if (step instanceof Step.OwnRole own) {
            person(own.user()).ownRole = own.role();
        } else if (step instanceof Step.OwnExclusiveGroup own) {
            person(own.user()).ownPool = realm.targets.values().stream()
                    .filter(target -> target.type() == TargetType.EXCLUSIVE_GROUP)
                    .map(Target::id)
                    .filter(id -> realm.targetNames.get(id).equals(own.name()))
                    .findFirst()
                    .orElse(null);
        } else if (step instanceof Step.Rules rules) {
            realm.rules(rules);
        } else if (step instanceof Step.Approve approve) {
            mapping(approve.mapping()).ifPresent(mapping -> realm.approve(mapping, null));
        } else if (step instanceof Step.Remap remap) {
            mapping(remap.mapping()).ifPresent(mapping -> realm.approve(mapping, remap.name()));
        } else if (step instanceof Step.Reject reject) {
            mapping(reject.mapping()).ifPresent(realm::reject);
        } else if (step instanceof Step.Brake brake) {
            mapping(brake.mapping()).ifPresent(realm::brake);
        } else if (step instanceof Step.MapByHand map) {
            realm.group(map.group()).ifPresent(group -> realm.map(group, map.type(), map.name()));
        } else if (step instanceof Step.Decide decide) {
            decide(decide);
        } else if (step instanceof Step.Join join) {
            realm.target(join.target()).ifPresent(target -> join(person(join.user()), target));
        } else if (step instanceof Step.Leave leave) {
            realm.target(leave.target()).ifPresent(target -> {
                Person person = person(leave.user());
                if (memberships(person).contains(target.id())) {
                    takeOut(person, target);
                }
            });
        } else if (step instanceof Step.DeleteTarget delete) {
            realm.target(delete.target())
                    .filter(realm::deleteTarget)
                    .ifPresent(target -> people.values().forEach(person -> {
                        takeOut(person, target);
                        person.ownPool = target.id().equals(person.ownPool) ? null : person.ownPool;
                    }));
        } else if (step instanceof Step.RenameTarget rename) {
            realm.target(rename.target())
                    .filter(target -> target.type() != TargetType.ORGANIZATION)
                    .ifPresent(target -> realm.targetNames.put(target.id(), rename.name()));
        } else if (step instanceof Step.GrantRole grant) {
            Person person = person(grant.user());
            if (!grant.role().equals(person.role)) {
                person.rolesByHand.add(grant.role());
            }
        } else if (step instanceof Step.Deactivate deactivate) {
            person(deactivate.user()).enabled = false;
        } else if (step instanceof Step.Reactivate reactivate) {
            person(reactivate.user()).enabled = true;
        } else if (step instanceof Step.Login login) {
            String id = World.id(login.user());
            realm.groups.forEach(group -> group.claimants.remove(id));
            login.claims().forEach(number -> realm.group(number).ifPresent(group -> group.claimants.add(id)));
        } else if (step instanceof Step.Policy policy) {
            realm.defaultPool = policy.defaultExclusiveGroup();
            realm.unmapped = policy.unmapped();
        }
        people.forEach(this::settle);
    }

    private Person person(int number) {
        return people.get(World.id(number));
    }

    private Optional<Mapping> mapping(int number) {
        return realm.pick(realm.mappings, number);
    }

    private void decide(Step.Decide step) {
        String id = World.id(step.user());
        Person person = people.get(id);
        realm.pick(List.copyOf(person.conflicts), step.conflict()).ifPresent(conflict -> {
            Map<String, String> words = new LinkedHashMap<>();
            if (step.useIncoming()) {
                List<Way> ways = ways(id, person);
                for (Way way : ways) {
                    for (Way other : ways) {
                        if (way.mapping().equals(conflict.incomingId())
                                && way.against(other).isPresent()) {
                            words.put(way.mapping() + ">" + other.mapping(), other.mapping() + ">" + way.mapping());
                        }
                    }
                }
            } else {
                words.put(
                        conflict.currentId() + ">" + conflict.incomingId(),
                        conflict.incomingId() + ">" + conflict.currentId());
            }
            person.words.removeAll(words.keySet());
            person.words.removeAll(words.values());
            person.words.addAll(0, words.keySet());
        });
    }

    private void join(Person person, Target target) {
        if (!memberships(person).contains(target.id())) {
            takeOut(person, target);
            person.byHand.add(target.id());
            if (target.type() == TargetType.EXCLUSIVE_GROUP) {
                person.byHand.removeIf(other ->
                        !other.equals(target.id()) && realm.targets.get(other).type() == TargetType.EXCLUSIVE_GROUP);
            }
        }
    }

    private static void takeOut(Person person, Target target) {
        person.byHand.remove(target.id());
        person.has.removeIf(way -> way.target().equals(target));
        person.inDefaultPool &= !target.id().equals(Realm.DEFAULT_POOL);
        person.inDefaultTeam &= !target.id().equals(Realm.DEFAULT_TEAM);
    }

    private List<Way> ways(String id, Person person) {
        List<Way> ways = new ArrayList<>();
        if (person.ownPool != null) {
            ways.add(new Way("attribute", "", "user-attribute", realm.targets.get(person.ownPool)));
        }
        List<Way> waiting = new ArrayList<>();
        for (Mapping mapping : realm.mappings.stream()
                .sorted((a, b) -> Long.compare(a.madeAt(), b.madeAt()))
                .toList()) {
            for (Realm.Group group : realm.groups) {
                if (!group.id.equals(mapping.groupId()) || mapping.target().isEmpty()) {
                    continue;
                }
                for (String from : List.of("group", "claim")) {
                    boolean in = (from.equals("group") ? group.members : group.claimants).contains(id);
                    Way way = new Way(
                            from, group.id, mapping.id(), mapping.target().get());
                    if (in && mapping.status().syncs()) {
                        ways.add(way);
                    } else if (in
                            && mapping.held()
                            && mapping.status() == MappingStatus.PENDING
                            && person.has.contains(way)) {
                        waiting.add(way);
                    }
                }
            }
        }
        ways.addAll(waiting);
        person.has.stream()
                .filter(way -> realm.braked.contains(way.mapping()) && !ways.contains(way))
                .sorted((a, b) -> sortKey(a).compareTo(sortKey(b)))
                .forEach(ways::add);
        return ways;
    }

    private static String sortKey(Way way) {
        return way.target().type() + " " + way.target().id() + " " + (way.from().equals("claim") ? "CLAIM" : "GROUP")
                + way.group() + way.mapping();
    }

    /** Holders first, decided losers never before their winners. */
    private List<Way> choose(List<Way> ways, Person person) {
        Set<String> present = ways.stream().map(Way::mapping).collect(Collectors.toSet());
        Map<String, Set<String>> below = new HashMap<>();
        for (String word : person.words) {
            String winner = word.substring(0, word.indexOf('>'));
            String loser = word.substring(word.indexOf('>') + 1);
            if (present.contains(winner)
                    && present.contains(loser)
                    && !reach(loser, below).contains(winner)) {
                below.computeIfAbsent(winner, any -> new HashSet<>()).add(loser);
            }
        }
        List<Way> line =
                new ArrayList<>(ways.stream().filter(person.has::contains).toList());
        ways.stream()
                .filter(way -> !line.contains(way)
                        && person.byHand.contains(way.target().id()))
                .forEach(line::add);
        ways.stream()
                .filter(way -> !person.has.contains(way) && !line.contains(way))
                .forEach(line::add);
        List<Way> chosen = new ArrayList<>();
        boolean more = true;
        while (more) {
            more = false;
            for (Way way : line) {
                boolean free = !chosen.contains(way)
                        && chosen.stream().allMatch(other -> other.against(way).isEmpty());
                boolean beaten = line.stream()
                        .filter(other -> chosen.stream()
                                .allMatch(taken -> !taken.equals(other)
                                        && taken.against(other).isEmpty()))
                        .anyMatch(other -> other.against(way).isPresent()
                                && below.getOrDefault(other.mapping(), Set.of()).contains(way.mapping()));
                if (free && !beaten) {
                    chosen.add(way);
                    more = true;
                    break;
                }
            }
        }
        return chosen;
    }

    private static Set<String> reach(String from, Map<String, Set<String>> below) {
        Set<String> reached = new HashSet<>(Set.of(from));
        List<String> next = new ArrayList<>(reached);
        while (!next.isEmpty()) {
            for (String one : below.getOrDefault(next.remove(0), Set.of())) {
                if (reached.add(one)) {
                    next.add(one);
                }
            }
        }
        return reached;
    }

    private void settle(String id, Person person) {
        boolean provisioned = person.ownRole != null
                || person.ownPool != null
                || realm.groups.stream().anyMatch(group -> group.members.contains(id) || group.claimants.contains(id));
        if (!provisioned && !person.known()) {
            person.conflicts = Set.of();
            return;
        }
        List<Way> ways = ways(id, person);
        List<Way> chosen = choose(ways, person);
        Set<Conflict> conflicts = new LinkedHashSet<>();
        for (Way incoming : ways) {
            for (Way current : ways.stream().filter(chosen::contains).toList()) {
                boolean said = person.words.contains(current.mapping() + ">" + incoming.mapping())
                        || person.words.contains(incoming.mapping() + ">" + current.mapping());
                current.against(incoming)
                        .filter(type -> !said)
                        .ifPresent(type -> conflicts.add(new Conflict(type, current.mapping(), incoming.mapping())));
            }
        }
        person.conflicts = conflicts;
        unmapped(person, ways);
        person.has = chosen.stream()
                .filter(way -> !person.byHand.contains(way.target().id()))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        if (person.enabled) {
            replaceByHand(person, chosen);
        }
        boolean pool = chosen.stream().anyMatch(way -> way.target().type() == TargetType.EXCLUSIVE_GROUP)
                || person.byHand.stream()
                        .anyMatch(target -> realm.targets.get(target).type() == TargetType.EXCLUSIVE_GROUP);
        person.inDefaultPool = realm.defaultPool && !pool;
        role(id, person);
    }

    private void unmapped(Person person, List<Way> ways) {
        boolean before = person.inDefaultTeam
                || !person.account.isEmpty()
                || person.has.stream().anyMatch(way -> !way.from().equals("attribute"));
        Unmapped answer = before && ways.isEmpty() ? realm.unmapped : Unmapped.KEEP;
        person.inDefaultTeam = answer == Unmapped.DEFAULT_TEAM && !person.byHand.contains(Realm.DEFAULT_TEAM);
        boolean disabled = person.account.equals("disabled");
        if (answer == Unmapped.DISABLE && disabled != person.enabled) {
            person.account = "disabled";
            person.enabled = false;
        } else {
            person.enabled |= disabled;
            person.account = answer == Unmapped.PENDING ? "pending" : "";
        }
    }

    private void replaceByHand(Person person, List<Way> chosen) {
        for (Way way : chosen) {
            if (way.target().type() != TargetType.TEAM) {
                person.byHand.removeIf(target -> !target.equals(way.target().id())
                        && realm.targets.get(target).type() == way.target().type());
            }
        }
    }

    private void role(String id, Person person) {
        Set<String> carried = new HashSet<>();
        if (person.ownRole != null) {
            carried.add(person.ownRole);
        }
        realm.groups.stream()
                .filter(group -> group.members.contains(id))
                .forEach(group -> carried.addAll(group.allRoles()));
        if (!carried.isEmpty()) {
            person.role = highest(carried);
            person.rolesByHand.clear();
        } else if (!person.rolesByHand.isEmpty()) {
            person.role = null;
            person.rolesByHand.retainAll(Set.of(highest(person.rolesByHand)));
        } else {
            person.role = "User";
        }
    }

    private static String highest(Set<String> roles) {
        return Step.ROLES.stream().filter(roles::contains).findFirst().orElseThrow();
    }

    private Set<String> memberships(Person person) {
        Set<String> memberships = new TreeSet<>(person.byHand);
        if (person.enabled) {
            person.has.forEach(way -> memberships.add(way.target().id()));
            if (person.inDefaultPool) {
                memberships.add(Realm.DEFAULT_POOL);
            }
            if (person.inDefaultTeam) {
                memberships.add(Realm.DEFAULT_TEAM);
            }
        }
        return memberships;
    }

    /** Where the world is not as it should be; empty when it is. */
    Optional<String> difference(World world) {
        for (Map.Entry<String, Person> entry : people.entrySet()) {
            Person person = entry.getValue();
            World.User user = world.users.get(entry.getKey());
            Set<String> roles = new TreeSet<>(person.rolesByHand);
            if (person.role != null) {
                roles.add(person.role);
            }
            String expected = memberships(person) + " " + roles + " " + person.conflicts + " enabled=" + person.enabled;
            String actual = user.targets + " " + user.roles + " " + user.conflicts + " enabled=" + user.enabled;
            if (!expected.equals(actual)) {
                return Optional.of(entry.getKey() + " should have " + expected + " but has " + actual);
            }
        }
        return Optional.empty();
    }
}
