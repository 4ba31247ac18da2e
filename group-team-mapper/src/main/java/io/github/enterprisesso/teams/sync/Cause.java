package io.github.enterprisesso.teams.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.teams.store.ClaimedGroupEntity;
import org.keycloak.models.GroupModel;

/**
 * Why the mapper did something, as it stands in the event.
 *
 * @param reason one English sentence
 * @param connection id of the connection that pushed the group
 * @param provider alias of the identity provider whose logins name the group
 * @param requestId the same in all that one request has caused
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Cause(
        String reason,
        String connection,
        String provider,
        String groupId,
        String groupName,
        String rule,
        String mappingId,
        String requestId) {

    static Cause of(String reason) {
        return new Cause(reason, null, null, null, null, null, null, null);
    }

    /** What happened to a pushed group was the reason. */
    static Cause of(String reason, GroupModel group, String rule, String mappingId) {
        return new Cause(
                reason,
                group.getFirstAttribute(PushedGroup.CONNECTION),
                null,
                group.getId(),
                group.getName(),
                rule,
                mappingId,
                null);
    }

    /** What a login said of a group was the reason. */
    static Cause of(String reason, ClaimedGroupEntity group, String rule, String mappingId) {
        return new Cause(reason, null, group.getProvider(), group.getId(), group.getName(), rule, mappingId, null);
    }

    /** The same, of this request. */
    Cause in(String request) {
        return new Cause(reason, connection, provider, groupId, groupName, rule, mappingId, request);
    }
}
