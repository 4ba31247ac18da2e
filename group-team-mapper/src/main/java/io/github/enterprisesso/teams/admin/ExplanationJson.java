package io.github.enterprisesso.teams.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.teams.sync.Outlook.Forecast;
import java.util.List;

/**
 * Why a user has what he has.
 *
 * @param suspended he is disabled: what is on record is his again when he is enabled
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
        List<GrantJson> grants,
        List<String> byHand,
        List<ConflictJson> conflicts,
        List<Forecast.Step> drift,
        Forecast whatIf) {}
