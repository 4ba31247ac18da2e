package io.github.enterprisesso.scim.http;

import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.models.KeycloakSession;
import org.keycloak.services.managers.AppAuthManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** Access tokens that the realm has issued. */
final class AccessTokens {

    private static final Logger LOG = Logger.getLogger(AccessTokens.class);

    private AccessTokens() {}

    /** To whom it was issued and by which client; empty unless it is an access token of the realm, alive and not revoked. */
    static Optional<AuthResult> verify(KeycloakSession session, String accessToken) {
        try {
            AuthResult result = new AppAuthManager.BearerTokenAuthenticator(session)
                    .setTokenString(accessToken)
                    .authenticate();
            return result == null || result.client() == null ? Optional.empty() : Optional.of(result);
        } catch (RuntimeException e) {
            // Keycloak's verifier does not expect every header that somebody may make up.
            LOG.debug("An access token cannot be read", e);
            return Optional.empty();
        }
    }
}
