package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Something the mapper gave, and why.
 *
 * @param kind {@code TEAM} or {@code ROLE}
 * @param sourceGroupId the pushed group; absent for a role from the user's own attribute or the default
 * @param reason one English sentence
 * @param createdAt ISO-8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GrantJson(
        String userId,
        String username,
        String kind,
        String targetId,
        String targetName,
        String sourceGroupId,
        String sourceGroupName,
        String mappingId,
        String rule,
        String reason,
        String createdAt) {}
