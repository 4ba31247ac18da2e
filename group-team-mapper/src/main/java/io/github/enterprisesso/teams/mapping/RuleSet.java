package io.github.enterprisesso.teams.mapping;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** A realm's rules, highest priority first. */
public record RuleSet(List<Rule> rules) {

    public RuleSet {
        rules = rules.stream()
                .sorted(Comparator.comparingInt(Rule::priority).reversed())
                .toList();
    }

    /**
     * The one rule for a group of this name: the first that matches.
     *
     * @throws PatternTimeoutException when a rule ran into its time limit: a lower rule must not win by that
     */
    public Optional<Rule> firstMatch(String groupName) {
        return rules.stream().filter(rule -> rule.pattern().matches(groupName)).findFirst();
    }
}
