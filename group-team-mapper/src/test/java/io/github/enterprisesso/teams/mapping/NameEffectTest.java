package io.github.enterprisesso.teams.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A group's new name")
class NameEffectTest {

    private static final Rule RULE = rule("engineers");
    private static final Rule ANOTHER = rule("everybody");

    @Test
    @DisplayName("MAP-9 ROL-11 makes the rule's mapping where there is none, and gives the rule's role")
    void first() {
        NameEffect effect = NameEffect.of(Optional.of(RULE), List.of());

        assertThat(effect.steps()).containsExactly(new NameEffect.Add(RULE));
        assertThat(effect.role()).contains("Guest");
    }

    @Test
    @DisplayName("MAP-2 leads nowhere without a rule")
    void no_rule() {
        assertThat(NameEffect.of(Optional.empty(), List.of()).steps()).isEmpty();
    }

    @Test
    @DisplayName("E4 renames the targets of approved mappings, of the same rule and by hand")
    void follows() {
        Mapping byRule = mapping(Optional.of("engineers"), MappingStatus.AUTO_APPROVED, true);
        Mapping byHand = mapping(Optional.empty(), MappingStatus.APPROVED, true);

        assertThat(NameEffect.of(Optional.of(RULE), List.of(byRule, byHand)).steps())
                .containsExactly(new NameEffect.Follow(byRule), new NameEffect.Follow(byHand));
    }

    @Test
    @DisplayName("section 3, decision 2: lets a mapping wait that another rule made, and only that")
    void holds() {
        Mapping byRule = mapping(Optional.of("engineers"), MappingStatus.AUTO_APPROVED, true);
        Mapping byHand = mapping(Optional.empty(), MappingStatus.APPROVED, true);

        assertThat(NameEffect.of(Optional.of(ANOTHER), List.of(byRule, byHand)).steps())
                .containsExactly(new NameEffect.Hold(byRule), new NameEffect.Follow(byHand));
    }

    @Test
    @DisplayName("MAP-10 keeps the mapping when no rule is for the name any more")
    void no_rule_any_more() {
        Mapping byRule = mapping(Optional.of("engineers"), MappingStatus.AUTO_APPROVED, true);

        assertThat(NameEffect.of(Optional.empty(), List.of(byRule)).steps())
                .containsExactly(new NameEffect.Follow(byRule));
    }

    @Test
    @DisplayName("MAP-10 does not bring back what was rejected")
    void rejected() {
        Mapping rejected = mapping(Optional.of("engineers"), MappingStatus.REJECTED, true);

        assertThat(NameEffect.of(Optional.of(ANOTHER), List.of(rejected)).steps())
                .isEmpty();
    }

    @Test
    @DisplayName("E4 replaces a mapping that never led anywhere")
    void replaces() {
        Mapping waiting = mapping(Optional.of("engineers"), MappingStatus.PENDING, false);

        assertThat(NameEffect.of(Optional.of(ANOTHER), List.of(waiting)).steps())
                .containsExactly(new NameEffect.Drop(waiting), new NameEffect.Add(ANOTHER));
    }

    private static Rule rule(String name) {
        return new Rule(name, new NamePattern.MatchAll(), TargetType.TEAM, true, 0, Optional.of("Guest"));
    }

    private static Mapping mapping(Optional<String> rule, MappingStatus status, boolean led) {
        return new Mapping(
                rule.orElse("by hand"),
                "group",
                TargetType.TEAM,
                led ? Optional.of(new Target(TargetType.TEAM, "team")) : Optional.empty(),
                status,
                false,
                false,
                rule,
                0);
    }
}
