package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.context.ScimContext;
import org.keycloak.common.util.Time;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;

/**
 * Ends what a deactivated user still has open: sessions, offline sessions, and tokens issued so far. Clients are told as in
 * any logout; the identity provider is not, for the news comes from there.
 */
final class UserSessions {

    private UserSessions() {}

    static void end(ScimContext scim, UserModel user) {
        var sessions = scim.session().sessions();
        sessions.getUserSessionsStream(scim.realm(), user)
                .toList()
                .forEach(session -> AuthenticationManager.backchannelLogout(scim.session(), session, false));
        sessions.getOfflineUserSessionsStream(scim.realm(), user)
                .toList()
                .forEach(session -> sessions.removeOfflineUserSession(scim.realm(), session));
        scim.session().users().setNotBeforeForUser(scim.realm(), user, (int) (Time.currentTimeMillis() / 1000));
    }
}
