package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A user's conflict that waits for a decision.
 *
 * @param type {@code EXCLUSIVE_GROUP}, {@code ORGANIZATION} or {@code CROSS_TYPE}
 * @param current what he has
 * @param incoming what waits
 * @param createdAt ISO-8601
 */
public record ConflictJson(
        String id, String userId, String username, String type, Side current, Side incoming, String createdAt) {

    /**
     * One side of it; the user's own attribute has neither group nor mapping.
     *
     * @param mappingId id of the mapping, or {@code user-attribute}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Side(
            String mappingId,
            String groupId,
            String groupName,
            String targetType,
            String targetId,
            String targetName) {}

    /** A page of them, and how many there are. */
    public record Page(long total, List<ConflictJson> conflicts) {}
}
