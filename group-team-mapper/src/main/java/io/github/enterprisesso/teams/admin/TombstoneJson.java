package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A deleted group that is remembered, or one that is there and has lost its members.
 *
 * @param kind {@code DELETED} or {@code EMPTIED}
 * @param groupId id the group had, or has now that it is back
 * @param memberCount members that undo would bring back
 * @param back whether the group is there; undo then only brings its members back
 * @param deletedAt when it was deleted, or the last of them left, ISO-8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TombstoneJson(
        String id,
        String kind,
        String groupId,
        String name,
        String connection,
        List<String> roles,
        long memberCount,
        boolean back,
        String deletedAt,
        List<MappingJson> mappings) {}
