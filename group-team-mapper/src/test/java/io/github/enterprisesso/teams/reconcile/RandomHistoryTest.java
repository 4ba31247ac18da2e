package io.github.enterprisesso.teams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.RealmPolicy;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.mapping.TargetType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of random histories of a realm against a model of what should come of them. A history that fails is shrunk and
 * printed: {@code History.random(seed, length)} makes it again.
 */
@DisplayName("Whatever happens in a realm")
class RandomHistoryTest {

    private static final int HISTORIES = 2000;
    private static final int LENGTH = 30;

    @Test
    @DisplayName("teams, exclusive groups, organizations, roles and conflicts are as the model says, after every step")
    void as_the_model_says() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            History history = History.random(seed, LENGTH);
            if (history.failure(Reconciliation::plan).isPresent()) {
                History shrunk = history.shrunk(Reconciliation::plan);
                assertThat(shrunk.failure(Reconciliation::plan))
                        .as("seed %d, shrunk to %s", seed, shrunk)
                        .isEmpty();
            }
        }
    }

    @Test
    @DisplayName("everything that can happen is in the histories")
    void everything() {
        Set<Class<?>> kinds = LongStream.range(0, HISTORIES)
                .mapToObj(seed -> History.random(seed, LENGTH))
                .flatMap(history -> history.steps().stream())
                .map(Object::getClass)
                .collect(Collectors.toSet());

        assertThat(kinds).containsExactlyInAnyOrder(Step.class.getPermittedSubclasses());
    }

    @Test
    @DisplayName("the order in which people come and go does not matter, where nothing is in conflict")
    void the_order_does_not_matter() {
        int compared = 0;
        for (long seed = 0; seed < 400; seed++) {
            Random random = new Random(seed);
            List<Step> groups = new ArrayList<>();
            for (String name : Step.NAMES) {
                groups.add(new Step.Push(name, random.nextBoolean() ? Set.of() : Set.of("Guest")));
            }
            groups.add(new Step.MapByHand(6, TargetType.TEAM, "misc"));
            List<Step> memberships = new ArrayList<>();
            for (int i = 0; i < 9; i++) {
                memberships.add(new Step.Add(random.nextInt(Realm.USERS.size()), random.nextInt(Step.NAMES.size())));
            }
            World one = run(groups, memberships);
            World other = run(groups, withDetours(memberships, random));
            for (String user : Realm.USERS) {
                World.User here = one.users.get(user);
                World.User there = other.users.get(user);
                assertThat(there.roles).as("seed %d", seed).isEqualTo(here.roles);
                if (here.conflicts.isEmpty() && there.conflicts.isEmpty()) {
                    assertThat(there.targets).as("seed %d", seed).isEqualTo(here.targets);
                    assertThat(there.onRecord).as("seed %d", seed).isEqualTo(here.onRecord);
                    compared++;
                }
            }
        }
        assertThat(compared).isGreaterThan(400);
    }

    private static World run(List<Step> groups, List<Step> memberships) {
        World world = new World(Reconciliation::plan);
        groups.forEach(world::take);
        memberships.forEach(world::take);
        return world;
    }

    /** The same in another order, with comings and goings in between that leave nothing behind. */
    private static List<Step> withDetours(List<Step> memberships, Random random) {
        List<Step> shuffled = new ArrayList<>();
        for (Step step : memberships) {
            shuffled.add(random.nextInt(shuffled.size() + 1), step);
        }
        List<Step> detours = new ArrayList<>();
        for (Step step : shuffled) {
            Step.Add add = (Step.Add) step;
            detours.add(add);
            detours.add(new Step.Remove(add.user(), add.group()));
            detours.add(add);
        }
        return detours;
    }

    /** Defects that the histories must find, or they would find nothing. */
    enum Defect implements World.Core {
        FORGETS_DECISIONS {
            @Override
            Subject subject(Subject subject) {
                return subject.withDecisions(List.of());
            }
        },
        IGNORES_THE_BRAKE {
            @Override
            Subject subject(Subject subject) {
                return subject.withBraked(Set.of());
            }
        },
        LEAVES_THE_DISABLED_IN_THEIR_TEAMS {
            @Override
            Subject subject(Subject subject) {
                return subject.withEnabled(true);
            }
        },
        LEAVES_NOTHING {
            @Override
            Plan plan(Plan plan) {
                return new Plan(
                        plan.changes().stream()
                                .filter(change -> change.action() != Change.Action.LEAVE)
                                .toList(),
                        plan.record(),
                        plan.forget(),
                        plan.conflicts());
            }
        },
        TAKES_WHAT_WAS_GIVEN_BY_HAND {
            @Override
            Plan plan(Plan plan, Holdings holdings) {
                Map<String, Change> changes = new LinkedHashMap<>();
                plan.changes().forEach(change -> changes.put(change.action() + change.targetId(), change));
                plan.forget().stream()
                        .filter(entitlement -> entitlement.kind() == Entitlement.Kind.TEAM)
                        .forEach(left -> holdings.groups()
                                .forEach(group -> changes.putIfAbsent(
                                        Change.Action.LEAVE + group, new Change(Change.Action.LEAVE, group, left))));
                return new Plan(List.copyOf(changes.values()), plan.record(), plan.forget(), plan.conflicts());
            }
        },
        RECORDS_NOTHING {
            @Override
            Plan plan(Plan plan) {
                return new Plan(plan.changes(), Set.of(), plan.forget(), plan.conflicts());
            }
        },
        HIDES_CONFLICTS {
            @Override
            Plan plan(Plan plan) {
                return new Plan(plan.changes(), plan.record(), plan.forget(), Set.of());
            }
        },
        HAS_NO_DEFAULTS {
            @Override
            RealmPolicy policy(RealmPolicy policy) {
                return RealmPolicy.of(policy.ladder());
            }
        };

        Subject subject(Subject subject) {
            return subject;
        }

        RealmPolicy policy(RealmPolicy policy) {
            return policy;
        }

        Plan plan(Plan plan) {
            return plan;
        }

        Plan plan(Plan plan, Holdings holdings) {
            return plan(plan);
        }

        @Override
        public Plan plan(
                Subject subject,
                RealmPolicy policy,
                Set<Entitlement> onRecord,
                Holdings holdings,
                BooleanSupplier last) {
            return plan(Reconciliation.plan(subject(subject), policy(policy), onRecord, holdings, last), holdings);
        }
    }

    @ParameterizedTest(name = "a core that {0} is found out, by a history of few steps")
    @EnumSource
    void defects_are_found(Defect defect) {
        History failing = LongStream.range(0, HISTORIES)
                .mapToObj(seed -> History.random(seed, LENGTH))
                .filter(history -> history.failure(defect).isPresent())
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody noticed that the core " + defect));

        History shrunk = failing.shrunk(defect);

        assertThat(shrunk.failure(defect)).as("%s", shrunk).isPresent();
        assertThat(shrunk.steps()).hasSizeLessThanOrEqualTo(8);
        assertThat(shrunk.failure(Reconciliation::plan)).isEmpty();
    }
}
