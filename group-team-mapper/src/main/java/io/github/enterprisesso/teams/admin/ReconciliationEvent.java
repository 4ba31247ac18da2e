package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.sync.RealmReconciliation;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** The admin event of a reconciliation that an administrator asked for. */
final class ReconciliationEvent {

    private ReconciliationEvent() {}

    /** Sends it, and gives the result back. */
    static RealmReconciliation.Result of(
            KeycloakSession session, AdminEventBuilder adminEvent, RealmReconciliation.Result result) {
        adminEvent
                .operation(OperationType.ACTION)
                .resource("GROUP_MAPPING")
                .resourcePath(session.getContext().getUri())
                .representation(result)
                .success();
        return result;
    }
}
