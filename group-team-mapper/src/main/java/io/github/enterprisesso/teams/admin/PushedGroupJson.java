package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A pushed group as administrators see it.
 *
 * @param connection id of the connection that pushed it
 * @param state {@code MAPPED} where some mapping of it is approved, {@code PENDING} where one waits and none is,
 *     {@code REJECTED} where all are rejected, {@code UNMAPPED} where it has none
 * @param roles roles it carries, by attribute or by its rule
 * @param rolesOrigin where those of the attribute come from: {@code DIRECTORY}, {@code ADMIN} or {@code TOMBSTONE}; absent where
 *     nobody has said
 * @param ruleRole the one of them that its rule gives
 * @param conflictCount conflicts that one of its mappings is part of
 * @param lastPush when the mapper last saw a change of it, ISO-8601; absent when it has not seen the group yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PushedGroupJson(
        String id,
        String name,
        String path,
        String connection,
        String state,
        List<String> roles,
        String rolesOrigin,
        String ruleRole,
        long memberCount,
        long conflictCount,
        String lastPush,
        List<MappingJson> mappings) {}
