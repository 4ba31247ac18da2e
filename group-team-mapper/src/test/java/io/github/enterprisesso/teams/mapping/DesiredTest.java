package io.github.enterprisesso.teams.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("What a user should have")
class DesiredTest {

    private static final Rung ADMIN = new Rung("Admin", "role-admin");
    private static final Rung USER = new Rung("User", "role-user");
    private static final Rung GUEST = new Rung("Guest", "role-guest");
    private static final RoleLadder LADDER = new RoleLadder(List.of(ADMIN, USER, GUEST), Optional.of(USER));

    @Nested
    class Teams {

        @ParameterizedTest(name = "MAP-2 an {0} mapping gives its team")
        @EnumSource(names = {"APPROVED", "AUTO_APPROVED"})
        void come_from_approved_mappings(MappingStatus status) {
            Mapping mapping = mapping("engineering", "team-1", status, false);

            assertThat(desired(source("engineering", mapping)).teams())
                    .containsExactly(Entitlement.team("team-1", Provenance.mapping(mapping)));
        }

        @ParameterizedTest(name = "MAP-2 a {0} mapping gives nothing")
        @EnumSource(names = {"PENDING", "REJECTED"})
        void do_not_come_from_other_mappings(MappingStatus status) {
            Desired desired = desired(source("engineering", mapping("engineering", "team-1", status, false)));

            assertThat(desired.teams()).isEmpty();
            assertThat(desired.kept()).isEmpty();
        }

        @Test
        @DisplayName("MAP-1 one group may lead to several teams")
        void of_one_group_may_be_several() {
            Desired desired = desired(source(
                    "engineering",
                    mapping("engineering", "team-1", MappingStatus.APPROVED, false),
                    mapping("engineering", "team-2", MappingStatus.AUTO_APPROVED, false)));

            assertThat(desired.teams()).extracting(Entitlement::targetId).containsExactly("team-1", "team-2");
        }

        @Test
        @DisplayName("LTM-10 two groups that lead to one team are two reasons for it")
        void of_several_groups_are_counted_by_reason() {
            Desired desired = desired(
                    source("engineering", mapping("engineering", "team-1", MappingStatus.APPROVED, false)),
                    source("berlin", mapping("berlin", "team-1", MappingStatus.APPROVED, false)));

            assertThat(desired.teams())
                    .hasSize(2)
                    .extracting(Entitlement::targetId)
                    .containsOnly("team-1");
        }

        @Test
        @DisplayName("section 3, decision 3: a mapping pending after approval keeps its team for those who have it")
        void are_kept_while_a_mapping_waits_again() {
            Desired desired =
                    desired(source("engineering", mapping("engineering", "team-1", MappingStatus.PENDING, true)));

            assertThat(desired.teams()).isEmpty();
            assertThat(desired.kept()).extracting(Entitlement::targetId).containsExactly("team-1");
        }

        @Test
        @DisplayName("MAP-13 a mapping whose team was deleted gives nothing")
        void do_not_come_from_a_mapping_without_target() {
            Mapping mapping = new Mapping(
                    "m",
                    "engineering",
                    TargetType.TEAM,
                    Optional.empty(),
                    MappingStatus.PENDING,
                    false,
                    true,
                    Optional.empty(),
                    0);

            Desired desired = desired(source("engineering", mapping));

            assertThat(desired.teams()).isEmpty();
            assertThat(desired.kept()).isEmpty();
        }
    }

    @Nested
    class The_role {

        @Test
        @DisplayName("ROL-2 is the highest over all groups")
        void is_the_highest_over_all_groups() {
            Desired desired =
                    desired(carrying("guests", "Guest"), carrying("admins", "Admin"), carrying("users", "User"));

            assertThat(desired.roles())
                    .containsExactly(Entitlement.role(ADMIN, Provenance.group(carrying("admins", "Admin"))));
        }

        @Test
        @DisplayName("section 3, decision 1: is the user's own when that is higher")
        void is_the_users_own_when_higher() {
            Desired desired = Desired.of(new Subject(Optional.of("Admin"), List.of(carrying("users", "User"))), LADDER);

            assertThat(desired.roles()).containsExactly(Entitlement.role(ADMIN, Provenance.of(Origin.USER_ATTRIBUTE)));
        }

        @Test
        @DisplayName("section 3, decision 1: is a group's when that is higher than the user's own")
        void is_a_groups_when_higher() {
            Desired desired = Desired.of(new Subject(Optional.of("Guest"), List.of(carrying("users", "User"))), LADDER);

            assertThat(desired.roles()).extracting(Entitlement::targetId).containsExactly(USER.roleId());
        }

        @Test
        void has_a_reason_for_every_source_that_carries_it() {
            Desired desired = Desired.of(
                    new Subject(
                            Optional.of("Admin"), List.of(carrying("admins", "Admin"), carrying("guests", "Guest"))),
                    LADDER);

            assertThat(desired.roles())
                    .extracting(entitlement -> entitlement.provenance().origin())
                    .containsExactlyInAnyOrder(Origin.USER_ATTRIBUTE, Origin.GROUP);
        }

        @Test
        @DisplayName("ROL-3 comes from unmapped and pending groups as well")
        void does_not_depend_on_mappings() {
            Source pending = new Source(
                    "admins", List.of("Admin"), List.of(mapping("admins", "team-1", MappingStatus.PENDING, false)));

            assertThat(desired(pending).roles())
                    .extracting(Entitlement::targetId)
                    .containsExactly(ADMIN.roleId());
        }

        @Test
        void is_read_without_regard_to_case() {
            assertThat(desired(carrying("admins", "ADMIN")).roles())
                    .extracting(Entitlement::targetId)
                    .containsExactly(ADMIN.roleId());
        }

        @Test
        void is_not_decided_by_a_value_that_is_not_in_the_ladder() {
            assertThat(desired(carrying("owners", "Owner")).roles()).isEmpty();
        }
    }

    @Test
    void a_user_without_group_and_role_is_not_provisioned() {
        assertThat(new Subject(Optional.empty(), List.of()).provisioned()).isFalse();
        assertThat(new Subject(Optional.of("User"), List.of()).provisioned()).isTrue();
        assertThat(new Subject(Optional.empty(), List.of(carrying("g"))).provisioned())
                .isTrue();
    }

    @Test
    void the_ladder_knows_values_as_its_rungs_are_called_highest_first() {
        assertThat(LADDER.known(Set.of("guest", "ADMIN", "Owner"))).containsExactly("Admin", "Guest");
    }

    private static Desired desired(Source... sources) {
        return Desired.of(new Subject(Optional.empty(), List.of(sources)), LADDER);
    }

    private static Source source(String group, Mapping... mappings) {
        return new Source(group, List.of(), List.of(mappings));
    }

    private static Source carrying(String group, String... roles) {
        return new Source(group, List.of(roles), List.of());
    }

    private static Mapping mapping(String group, String team, MappingStatus status, boolean held) {
        return new Mapping(
                group + "-to-" + team,
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
