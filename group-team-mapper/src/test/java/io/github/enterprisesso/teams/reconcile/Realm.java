package io.github.enterprisesso.teams.reconcile;

import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.NameEffect;
import io.github.enterprisesso.teams.mapping.NamePattern.MatchAll;
import io.github.enterprisesso.teams.mapping.NamePattern.Prefix;
import io.github.enterprisesso.teams.mapping.Rule;
import io.github.enterprisesso.teams.mapping.RuleSet;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.mapping.Unmapped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What directories and administrators have said of groups, mappings and targets: the input of both the core and the model. */
final class Realm {

    static final List<String> USERS = List.of("u0", "u1", "u2");
    static final String DEFAULT_POOL = "t-default-pool";
    static final String DEFAULT_TEAM = "t-default-team";

    /** A pushed group; who left the realm's directories with it is in the tombstone of its name. */
    static final class Group {
        final String id;
        String name;
        Set<String> roles = Set.of();
        Optional<String> ruleRole = Optional.empty();
        final Set<String> members = new TreeSet<>();
        final Set<String> claimants = new TreeSet<>();

        Group(String id, String name) {
            this.id = id;
            this.name = name;
        }

        List<String> allRoles() {
            List<String> all = new ArrayList<>(roles);
            ruleRole.ifPresent(all::add);
            return all;
        }
    }

    record Tombstone(String groupId, Set<String> roles) {}

    final List<Group> groups = new ArrayList<>();
    final List<Mapping> mappings = new ArrayList<>();
    final Map<String, Target> targets = new LinkedHashMap<>();
    final Map<String, String> targetNames = new HashMap<>();
    final Set<String> braked = new LinkedHashSet<>();
    private final Map<String, Tombstone> tombstones = new HashMap<>();
    private final Map<String, Mapping> buried = new LinkedHashMap<>();
    private RuleSet rules = rules(0);
    boolean defaultPool;
    Unmapped unmapped = Unmapped.KEEP;
    private int count;

    Realm() {
        target(DEFAULT_POOL, TargetType.EXCLUSIVE_GROUP, "default");
        target(DEFAULT_TEAM, TargetType.TEAM, "default");
        for (String name : List.of("org-a", "org-b")) {
            target("t-" + name, TargetType.ORGANIZATION, name);
        }
    }

    private void target(String id, TargetType type, String name) {
        targets.put(id, new Target(type, id));
        targetNames.put(id, name);
    }

    private static RuleSet rules(int which) {
        Rule engineering = new Rule("eng", new Prefix("eng-"), TargetType.TEAM, true, 30, Optional.of("Guest"));
        Rule pools = new Rule("pools", new Prefix("POOL-"), TargetType.EXCLUSIVE_GROUP, true, 20, Optional.empty());
        Rule organizations = new Rule("orgs", new Prefix("org-"), TargetType.ORGANIZATION, true, 10, Optional.empty());
        Rule all = new Rule("all", new MatchAll(), TargetType.TEAM, which != 1, 0, Optional.empty());
        return new RuleSet(
                switch (which) {
                    case 0 -> List.of(engineering, pools, organizations);
                    case 1 -> List.of(pools, organizations, all);
                    case 2 -> List.of(engineering, all);
                    default -> List.of();
                });
    }

    void rules(Step.Rules step) {
        rules = rules(step.which());
    }

    <T> Optional<T> pick(List<T> from, int number) {
        return from.isEmpty() ? Optional.empty() : Optional.of(from.get(number % from.size()));
    }

    Optional<Group> group(int number) {
        return pick(groups, number);
    }

    Optional<Target> target(int number) {
        return pick(List.copyOf(targets.values()), number);
    }

    List<Mapping> mappingsOf(String groupId) {
        return mappings.stream()
                .filter(mapping -> mapping.groupId().equals(groupId))
                .toList();
    }

    /** Answers whether there is a change at all. */
    boolean push(String name, Set<String> roles) {
        if (groups.stream().anyMatch(group -> group.name.equals(name))) {
            return false;
        }
        Group group = new Group("g" + count++, name);
        group.roles = roles;
        groups.add(group);
        Tombstone grave = tombstones.remove(name);
        if (grave != null) {
            if (roles.isEmpty()) {
                group.roles = grave.roles();
            }
            List<Mapping> back = buried.values().stream()
                    .filter(mapping -> mapping.groupId().equals(grave.groupId()))
                    .toList();
            for (Mapping mapping : back) {
                buried.remove(mapping.id());
                boolean gone = mapping.target()
                        .filter(target -> !targets.containsKey(target.id()))
                        .isPresent();
                Mapping restored = moved(mapping, group.id);
                mappings.add(gone ? targetGone(restored) : restored);
            }
        }
        named(group);
        return true;
    }

    boolean rename(Group group, String name) {
        if (groups.stream().anyMatch(other -> other.name.equals(name))) {
            return false;
        }
        group.name = name;
        named(group);
        return true;
    }

