package io.github.enterprisesso.scim.connection;

import java.util.Map;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.JsonWebToken;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * The admin event of a connection that went with its identity provider. The actor is who removed the provider, as far as the
 * request tells: inside a provider event there is no signed-in administrator to ask.
 */
final class RemovalEvent extends AdminEventBuilder {

    private RemovalEvent(KeycloakSession session, RealmModel realm, AdminEvent prepared) {
        super(realm, null, session, prepared.getAuthDetails().getIpAddress(), prepared);
    }

    static void record(KeycloakSession session, RealmModel realm, ScimConnection connection) {
        AdminEvent prepared = new AdminEvent();
        prepared.setRealmId(realm.getId());
        prepared.setRealmName(realm.getName());
        prepared.setAuthDetails(actor(session, realm));
        new RemovalEvent(session, realm, prepared)
                .operation(OperationType.DELETE)
                .resource(ScimConnection.RESOURCE_TYPE)
                .resourcePath("scim-connections", connection.id())
                .detail("reason", "identity provider removed")
                .representation(Map.of(
                        "id", connection.id(),
                        "name", connection.name(),
                        "identityProvider", connection.identityProvider()))
                .success();
    }

    private static AuthDetails actor(KeycloakSession session, RealmModel realm) {
        AuthDetails actor = new AuthDetails();
        actor.setRealmId(realm.getId());
        actor.setRealmName(realm.getName());
        actor.setIpAddress(session.getContext().getConnection().getRemoteHost());
        if (session.getContext().getBearerToken() instanceof JsonWebToken token) {
            actor.setUserId(token.getSubject());
        }
        return actor;
    }
}
