package io.github.enterprisesso.teams.reconcile;

import io.github.enterprisesso.teams.mapping.Entitlement;

/**
 * One write to Keycloak.
 *
 * @param targetId id of the group or role
 * @param cause why it is given, or why it had been
 */
public record Change(Action action, String targetId, Entitlement cause) {

    /** What is done to the user. */
    public enum Action {
        JOIN_TEAM,
        LEAVE_TEAM,
        GRANT_ROLE,
        REVOKE_ROLE
    }
}
