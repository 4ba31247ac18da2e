package io.github.enterprisesso.teams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.teams.mapping.Choice;
import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Conflict.Type;
import io.github.enterprisesso.teams.mapping.Decision;
import io.github.enterprisesso.teams.mapping.Desired;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.RealmPolicy;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Rung;
import io.github.enterprisesso.teams.mapping.Source;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.mapping.Unmapped;
import io.github.enterprisesso.teams.reconcile.Change.Action;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Where there is room for one")
class ExclusiveTargetsTest {

    private static final Rung ADMIN = new Rung("Admin", "Admin");
    private static final RoleLadder LADDER = new RoleLadder(List.of(ADMIN), Optional.empty());

    private final Set<String> groups = new TreeSet<>();
    private final Set<String> pools = Set.of("blue", "red", "default");
    private final Set<String> organizations = new TreeSet<>();
    private final Set<String> managed = new TreeSet<>();
    private final Set<String> roles = new TreeSet<>();
    private final Set<Entitlement> onRecord = new LinkedHashSet<>();
    private Subject subject = new Subject(Optional.empty(), List.of());
    private RealmPolicy policy = RealmPolicy.of(LADDER);
    private Set<Conflict> conflicts = Set.of();
    private boolean lastAdministrator;

    @AfterEach
    void asking_again_changes_nothing() {
        Plan first = reconcile();
        Plan second = reconcile();
        assertThat(second.isEmpty()).as("%s after %s", second, first).isTrue();
        assertThat(second.conflicts()).isEqualTo(first.conflicts());
    }

    @Nested
    class In_a_conflict {

        @Test
        @DisplayName("CNF-1 CNF-2 who is in an exclusive group stays there, and the incoming one waits")
        void exclusive_groups() {
            sources(pool("a", "blue"));
            sources(pool("a", "blue"), pool("b", "red"));

            assertThat(groups).containsExactly("blue");
            assertThat(conflicts).containsExactly(new Conflict(Type.EXCLUSIVE_GROUP, "a", "b"));
        }

        @Test
        @DisplayName("CNF-1 two organizations, and an organization against a team of another group")
        void organizations() {
            sources(organization("a", "acme"));
            sources(organization("a", "acme"), organization("b", "globex"), team("c", "devs"));

            assertThat(organizations).containsExactly("acme");
            assertThat(groups).isEmpty();
            assertThat(conflicts)
                    .containsExactlyInAnyOrder(
                            new Conflict(Type.ORGANIZATION, "a", "b"), new Conflict(Type.CROSS_TYPE, "a", "c"));
        }

        @Test
        @DisplayName("MAP-1 an organization and a team of one group do not conflict, teams never do")
        void no_conflict() {
            Source both = new Source(
                    "a",
                    List.of(),
                    List.of(
                            mapping("a1", "a", TargetType.ORGANIZATION, "acme"),
                            mapping("a2", "a", TargetType.TEAM, "devs"),
                            mapping("a3", "a", TargetType.EXCLUSIVE_GROUP, "blue")));
            sources(both);

            assertThat(organizations).containsExactly("acme");
            assertThat(groups).containsExactly("blue", "devs");
            assertThat(conflicts).isEmpty();
        }

        @Test
        @DisplayName("CNF-3 CNF-5 who uses the incoming one moves, and is asked no more")
        void use_incoming() {
            roles.add("Admin");
            sources(pool("a", "blue"));
            sources(pool("a", "blue"), pool("b", "red"));

            useIncoming("b");

            assertThat(groups).containsExactly("red");
            assertThat(conflicts).isEmpty();
            assertThat(roles).containsExactly("Admin");
            sources(pool("a", "blue"));
            sources(pool("a", "blue"), pool("b", "red"));
            assertThat(groups).containsExactly("red");
            assertThat(conflicts).isEmpty();
        }

        @Test
        @DisplayName("CNF-3 who keeps the current one is asked no more")
        void keep_current() {
            sources(pool("a", "blue"), pool("b", "red"));

            decided(new Decision("a", "b"));

            assertThat(groups).containsExactly("blue");
            assertThat(conflicts).isEmpty();
        }

