package io.github.enterprisesso.teams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import io.github.enterprisesso.teams.mapping.RealmPolicy;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Rung;
import io.github.enterprisesso.teams.mapping.Source;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.reconcile.Change.Action;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Reconciling a user")
class ReconciliationTest {

    private static final Rung ADMIN = new Rung("Admin", "Admin");
    private static final Rung USER = new Rung("User", "User");
    private static final Rung GUEST = new Rung("Guest", "Guest");
    private static final RoleLadder LADDER = new RoleLadder(List.of(ADMIN, USER, GUEST), Optional.of(USER));

    /** A user in a Keycloak of his own: plans are carried out on it, and every plan must be settled by being carried out. */
    private final Set<String> groups = new LinkedHashSet<>();

    private final Set<String> roles = new LinkedHashSet<>();
    private final Set<Entitlement> onRecord = new LinkedHashSet<>();
    private final List<Source> sources = new ArrayList<>();
    private Optional<String> ownRole = Optional.empty();
    private RoleLadder ladder = LADDER;
    private boolean lastAdministrator;

    @AfterEach
    void asking_again_changes_nothing() {
        Plan first = reconcile();
        assertThat(reconcile()).as("after %s", first).isEqualTo(Plan.NOTHING);
    }

    @Nested
    class Teams {

        @Test
        @DisplayName("E2 a member of a mapped group joins its team, on record")
        void joining() {
            sources.add(mapped("engineering", "devs"));

            Plan plan = reconcile();

            assertThat(plan.changes()).extracting(Change::action).contains(Action.JOIN);
            assertThat(groups).contains("devs");
            assertThat(onRecord).extracting(Entitlement::targetId).contains("devs");
        }

        @Test
        @DisplayName("E3 who leaves the group leaves the team")
        void leaving() {
            sources.add(mapped("engineering", "devs"));
            reconcile();

            sources.clear();
            reconcile();

            assertThat(groups).isEmpty();
        }

        @Test
        @DisplayName("E3 who leaves the group stays in the team that another group maps him to")
        void leaving_one_of_two() {
            sources.add(mapped("engineering", "devs"));
            sources.add(mapped("berlin", "devs"));
            reconcile();

            sources.remove(0);
            reconcile();
            assertThat(groups).containsExactly("devs");

            sources.clear();
            reconcile();
            assertThat(groups).isEmpty();
        }

        @Test
        @DisplayName("a membership given by hand is never taken away, nor put on record")
        void membership_by_hand() {
            groups.add("devs");
            sources.add(mapped("engineering", "devs"));
            reconcile();
            assertThat(onRecord).noneMatch(entitlement -> entitlement.targetId().equals("devs"));

            sources.clear();
            reconcile();

            assertThat(groups).containsExactly("devs");
        }

        @Test
        @DisplayName("MAP-14 who was taken out by hand is put back")
        void put_back() {
            sources.add(mapped("engineering", "devs"));
            reconcile();

            groups.remove("devs");
            reconcile();

            assertThat(groups).containsExactly("devs");
        }

        @Test
        @DisplayName("section 3, decision 3: while a mapping waits again, members stay and nobody joins")
        void waiting_again() {
            sources.add(mapped("engineering", "devs"));
            reconcile();

            sources.set(0, waiting("engineering", "devs"));
            reconcile();
            assertThat(groups).containsExactly("devs");

            groups.clear();
            onRecord.clear();
            reconcile();
            assertThat(groups).isEmpty();
        }

        @Test
        @DisplayName("a mapping that leads elsewhere now moves its members")
        void remapping() {
            sources.add(mapped("engineering", "devs"));
            reconcile();

            sources.set(0, mapped("engineering", "makers"));
            reconcile();

            assertThat(groups).containsExactly("makers");
        }
    }

    @Nested
    class The_role {

        @Test
        @DisplayName("ROL-2 exactly one role of the ladder is held, roles outside it are not touched")
        void exactly_one() {
            roles.addAll(List.of("User", "Guest", "offline_access"));
            sources.add(carrying("admins", "Admin"));

            reconcile();

            assertThat(roles).containsExactlyInAnyOrder("Admin", "offline_access");
        }

        @Test
        @DisplayName("ROL-4 joins an Admin group: Admin; leaves it: the next highest")
        void up_and_down() {
            sources.add(carrying("users", "User"));
            sources.add(carrying("admins", "Admin"));
            reconcile();
            assertThat(roles).containsExactly("Admin");

            sources.remove(1);
            reconcile();
            assertThat(roles).containsExactly("User");
        }

        @Test
        @DisplayName("ROL-5 no source carries a role: the default")
        void fallback() {
            sources.add(carrying("engineering"));

            reconcile();

            assertThat(roles).containsExactly("User");
            assertThat(onRecord)
                    .extracting(entitlement -> entitlement.provenance().origin())
                    .containsExactly(Origin.DEFAULT);
        }

        @Test
        @DisplayName("section 3, decision 9: without a default nobody is raised by leaving a Guest group")
        void no_fallback() {
            ladder = new RoleLadder(List.of(ADMIN, USER, GUEST), Optional.empty());
            sources.add(carrying("guests", "Guest"));
            reconcile();

            sources.clear();
            reconcile();

            assertThat(roles).isEmpty();
        }

        @Test
        @DisplayName("ROL-7 a role given by hand stays while no source carries one")
        void by_hand() {
            sources.add(carrying("engineering"));
            reconcile();
            roles.add("Admin");

            reconcile();

            assertThat(roles).containsExactly("Admin");
        }

        @Test
        @DisplayName("ROL-7 a role given by hand goes when a source carries one")
        void by_hand_overwritten() {
            roles.add("Admin");
            sources.add(carrying("guests", "Guest"));

            reconcile();

            assertThat(roles).containsExactly("Guest");
        }

