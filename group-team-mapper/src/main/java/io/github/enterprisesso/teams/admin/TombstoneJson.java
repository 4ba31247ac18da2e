package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A deleted group that is remembered.
 *
 * @param groupId id the group had, or has now that it is back
 * @param back whether the directory pushed it again; undo then only brings its members back
 * @param deletedAt ISO-8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TombstoneJson(
        String id,
        String groupId,
        String name,
        String connection,
        List<String> roles,
        int memberCount,
        boolean back,
        String deletedAt,
        List<MappingJson> mappings) {}
