package io.github.enterprisesso.teams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import io.github.enterprisesso.teams.mapping.RealmPolicy;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Source;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.mapping.Unmapped;
import io.github.enterprisesso.teams.reconcile.Change.Action;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Who comes in through an identity provider")
class ArrivalTest {

    private static final Subject NOBODY = new Subject(Optional.empty(), List.of());

    private static Plan plan(Subject subject, Unmapped unmapped) {
        RealmPolicy policy = new RealmPolicy(
                new RoleLadder(List.of(), Optional.empty()), Optional.empty(), unmapped, Optional.of("lobby"));
        return Reconciliation.plan(subject, policy, Set.of(), new Holdings(Set.of(), Set.of()), () -> false);
    }

    @Test
    @DisplayName("LTM-5 without a group waits for an administrator")
    void pending() {
        assertThat(plan(NOBODY.withArrived(true), Unmapped.PENDING).record())
                .extracting(Entitlement::kind, Entitlement::targetId)
                .containsExactly(tuple(Kind.ACCOUNT, Entitlement.PENDING));
    }

    @Test
    @DisplayName("LTM-4 without a group is disabled")
    void disabled() {
        assertThat(plan(NOBODY.withArrived(true), Unmapped.DISABLE).changes())
                .extracting(Change::action)
                .containsExactly(Action.DISABLE);
    }

    @Test
    @DisplayName("CON-9 without a group joins the default team")
    void defaultTeam() {
        assertThat(plan(NOBODY.withArrived(true), Unmapped.DEFAULT_TEAM).changes())
                .extracting(Change::action, Change::targetId)
                .containsExactly(tuple(Action.JOIN, "lobby"));
    }

    @ParameterizedTest
    @EnumSource(Unmapped.class)
    @DisplayName("is let alone when exempt, and who did not come at all as well")
    void outOfReach(Unmapped unmapped) {
        assertThat(plan(NOBODY.withArrived(true).withExempt(true), unmapped)).isEqualTo(Plan.NOTHING);
        assertThat(plan(NOBODY, unmapped)).isEqualTo(Plan.NOTHING);
    }

    @ParameterizedTest
    @EnumSource(Unmapped.class)
    @DisplayName("LTM-1 with a mapped group has its team, and nothing else")
    void mapped(Unmapped unmapped) {
        Mapping mapping = new Mapping(
                "m",
                "engineering",
                TargetType.TEAM,
                Optional.of(new Target(TargetType.TEAM, "devs")),
                MappingStatus.AUTO_APPROVED,
                false,
                false,
                Optional.of("every"),
                1);
        Subject named = NOBODY.withSources(
                        List.of(new Source(Origin.CLAIM, "engineering", List.of(), List.of(mapping))))
                .withArrived(true);

        assertThat(plan(named, unmapped).changes())
                .extracting(Change::action, Change::targetId)
                .containsExactly(tuple(Action.JOIN, "devs"));
        assertThat(plan(named, unmapped).record())
                .extracting(entitlement -> entitlement.provenance().origin())
                .containsExactly(Origin.CLAIM);
    }
}