    private void named(Group group) {
        NameEffect effect = NameEffect.of(rules.firstMatch(group.name), mappingsOf(group.id));
        group.ruleRole = effect.role();
        for (NameEffect.Step step : effect.steps()) {
            if (step instanceof NameEffect.Add add) {
                Rule rule = add.rule();
                Optional<Target> target = rule.autoApprove() ? find(rule.targetType(), group.name) : Optional.empty();
                mappings.add(new Mapping(
                        "m" + count,
                        group.id,
                        rule.targetType(),
                        target,
                        target.isPresent() ? MappingStatus.AUTO_APPROVED : MappingStatus.PENDING,
                        false,
                        false,
                        Optional.of(rule.name()),
                        count++));
            } else if (step instanceof NameEffect.Hold hold) {
                replace(status(hold.mapping(), MappingStatus.PENDING, true));
            } else if (step instanceof NameEffect.Follow follow) {
                follow.mapping()
                        .target()
                        .filter(target -> target.type().group())
                        .ifPresent(target -> targetNames.put(target.id(), group.name));
            } else if (step instanceof NameEffect.Drop drop) {
                mappings.removeIf(mapping -> mapping.id().equals(drop.mapping().id()));
            }
        }
    }

    /** Found by name; made where the kind is made. */
    Optional<Target> find(TargetType type, String name) {
        Optional<Target> found = targets.values().stream()
                .filter(target ->
                        target.type() == type && targetNames.get(target.id()).equals(name))
                .findFirst();
        if (found.isPresent() || !type.group()) {
            return found;
        }
        String id = "t" + count++;
        target(id, type, name);
        return Optional.of(targets.get(id));
    }

    void delete(Group group) {
        tombstones.put(group.name, new Tombstone(group.id, group.roles));
        mappingsOf(group.id).forEach(mapping -> buried.put(mapping.id(), mapping));
        mappings.removeIf(mapping -> mapping.groupId().equals(group.id) && !braked.contains(mapping.id()));
        braked.forEach(buried::remove);
        groups.remove(group);
    }

    /** False when the group is mapped there already. */
    boolean map(Group group, TargetType type, String name) {
        Optional<Target> target = find(type, name);
        if (target.isEmpty()
                || mappingsOf(group.id).stream()
                        .anyMatch(mapping -> mapping.target().equals(target))) {
            return false;
        }
        mappings.add(new Mapping(
                "m" + count, group.id, type, target, MappingStatus.APPROVED, false, false, Optional.empty(), count++));
        return true;
    }

    void approve(Mapping mapping, String name) {
        Optional<Target> target = mapping.target().isPresent() && name == null
                ? mapping.target()
                : find(mapping.type(), name == null ? "approved" : name);
        boolean twice = mappingsOf(mapping.groupId()).stream()
                .anyMatch(other ->
                        !other.id().equals(mapping.id()) && other.target().equals(target));
        if (target.isPresent() && !twice) {
            braked.remove(mapping.id());
            replace(new Mapping(
                    mapping.id(),
                    mapping.groupId(),
                    mapping.type(),
                    target,
                    MappingStatus.APPROVED,
                    false,
                    false,
                    mapping.rule(),
                    mapping.madeAt()));
        }
    }

    void reject(Mapping mapping) {
        braked.remove(mapping.id());
        replace(status(mapping, MappingStatus.REJECTED, false));
    }

    void brake(Mapping mapping) {
        if (mapping.status().syncs()) {
            braked.add(mapping.id());
            replace(status(mapping, MappingStatus.PENDING, true));
        }
    }

    boolean deleteTarget(Target target) {
        if (target.id().startsWith("t-default")) {
            return false;
        }
        targets.remove(target.id());
        targetNames.remove(target.id());
        List.copyOf(mappings).stream()
                .filter(mapping -> mapping.target().filter(target::equals).isPresent())
                .forEach(mapping -> {
                    braked.remove(mapping.id());
                    replace(targetGone(mapping));
                });
        return true;
    }

    private static Mapping targetGone(Mapping mapping) {
        return new Mapping(
                mapping.id(),
                mapping.groupId(),
                mapping.type(),
                Optional.empty(),
                mapping.status() == MappingStatus.REJECTED ? MappingStatus.REJECTED : MappingStatus.PENDING,
                false,
                true,
                mapping.rule(),
                mapping.madeAt());
    }

    private static Mapping status(Mapping mapping, MappingStatus status, boolean held) {
        return new Mapping(
                mapping.id(),
                mapping.groupId(),
                mapping.type(),
                mapping.target(),
                status,
                held,
                mapping.targetDeleted(),
                mapping.rule(),
                mapping.madeAt());
    }

    private static Mapping moved(Mapping mapping, String groupId) {
        return new Mapping(
                mapping.id(),
                groupId,
                mapping.type(),
                mapping.target(),
                mapping.status(),
                mapping.held(),
                mapping.targetDeleted(),
                mapping.rule(),
                mapping.madeAt());
    }

    private void replace(Mapping changed) {
        mappings.replaceAll(mapping -> mapping.id().equals(changed.id()) ? changed : mapping);
    }
}
