package io.github.enterprisesso.teams.login;

import static org.keycloak.models.UserSessionModel.SessionPersistenceState.TRANSIENT;

import io.github.enterprisesso.teams.mapping.Unmapped;
import io.github.enterprisesso.teams.settings.NoMappedGroup;
import io.github.enterprisesso.teams.sync.GroupMapper;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.token.TokenInterceptorException;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.services.ErrorPageException;

/**
 * Gives no token to who waits for a mapped group, whatever the grant, and ends his sessions. Who is disabled gets none from
 * Keycloak itself.
 */
final class PendingGate implements TokenPostProcessor {

    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";

    private final KeycloakSession session;

    PendingGate(KeycloakSession session) {
        this.session = session;
    }

    /** True if a program reads the answer to this request, and no person can be shown a page. */
    static boolean atTokenEndpoint(KeycloakSession session) {
        return session.getContext().getUri().getPath().contains(TOKEN_ENDPOINT);
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        RealmModel realm = session.getContext().getRealm();
        AuthenticatedClientSessionModel clientSession =
                context.clientSessionCtx().getClientSession();
        UserSessionModel userSession = clientSession == null ? null : clientSession.getUserSession();
        if (userSession == null) {
            return;
        }
        UserModel user = userSession.getUser();
        Optional<GroupMapper> mapper = GroupMapper.of(session, realm)
                .filter(found -> found.settings().unmapped() == Unmapped.PENDING)
                .filter(found -> found.state().waits(user.getId()) && found.shutOut(user.getId(), false));
        if (mapper.isPresent()) {
            NoAccess refusal = new NoAccess(session, realm, mapper.get().settings());
            refusal.record(user, session.getContext().getClient(), null);
            boolean online = !userSession.isOffline() && userSession.getPersistenceState() != TRANSIENT;
            refusal.endSessions(user);
            // The session of a direct grant is as new as this request, and in no list yet.
            if (online && session.sessions().getUserSession(realm, userSession.getId()) != null) {
                session.sessions().removeUserSession(realm, userSession);
            }
            throw refusal();
        }
    }

    private RuntimeException refusal() {
        if (atTokenEndpoint(session)) {
            return new TokenInterceptorException(
                    OAuthErrorException.INVALID_GRANT, NoMappedGroup.ERROR + ": ask your administrator for access");
        }
        return new ErrorPageException(session, Response.Status.FORBIDDEN, "teamNoAccessWhy");
    }
}
