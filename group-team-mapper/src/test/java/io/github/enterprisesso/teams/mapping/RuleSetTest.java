package io.github.enterprisesso.teams.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("MAP-8 a rule set")
class RuleSetTest {

    private final Rule all = rule("all", new NamePattern.MatchAll(), 1);
    private final Rule engineering = rule("engineering", new NamePattern.Prefix("eng-"), 50);
    private final Rule devops = rule("devops", NamePattern.Regex.compile("DevOps"), 100);

    @Test
    void asks_the_highest_priority_first_whatever_the_order_of_writing() {
        RuleSet rules = new RuleSet(List.of(all, engineering, devops));

        assertThat(rules.firstMatch("ENG-DevOps")).contains(devops);
        assertThat(rules.firstMatch("eng-web")).contains(engineering);
        assertThat(rules.firstMatch("Sales")).contains(all);
    }

    @Test
    void leaves_a_name_alone_that_no_rule_is_for() {
        assertThat(new RuleSet(List.of(engineering)).firstMatch("Sales")).isEmpty();
    }

    @Test
    void lets_no_lower_rule_win_because_a_higher_one_ran_away() {
        Rule runaway = rule("runaway", new NamePattern.Regex(Pattern.compile("^(.*a){25}$")), 200);
        RuleSet rules = new RuleSet(List.of(all, runaway));

        assertThatThrownBy(() -> rules.firstMatch("a".repeat(60) + "!")).isInstanceOf(PatternTimeoutException.class);
    }

    private static Rule rule(String name, NamePattern pattern, int priority) {
        return new Rule(name, pattern, TargetType.TEAM, true, priority, Optional.empty());
    }
}
