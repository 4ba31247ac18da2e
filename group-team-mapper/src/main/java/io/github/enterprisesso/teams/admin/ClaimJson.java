package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A group that a user's last login through a provider named.
 *
 * @param groupId id of a pushed or claimed group
 * @param seenAt time of that login, ISO-8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClaimJson(String provider, String groupId, String groupName, String seenAt) {}
