package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.Rule;
import io.github.enterprisesso.teams.mapping.RuleSet;
import io.github.enterprisesso.teams.mapping.Source;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.reconcile.Change;
import io.github.enterprisesso.teams.reconcile.Plan;
import io.github.enterprisesso.teams.store.Census;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.keycloak.models.GroupModel;
import org.keycloak.storage.StorageId;

/** What a reconciliation would do, now or if something were otherwise. Writes nothing, locks nothing. */
public final class Outlook {

    /** Begins the id of a target that would be made; its name follows. */
    private static final String NEW = "new:";

    private final MapperState state;
    private final Targets targets;
    private final People people;
    private final Reasons reasons;
    private final PushedGroups groups;
    private final boolean exclusiveOwner;
    private final Planner planner;

    /** @param exclusiveOwner whether the realm allows one group for each target */
    Outlook(
            MapperState state,
            Targets targets,
            People people,
            Reasons reasons,
            PushedGroups groups,
            boolean exclusiveOwner,
            Planner planner) {
        this.state = state;
        this.targets = targets;
        this.people = people;
        this.reasons = reasons;
        this.groups = groups;
        this.exclusiveOwner = exclusiveOwner;
        this.planner = planner;
    }

    /** Decides on one user. */
    @FunctionalInterface
    interface Planner {
        Plan plan(String userId, Subject subject, Census census);
    }

    /**
     * One user's part.
     *
     * @param changes in English: {@code JOIN team 'Devs'}
     */
    public record Forecast(String userId, List<Step> changes, Set<Conflict> conflicts) {

        /**
         * One thing that would be done.
         *
         * @param action JOIN, LEAVE, GRANT_ROLE, REVOKE_ROLE, ENABLE or DISABLE
         * @param target name of the team, exclusive group, organization or role
         */
        public record Step(String action, String kind, String target, String reason) {}

        boolean nothing() {
            return changes.isEmpty() && conflicts.isEmpty();
        }
    }

    /**
     * What rules would make of a pushed group, if it were pushed for the first time.
     *
     * @param rule name of the first rule that matches; null for none
     * @param status null where no mapping would be made
     * @param made whether the target would be made
     */
    public record GroupForecast(
            String groupId, String groupName, String rule, TargetType targetType, String status, boolean made) {}

    /** What is not as it should be: what a reconciliation of these users would do. */
    public List<Forecast> drift(Collection<String> userIds) {
        return forecasts(userIds, UnaryOperator.identity());
    }

    /** One user without some of his groups, and with others. */
    public Forecast whatIf(String userId, Set<String> without, Set<String> with) {
        Map<String, Source> added = people.sources(with);
        return forecasts(List.of(userId), subject -> {
                    List<Source> sources = new ArrayList<>(subject.sources());
                    sources.removeIf(
                            source -> without.contains(source.groupId()) || added.containsKey(source.groupId()));
                    sources.addAll(added.values());
                    return subject.withSources(sources);
                })
                .stream()
                .findFirst()
                .orElse(new Forecast(userId, List.of(), Set.of()));
    }

    /** One more mapping. */
    public List<Forecast> mapping(String groupId, Target target) {
        Mapping mapping = new Mapping(
                NEW + "mapping",
                groupId,
                target.type(),
                Optional.of(target),
                MappingStatus.APPROVED,
                false,
                false,
                Optional.empty(),
                Long.MAX_VALUE);
        return withMappings(Map.of(groupId, List.of(mapping)), Map.of());
    }

    /**
     * A mapping approved or rejected.
     *
     * @param target where it would lead to; empty for where it leads now
     */
    public List<Forecast> decision(MappingEntity decided, MappingStatus status, Optional<Target> target) {
        Mapping now = decided.toMapping();
        Mapping then = new Mapping(
                now.id(),
                now.groupId(),
                now.type(),
                target.or(now::target),
                status,
                false,
                false,
                now.rule(),
                now.madeAt());
        Set<String> concerned = new TreeSet<>(state.concerned().byGroup(now.groupId()));
        concerned.addAll(state.grants().usersThrough(now.id()));
        return forecasts(concerned, subject -> {
            Set<String> braked = new HashSet<>(subject.braked());
            braked.remove(now.id());
            return subject.withBraked(braked)
                    .withSources(subject.sources().stream()
                            .map(source -> new Source(
                                    source.origin(),
                                    source.groupId(),
                                    source.roles(),
                                    source.mappings().stream()
                                            .map(mapping -> mapping.id().equals(then.id()) ? then : mapping)
                                            .toList()))
                            .toList());
        });
    }

    /** The target by its name, as a preview knows it: perhaps one that would be made. */
    public Optional<Target> target(TargetType type, String name) {
        return targets.find(type, name)
                .or(() -> type.group() ? Optional.of(new Target(type, NEW + name)) : Optional.empty());
    }