        @Test
        @DisplayName("ROL-6 an unchanged result is no change, even if the reason for it changes")
        void reason_changes() {
            sources.add(carrying("users", "User"));
            reconcile();

            sources.set(0, carrying("others", "User"));
            Plan plan = reconcile();

            assertThat(plan.changes()).isEmpty();
            assertThat(onRecord)
                    .extracting(entitlement -> entitlement.provenance().groupId())
                    .containsExactly(Optional.of("others"));
        }

        @Test
        @DisplayName("ROL-10 the last administrator keeps his role, with a reason on record")
        void last_administrator() {
            sources.add(carrying("admins", "Admin"));
            reconcile();
            lastAdministrator = true;

            sources.set(0, carrying("guests", "Guest"));
            reconcile();

            assertThat(roles).containsExactly("Admin");
            assertThat(onRecord)
                    .extracting(entitlement -> entitlement.provenance().origin())
                    .containsExactly(Origin.LAST_ADMINISTRATOR);
        }

        @Test
        @DisplayName("ROL-10 and loses it as soon as there is another one")
        void no_longer_last_administrator() {
            sources.add(carrying("guests", "Guest"));
            roles.add("Admin");
            lastAdministrator = true;
            reconcile();

            lastAdministrator = false;
            reconcile();

            assertThat(roles).containsExactly("Guest");
        }

        @Test
        @DisplayName("a role that left the ladder is taken back from whom the mapper gave it")
        void ladder_changes() {
            sources.add(carrying("guests", "Guest"));
            reconcile();

            ladder = new RoleLadder(List.of(ADMIN, USER), Optional.of(USER));
            reconcile();

            assertThat(roles).containsExactly("User");
        }

        @Test
        @DisplayName("an empty ladder leaves roles alone")
        void no_ladder() {
            ladder = new RoleLadder(List.of(), Optional.empty());
            roles.add("Admin");
            sources.add(carrying("guests", "Guest"));

            reconcile();

            assertThat(roles).containsExactly("Admin");
        }
    }

    @Test
    @DisplayName("a user nobody provisioned is left alone")
    void not_provisioned() {
        groups.add("devs");
        roles.addAll(List.of("Admin", "Guest"));

        assertThat(reconcile()).isEqualTo(Plan.NOTHING);
    }

    @Test
    @DisplayName("what is given comes before what is taken, so that nobody is without for a moment")
    void order() {
        sources.add(mapped("engineering", "devs"));
        reconcile();

        sources.set(0, mapped("engineering", "makers"));
        Plan plan = reconcile();

        assertThat(plan.changes()).extracting(Change::action).containsExactly(Action.JOIN, Action.LEAVE);
    }

    @ParameterizedTest(name = "whatever the order of pushes, the end is the same (seed {0})")
    @ValueSource(longs = {1, 2, 3, 5, 8, 13, 21, 34})
    void order_of_events_does_not_matter(long seed) {
        List<Source> pool = List.of(
                mapped("a", "devs"),
                mapped("b", "devs"),
                mapped("c", "makers"),
                carrying("d", "Admin"),
                carrying("e", "Guest"),
                waiting("f", "testers"));
        Random random = new Random(seed);
        Set<String> in = new LinkedHashSet<>();

        for (int step = 0; step < 200; step++) {
            Source source = pool.get(random.nextInt(pool.size()));
            boolean joins = sources.stream().noneMatch(source::equals);
            if (joins) {
                sources.add(source);
                in.add(source.groupId());
            } else {
                sources.remove(source);
                in.remove(source.groupId());
            }
            reconcile();

            assertThat(groups.contains("devs")).isEqualTo(in.contains("a") || in.contains("b"));
            assertThat(groups.contains("makers")).isEqualTo(in.contains("c"));
            assertThat(groups).doesNotContain("testers");
            assertThat(roles).containsExactly(in.contains("d") ? "Admin" : in.contains("e") ? "Guest" : "User");
            assertThat(onRecord).extracting(Entitlement::targetId).hasSameElementsAs(union(groups, roles));
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new LinkedHashSet<>(one);
        union.addAll(other);
        return union;
    }

    private Plan reconcile() {
        Plan plan = Reconciliation.plan(
                new Subject(ownRole, List.copyOf(sources)),
                RealmPolicy.of(ladder),
                Set.copyOf(onRecord),
                new Holdings(Set.copyOf(groups), Set.copyOf(roles)),
                () -> lastAdministrator);
        for (Change change : plan.changes()) {
            boolean changed =
                    switch (change.action()) {
                        case JOIN -> groups.add(change.targetId());
                        case LEAVE -> groups.remove(change.targetId());
                        case GRANT_ROLE -> roles.add(change.targetId());
                        case REVOKE_ROLE -> roles.remove(change.targetId());
                        case ENABLE, DISABLE -> false;
                    };
            assertThat(changed).as("%s changes something", change).isTrue();
        }
        onRecord.removeAll(plan.forget());
        onRecord.addAll(plan.record());
        return plan;
    }

    private static Source mapped(String group, String team) {
        return new Source(group, List.of(), List.of(mapping(group, team, MappingStatus.APPROVED, false)));
    }

    private static Source waiting(String group, String team) {
        return new Source(group, List.of(), List.of(mapping(group, team, MappingStatus.PENDING, true)));
    }

    private static Source carrying(String group, String... roles) {
        return new Source(group, Arrays.asList(roles), List.of());
    }

    private static Mapping mapping(String group, String team, MappingStatus status, boolean held) {
        return new Mapping(
                group,
                group,
                TargetType.TEAM,
                Optional.of(new Target(TargetType.TEAM, team)),
                status,
                held,
                false,
                Optional.empty(),
                0);
    }
}
