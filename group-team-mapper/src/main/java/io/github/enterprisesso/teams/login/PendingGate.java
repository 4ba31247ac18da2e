package io.github.enterprisesso.teams.login;

import io.github.enterprisesso.teams.settings.NoMappedGroup;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
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
        if (new Waiting(session, realm)
                .turnsAway(userSession, session.getContext().getClient())) {
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
