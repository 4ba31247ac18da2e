package io.github.enterprisesso.sso.token;

import io.github.enterprisesso.sso.gate.SessionEvidence;
import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Decision;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import io.github.enterprisesso.sso.policy.Evidence;
import jakarta.ws.rs.core.Response;
import org.keycloak.OAuth2Constants;
import org.keycloak.OAuthErrorException;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorContext;
import org.keycloak.representations.RefreshToken;
import org.keycloak.services.CorsErrorResponseException;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.cors.Cors;
import org.keycloak.util.TokenUtil;

/** Asks the policy before a token leaves, and takes a refused session away. */
final class TokenGate implements TokenPostProcessor {

    private final KeycloakSession session;

    TokenGate(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void process(TokenPostProcessorContext context) {
        RealmModel realm = session.getContext().getRealm();
        SsoGate gate = SsoGate.of(session, realm);
        if (gate.open()) {
            return;
        }
        AuthenticatedClientSessionModel clientSession =
                context.clientSessionCtx().getClientSession();
        UserSessionModel userSession = clientSession == null ? null : clientSession.getUserSession();
        UserModel user = userSession == null ? null : userSession.getUser();
        ClientModel client = session.getContext().getClient();
        Evidence evidence = new TokenEvidence(session, userSession).of(method(context));

        Decision decision = gate.decide(user, evidence);
        if (decision instanceof Report report) {
            gate.reportOnce(userSession, report.refusal(), evidence, client);
        } else if (decision instanceof Refuse refusal) {
            gate.record(refusal, true, evidence, user, client);
            end(gate, realm, userSession, context.refreshToken());
            if (userSession != null && SessionEvidence.EXTERNAL_EXCHANGE.equals(userSession.getAuthMethod())) {
                new ImportedUser(session, realm, user).leavesNothing();
            }
            if (user != null && OAuth2Constants.CIBA_GRANT_TYPE.equals(method(context))) {
                new BackchannelConsent(session, realm, user, client).leavesNothing();
            }
            throw refusal();
        }
        if (user != null && OAuth2Constants.PASSWORD.equals(method(context))) {
            gate.remember(user, evidence, decision);
        }
    }

    /** A password grant for an offline token has an offline session already when the token comes by here. */
    private void end(SsoGate gate, RealmModel realm, UserSessionModel userSession, RefreshToken refreshToken) {
        if (userSession != null
                && refreshToken != null
                && TokenUtil.TOKEN_TYPE_OFFLINE.equals(refreshToken.getType())
                && !userSession.isOffline()) {
            gate.end(session.sessions().getOfflineUserSession(realm, userSession.getId()));
        }
        gate.end(userSession);
    }

    private static String method(TokenPostProcessorContext context) {
        String grant = context.clientSessionCtx().getAttribute(Constants.GRANT_TYPE, String.class);
        return grant == null ? "token" : grant;
    }

    /**
     * Implicit and hybrid responses are made on the way back to the browser: there a person reads the answer. Not the
     * exception that Keycloak has for interceptors: the UMA grant (26.7) would turn it into a 500, the JWT grant into an
     * answer without a reason. The CORS headers are those that the endpoint has set up for the application that asks.
     */
    private RuntimeException refusal() {
        if (SsoGate.atTokenEndpoint(session)) {
            return new CorsErrorResponseException(
                    Cors.builder(),
                    OAuthErrorException.INVALID_GRANT,
                    SsoGate.ERROR_DESCRIPTION,
                    Response.Status.BAD_REQUEST);
        }
        return new ErrorPageException(session, Response.Status.FORBIDDEN, "enforceSsoRefused");
    }
}
