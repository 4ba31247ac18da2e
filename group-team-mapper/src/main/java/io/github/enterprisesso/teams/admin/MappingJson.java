package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.teams.store.MappingEntity;

/**
 * A mapping as administrators see it.
 *
 * @param status {@code PENDING}, {@code APPROVED}, {@code AUTO_APPROVED} or {@code REJECTED}
 * @param rule name of the rule that made it; absent for one made by hand
 * @param targetDeleted the target was deleted by hand; the mapping waits for another one
 * @param braked a push would have taken too much; nobody leaves until an administrator approves or rejects the mapping
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MappingJson(
        String id,
        String groupId,
        String groupName,
        String targetType,
        String targetId,
        String targetName,
        String status,
        String rule,
        boolean targetDeleted,
        boolean braked) {

    static MappingJson of(MappingEntity mapping, String groupName, String targetName) {
        return new MappingJson(
                mapping.getId(),
                mapping.getGroupId(),
                groupName,
                mapping.getTargetType().name(),
                mapping.getTargetId(),
                targetName,
                mapping.getStatus().name(),
                mapping.getRule(),
                mapping.isTargetDeleted(),
                mapping.isBraked());
    }

    /** {@code {"groupId":"...","targetType":"TEAM","targetId":"..."}}, or {@code targetName} to find or create the target. */
    public record New(String groupId, String targetType, String targetId, String targetName) {}

    /** {@code {"status":"APPROVED","targetId":"..."}}; without {@code targetId} the mapping keeps its target, or finds or creates one. */
    public record Decision(String status, String targetId) {}
}