    /** What each pushed group without a mapping would become. */
    public List<GroupForecast> groups(RuleSet rules) {
        return matches(rules).stream()
                .map(match -> new GroupForecast(
                        match.group().getId(),
                        match.group().getName(),
                        match.rule().map(Rule::name).orElse(null),
                        match.rule().map(Rule::targetType).orElse(null),
                        match.rule().isEmpty()
                                ? null
                                : (match.target().isPresent() ? MappingStatus.AUTO_APPROVED : MappingStatus.PENDING)
                                        .name(),
                        match.target()
                                .filter(found -> found.id().startsWith(NEW))
                                .isPresent()))
                .toList();
    }

    /** A group, the rule that is for it, and the target that this one approves by itself. */
    private record Match(GroupModel group, Optional<Rule> rule, Optional<Target> target) {}

    private List<Match> matches(RuleSet rules) {
        List<Match> matches = new ArrayList<>();
        Set<Target> given = new HashSet<>();
        for (GroupModel group : unmapped()) {
            Optional<Rule> rule = groups.firstMatch(rules, group.getId(), group.getName());
            Optional<Target> target = rule.filter(Rule::autoApprove)
                    .flatMap(found -> target(found.targetType(), group.getName()))
                    .filter(this::fits)
                    .filter(found -> groups.taken(found, group.getId()).isEmpty())
                    .filter(found -> given.add(found) || !exclusiveOwner);
            matches.add(new Match(group, rule, target));
        }
        return matches;
    }

    /** What that would do to their members. */
    public List<Forecast> members(RuleSet rules) {
        Map<String, List<Mapping>> mappings = new LinkedHashMap<>();
        Map<String, String> roles = new LinkedHashMap<>();
        for (Match match : matches(rules)) {
            String groupId = match.group().getId();
            match.rule().flatMap(Rule::role).ifPresent(role -> roles.put(groupId, role));
            mappings.put(
                    groupId,
                    match.target().stream()
                            .map(target -> new Mapping(
                                    NEW + groupId,
                                    groupId,
                                    target.type(),
                                    Optional.of(target),
                                    MappingStatus.AUTO_APPROVED,
                                    false,
                                    false,
                                    Optional.empty(),
                                    Long.MAX_VALUE))
                            .toList());
        }
        return withMappings(mappings, roles);
    }

    private boolean fits(Target target) {
        return target.id().startsWith(NEW) || targets.refusal(target).isEmpty();
    }

    private List<GroupModel> unmapped() {
        List<String> ids = state.model().groupsWith(PushedGroup.CONNECTION, "", 0, Integer.MAX_VALUE);
        Set<String> mapped = new HashSet<>();
        for (int from = 0; from < ids.size(); from += Census.MOST) {
            state.mappings().of(ids.subList(from, Math.min(from + Census.MOST, ids.size()))).stream()
                    .map(MappingEntity::getGroupId)
                    .forEach(mapped::add);
        }
        return ids.stream()
                .filter(id -> !mapped.contains(id))
                .flatMap(id -> targets.group(id).stream())
                .filter(PushedGroup::is)
                .toList();
    }

    private List<Forecast> withMappings(Map<String, List<Mapping>> mappings, Map<String, String> roles) {
        Set<String> concerned = new TreeSet<>();
        mappings.keySet().forEach(groupId -> concerned.addAll(state.concerned().byGroup(groupId)));
        return forecasts(
                concerned,
                subject -> subject.withSources(subject.sources().stream()
                        .map(source -> with(
                                source,
                                mappings.getOrDefault(source.groupId(), List.of()),
                                Optional.ofNullable(roles.get(source.groupId()))))
                        .toList()));
    }

    private static Source with(Source source, List<Mapping> more, Optional<String> role) {
        List<Mapping> mappings = new ArrayList<>(source.mappings());
        mappings.addAll(more);
        List<String> roles = new ArrayList<>(source.roles());
        role.ifPresent(roles::add);
        return new Source(source.origin(), source.groupId(), roles, mappings);
    }

    private List<Forecast> forecasts(Collection<String> userIds, UnaryOperator<Subject> hypothesis) {
        List<String> local =
                userIds.stream().filter(StorageId::isLocalStorage).sorted().toList();
        List<Forecast> forecasts = new ArrayList<>();
        for (int from = 0; from < local.size(); from += Census.MOST) {
            Census census = state.look(local.subList(from, Math.min(from + Census.MOST, local.size())));
            people.subjects(census, Occasion.ANY).forEach((userId, subject) -> {
                Plan plan = planner.plan(userId, hypothesis.apply(subject), census);
                Set<Conflict> conflicts = new HashSet<>(plan.conflicts());
                census.conflicts(userId).forEach(known -> conflicts.remove(known.conflict()));
                Forecast forecast = new Forecast(
                        userId, plan.changes().stream().map(this::step).toList(), conflicts);
                if (!forecast.nothing()) {
                    forecasts.add(forecast);
                }
            });
        }
        return forecasts;
    }

    private Forecast.Step step(Change change) {
        Entitlement target = new Entitlement(
                change.cause().kind(), change.targetId(), change.cause().provenance());
        String name = change.targetId().startsWith(NEW)
                ? change.targetId().substring(NEW.length())
                : reasons.targetName(target);
        return new Forecast.Step(
                change.action().name(), change.cause().kind().name(), name, reasons.sentence(change.cause()));
    }
}
