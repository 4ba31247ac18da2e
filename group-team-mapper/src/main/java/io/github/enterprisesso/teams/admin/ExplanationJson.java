package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.teams.sync.Outlook.Forecast;
import java.util.List;

/**
 * Why a user has what he has.
 *
 * @param suspended he is disabled: what is on record is his again when he is enabled
 * @param origin how the account came: {@code SCIM}, {@code DIRECTORY} (a user storage such as LDAP), {@code LOGIN} (linked to an identity
 *     provider), {@code HAND}
 * @param connection name of the SCIM connection that provisions him; absent for others
 * @param sources from where it is known: {@code PUSH} for who is in a pushed group, {@code LOGIN} for whose last logins named
 *     groups, {@code HAND} for who has something that somebody else than the mapper gave
 * @param lastSync when the last of these groups was pushed or named, ISO-8601; absent for who has none
 * @param signIns last logins and exemption; absent where the SSO policy is not installed
 * @param grants what the mapper gave, each with group, rule, mapping, time and one sentence
 * @param byHand names of teams and exclusive groups, and roles of the ladder, that somebody else gave
 * @param drift what a reconciliation would do now
 * @param whatIf what would happen if he left or joined the groups asked about; absent when none are
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExplanationJson(
        String userId,
        String username,
        boolean suspended,
        String origin,
        String connection,
        List<String> sources,
        String lastSync,
        SignInsJson signIns,
        List<GrantJson> grants,
        List<String> byHand,
        List<ConflictJson> conflicts,
        List<Forecast.Step> drift,
        Forecast whatIf) {}
