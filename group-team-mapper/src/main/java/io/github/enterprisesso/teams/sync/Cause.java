package io.github.enterprisesso.teams.sync;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * Why the mapper did something, as it stands in the event.
 *
 * @param reason one English sentence
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Cause(String reason, String groupId, String groupName, String rule, String mappingId) {

    static Cause of(String reason) {
        return new Cause(reason, null, null, null, null);
    }
}
