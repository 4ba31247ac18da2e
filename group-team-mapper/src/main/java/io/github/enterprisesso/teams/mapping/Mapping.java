package io.github.enterprisesso.teams.mapping;

import java.util.Optional;

/**
 * A pushed group's way to one target.
 *
 * @param target empty while nobody has said which one, or after it was deleted by hand
 * @param held pending again after it was approved: who has something through it keeps that until somebody decides
 * @param rule name of the rule that made the mapping; empty for one made by hand
 */
public record Mapping(
        String id,
        String groupId,
        TargetType type,
        Optional<Target> target,
        MappingStatus status,
        boolean held,
        Optional<String> rule) {

    /** Gives its target to every member. */
    boolean gives() {
        return target.isPresent() && status.syncs();
    }

    /** Leaves its target to those who already have it through this mapping. */
    boolean keeps() {
        return target.isPresent() && status == MappingStatus.PENDING && held;
    }
}
