package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A pushed group as administrators see it.
 *
 * @param connection id of the connection that pushed it
 * @param roles roles it carries, by attribute or by its rule
 * @param ruleRole the one of them that its rule gives; the others come from the directory or an administrator
 * @param lastPush when the mapper last saw a change of it, ISO-8601; absent when it has not seen the group yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PushedGroupJson(
        String id,
        String name,
        String path,
        String connection,
        List<String> roles,
        String ruleRole,
        long memberCount,
        String lastPush,
        List<MappingJson> mappings) {}
