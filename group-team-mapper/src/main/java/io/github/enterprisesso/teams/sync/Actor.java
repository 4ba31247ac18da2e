package io.github.enterprisesso.teams.sync;

import org.keycloak.events.admin.AuthDetails;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;

/** Who asked for what the mapper does: the administrator of the request, or nobody but the realm (a push, a login, a job). */
final class Actor {

    private static final String CARRIED = Actor.class.getName();

    private Actor() {}

    static AuthDetails of(KeycloakSession session, RealmModel realm) {
        AuthDetails carried = session.getAttribute(CARRIED, AuthDetails.class);
        return carried != null ? carried : fromRequest(session, realm);
    }

    /** Keeps the asker in a session made for a part of his work. */
    static void carry(AuthDetails details, KeycloakSession session) {
        session.setAttribute(CARRIED, details);
    }

    private static AuthDetails fromRequest(KeycloakSession session, RealmModel realm) {
        KeycloakContext context = session.getContext();
        AuthDetails details = new AuthDetails();
        details.setRealmId(realm.getId());
        details.setRealmName(realm.getName());
        // Not from the token: a lightweight one names no subject.
        UserSessionModel userSession = context.getUserSession();
        if (userSession != null) {
            details.setRealmId(userSession.getRealm().getId());
            details.setRealmName(userSession.getRealm().getName());
            details.setUserId(userSession.getUser().getId());
        }
        if (context.getClient() != null) {
            details.setClientId(context.getClient().getId());
        }
        details.setIpAddress(remoteHost(context));
        return details;
    }

    private static String remoteHost(KeycloakContext context) {
        try {
            return context.getConnection() == null
                    ? null
                    : context.getConnection().getRemoteHost();
        } catch (RuntimeException e) {
            // Keycloak's connection outside a request (a job, the start) throws as soon as it is asked.
            return null;
        }
    }
}
