package io.github.enterprisesso.teams.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.keycloak.models.GroupModel;

/**
 * Why the mapper did something, as it stands in the event.
 *
 * @param reason one English sentence
 * @param connection id of the connection that pushed the group
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Cause(String reason, String connection, String groupId, String groupName, String rule, String mappingId) {

    static Cause of(String reason) {
        return new Cause(reason, null, null, null, null, null);
    }

    /** What happened to a pushed group was the reason. */
    static Cause of(String reason, GroupModel group, String rule, String mappingId) {
        return new Cause(
                reason,
                group.getFirstAttribute(PushedGroup.CONNECTION),
                group.getId(),
                group.getName(),
                rule,
                mappingId);
    }
}