        @Test
        @DisplayName("CNF-4 the waiting one is applied when the winner is gone")
        void winner_gone() {
            sources(pool("a", "blue"), pool("b", "red"));
            decided(new Decision("a", "b"));

            sources(pool("b", "red"));

            assertThat(groups).containsExactly("red");
            assertThat(conflicts).isEmpty();
        }

        @Test
        @DisplayName("CNF-5 the incoming one wins against all that stand in its way, whatever was decided before")
        void against_all() {
            sources(team("t", "devs"), team("u", "ops"), organization("o", "acme"));
            decided(new Decision("t", "o"));

            useIncoming("o");

            assertThat(organizations).containsExactly("acme");
            assertThat(groups).isEmpty();
        }
    }

    @Nested
    class By_hand {

        @Test
        @DisplayName("MAP-15 a mapping takes the place of an exclusive group given by hand")
        void overridden() {
            groups.add("red");
            sources(pool("a", "blue"));

            assertThat(groups).containsExactly("blue");
        }

        @Test
        @DisplayName("an organization that owns the account is never left")
        void managed_member() {
            managed.add("globex");
            organizations.add("globex");

            sources(organization("a", "acme"));

            assertThat(organizations).containsExactly("acme", "globex");
        }

        @Test
        @DisplayName("of two exclusive groups given by hand the last counts, also for who was never provisioned")
        void moved_by_hand() {
            groups.addAll(List.of("blue", "red", "devs"));

            run(Optional.of("red"));

            assertThat(groups).containsExactly("devs", "red");
        }
    }

    @Nested
    class The_default {

        @Test
        @DisplayName("MAP-4 who leaves an exclusive group is in the default one")
        void on_leave() {
            policy = new RealmPolicy(LADDER, Optional.of("default"), Unmapped.KEEP, Optional.empty());
            sources(pool("a", "blue"));
            assertThat(groups).containsExactly("blue");

            sources();

            assertThat(groups).containsExactly("default");
        }

        @Test
        @DisplayName("USR-13 the user's own attribute names his exclusive group, before his groups do")
        void own_attribute() {
            subject = subject.withOwnExclusiveGroup(Optional.of("red"));
            sources(pool("a", "blue"));

            assertThat(groups).containsExactly("red");
            assertThat(conflicts).containsExactly(new Conflict(Type.EXCLUSIVE_GROUP, "user-attribute", "a"));
        }
    }

    @Nested
    class Deactivated {

        @Test
        @DisplayName("E8 a disabled user is in no team, and has the very same back when he is enabled")
        void suspended() {
            sources(pool("b", "red"));
            sources(pool("a", "blue"), pool("b", "red"), team("c", "devs"));
            subject = subject.withEnabled(false);
            reconcile();
            assertThat(groups).isEmpty();
            assertThat(onRecord).isNotEmpty();

            subject = subject.withEnabled(true);
            reconcile();

            assertThat(groups).containsExactly("devs", "red");
        }
    }

    @Nested
    @DisplayName("section 3, decision 5: without a mapped group")
    class Unmapped_ {

        @Test
        void the_account_stays() {
            gone(Unmapped.KEEP);

            assertThat(groups).isEmpty();
            assertThat(subject.enabled()).isTrue();
        }

        @Test
        void the_default_team_is_joined_until_a_mapping_is_back() {
            gone(Unmapped.DEFAULT_TEAM);
            assertThat(groups).containsExactly("everybody");

            sources(team("a", "devs"));
            assertThat(groups).containsExactly("devs");
        }

        @Test
        void the_account_waits() {
            gone(Unmapped.PENDING);

            assertThat(onRecord).extracting(Entitlement::targetId).contains("pending");
        }

