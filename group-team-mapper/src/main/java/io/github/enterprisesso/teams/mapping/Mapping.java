package io.github.enterprisesso.teams.mapping;

import java.util.Optional;

/**
 * A pushed group's way to one target.
 *
 * @param target empty while nobody has said which one, or after it was deleted by hand
 * @param held pending again after it was approved: who has something through it keeps that until somebody decides
 * @param targetDeleted the target was deleted by hand; no rule makes it anew
 * @param rule name of the rule that made the mapping; empty for one made by hand
 * @param madeAt milliseconds since the epoch; of two that want the same place, the older one has it
 */
public record Mapping(
        String id,
        String groupId,
        TargetType type,
        Optional<Target> target,
        MappingStatus status,
        boolean held,
        boolean targetDeleted,
        Optional<String> rule,
        long madeAt) {

    /** Gives its target to every member. */
    boolean gives() {
        return target.isPresent() && status.syncs();
    }

    /** Leaves its target to those who already have it through this mapping. */
    boolean keeps() {
        return target.isPresent() && status == MappingStatus.PENDING && held;
    }

    /** Made by a rule other than this one. */
    boolean madeByAnother(Optional<Rule> match) {
        return rule.isPresent()
                && match.filter(found -> !found.name().equals(rule.get())).isPresent();
    }

    /** Nobody ever had anything by it. */
    boolean untouched() {
        return status == MappingStatus.PENDING && target.isEmpty() && !targetDeleted;
    }
}
