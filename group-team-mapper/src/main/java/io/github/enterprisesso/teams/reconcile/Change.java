package io.github.enterprisesso.teams.reconcile;

import io.github.enterprisesso.teams.mapping.Entitlement;

/**
 * One write to Keycloak.
 *
 * @param targetId id of the group, organization or role
 * @param cause why it is given, or why it had been; of the same kind as the target
 */
public record Change(Action action, String targetId, Entitlement cause) {

    /** What is done to the user. */
    public enum Action {
        JOIN,
        LEAVE,
        GRANT_ROLE,
        REVOKE_ROLE,
        ENABLE,
        DISABLE;

        boolean takes() {
            return this == LEAVE || this == REVOKE_ROLE || this == DISABLE;
        }
    }
}
