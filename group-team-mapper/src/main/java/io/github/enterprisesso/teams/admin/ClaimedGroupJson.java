package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/**
 * A group that logins name and nobody pushed, as administrators see it.
 *
 * @param provider alias of the identity provider whose logins name it
 * @param role the role that its rule gives; absent for none
 * @param userCount whose last login named it
 * @param firstSeen ISO-8601
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClaimedGroupJson(
        String id,
        String provider,
        String name,
        String role,
        long userCount,
        String firstSeen,
        List<MappingJson> mappings) {}