        @Test
        void the_account_is_disabled_and_enabled_again() {
            gone(Unmapped.DISABLE);
            assertThat(subject.enabled()).isFalse();

            sources(team("a", "devs"));
            assertThat(subject.enabled()).isTrue();
            assertThat(groups).containsExactly("devs");
        }

        @Test
        void whom_an_administrator_enables_stays_enabled() {
            gone(Unmapped.DISABLE);

            subject = subject.withEnabled(true);
            reconcile();

            assertThat(subject.enabled()).isTrue();
        }

        @Test
        void exempt_people_and_the_last_administrator_are_left_alone() {
            subject = subject.withExempt(true);
            gone(Unmapped.DISABLE);
            assertThat(subject.enabled()).isTrue();

            subject = subject.withExempt(false);
            roles.add("Admin");
            lastAdministrator = true;
            gone(Unmapped.DISABLE);
            assertThat(subject.enabled()).isTrue();
        }

        private void gone(Unmapped answer) {
            policy = new RealmPolicy(LADDER, Optional.empty(), answer, Optional.of("everybody"));
            sources(team("a", "devs"));
            sources();
        }
    }

    @Test
    @DisplayName("section 4, item 6: a braked mapping takes nothing, even from who has left its group")
    void braked() {
        sources(team("a", "devs"));
        subject = subject.withBraked(Set.of("a"));
        sources();
        assertThat(groups).containsExactly("devs");

        subject = subject.withBraked(Set.of());
        reconcile();
        assertThat(groups).isEmpty();
    }

    private void sources(Source... sources) {
        subject = subject.withSources(List.of(sources));
        reconcile();
    }

    private void decided(Decision... decisions) {
        subject = subject.withDecisions(List.of(decisions));
        reconcile();
    }

    private void useIncoming(String mapping) {
        List<Decision> words = new java.util.ArrayList<>(
                Choice.inFavourOf(mapping, Desired.of(subject, LADDER).candidates(onRecord, Set.of())));
        words.addAll(subject.decisions());
        decided(words.toArray(Decision[]::new));
    }

    private Plan reconcile() {
        return run(Optional.empty());
    }

    private Plan run(Optional<String> justJoined) {
        Set<String> inPools = new TreeSet<>(groups);
        inPools.retainAll(pools);
        Set<String> replaceable = new TreeSet<>(organizations);
        replaceable.removeAll(managed);
        Plan plan = Reconciliation.plan(
                subject,
                policy,
                Set.copyOf(onRecord),
                new Holdings(
                        Set.copyOf(groups),
                        inPools,
                        Set.copyOf(organizations),
                        replaceable,
                        Set.copyOf(roles),
                        justJoined),
                () -> lastAdministrator);
        for (Change change : plan.changes()) {
            Set<String> places = change.cause().kind() == Kind.ORGANIZATION ? organizations : groups;
            if (change.action() == Action.JOIN) {
                assertThat(places.add(change.targetId())).isTrue();
            } else if (change.action() == Action.LEAVE) {
                assertThat(places.remove(change.targetId())).isTrue();
            } else if (change.action() == Action.ENABLE || change.action() == Action.DISABLE) {
                subject = subject.withEnabled(change.action() == Action.ENABLE);
            }
        }
        onRecord.removeAll(plan.forget());
        onRecord.addAll(plan.record());
        conflicts = plan.conflicts();
        return plan;
    }

    private static Source team(String group, String team) {
        return source(group, TargetType.TEAM, team);
    }

    private static Source pool(String group, String pool) {
        return source(group, TargetType.EXCLUSIVE_GROUP, pool);
    }

    private static Source organization(String group, String organization) {
        return source(group, TargetType.ORGANIZATION, organization);
    }

    private static Source source(String group, TargetType type, String target) {
        return new Source(group, List.of(), List.of(mapping(group, group, type, target)));
    }

    private static Mapping mapping(String id, String group, TargetType type, String target) {
        return new Mapping(
                id,
                group,
                type,
                Optional.of(new Target(type, target)),
                MappingStatus.APPROVED,
                false,
                false,
                Optional.empty(),
                0);
    }
}
