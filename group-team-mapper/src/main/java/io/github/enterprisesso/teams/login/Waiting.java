package io.github.enterprisesso.teams.login;

import static org.keycloak.models.UserSessionModel.SessionPersistenceState.TRANSIENT;

import io.github.enterprisesso.teams.mapping.Unmapped;
import io.github.enterprisesso.teams.sync.GroupMapper;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;

/** What the gates ask at the moment a token or an assertion is about to leave: whether its user waits for a mapped group. */
final class Waiting {

    private final KeycloakSession session;
    private final RealmModel realm;

    Waiting(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** If he does, his sessions are over, this one included, and an event tells. */
    boolean turnsAway(UserSessionModel userSession, ClientModel client) {
        UserModel user = userSession.getUser();
        Optional<GroupMapper> mapper = GroupMapper.of(session, realm)
                .filter(found -> found.settings().unmapped() == Unmapped.PENDING)
                .filter(found -> found.state().grants().waits(user.getId()) && found.shutOut(user.getId(), false));
        mapper.ifPresent(found -> {
            NoAccess refusal = new NoAccess(session, realm, found.settings());
            refusal.record(user, client, null);
            boolean online = !userSession.isOffline() && userSession.getPersistenceState() != TRANSIENT;
            refusal.endSessions(user);
            // The session of a direct grant is as new as this request, and in no list yet.
            if (online && session.sessions().getUserSession(realm, userSession.getId()) != null) {
                session.sessions().removeUserSession(realm, userSession);
            }
        });
        return mapper.isPresent();
    }
}
