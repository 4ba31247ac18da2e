package io.github.enterprisesso.teams.mapping;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a group's name, when it is new, does to the group's mappings. Rules are asked at that moment only, and never overwrite
 * what somebody decided.
 *
 * @param role the role that the rule for the name gives every member
 */
public record NameEffect(Optional<String> role, List<Step> steps) {

    /** One thing to do. */
    public sealed interface Step {}

    /** The rule makes a mapping. */
    public record Add(Rule rule) implements Step {}

    /** Another rule is for the new name: the mapping waits, and who has something through it keeps that. */
    public record Hold(Mapping mapping) implements Step {}

    /** The target takes the group's name. */
    public record Follow(Mapping mapping) implements Step {}

    /** The mapping had never led anywhere, and the rule for the new name makes another one. */
    public record Drop(Mapping mapping) implements Step {}

    /**
     * @param match the first rule that matches the name
     * @param mappings the group's mappings; none for a group seen for the first time
     */
    public static NameEffect of(Optional<Rule> match, List<Mapping> mappings) {
        List<Step> steps = new ArrayList<>();
        boolean mapped = false;
        for (Mapping mapping : mappings) {
            boolean another = mapping.madeByAnother(match);
            if (another && mapping.untouched()) {
                steps.add(new Drop(mapping));
                continue;
            }
            mapped = true;
            if (mapping.status().syncs()) {
                steps.add(another ? new Hold(mapping) : new Follow(mapping));
            }
        }
        if (!mapped) {
            match.ifPresent(rule -> steps.add(new Add(rule)));
        }
        return new NameEffect(match.flatMap(Rule::role), List.copyOf(steps));
    }
}
