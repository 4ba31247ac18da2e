package io.github.enterprisesso.sso.token;

import io.github.enterprisesso.sso.gate.SessionEvidence;
import io.github.enterprisesso.sso.policy.Evidence;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.cache.AlternativeLookupProvider;
import org.keycloak.jose.jws.JWSInput;
import org.keycloak.jose.jws.JWSInputException;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.representations.JsonWebToken;

/** The evidence of a token response: that of its session, but for a grant whose session knows nothing. */
record TokenEvidence(KeycloakSession session, UserSessionModel userSession) {

    /** How Keycloak's {@code JWTAuthorizationGrantType} marks the session that it makes for one token. */
    private static final String AUTHORIZATION_GRANT = "authorization-grant";

    Evidence of(String method) {
        return issuerOfAssertion()
                .<Evidence>map(issuer -> new Evidence.Brokered(issuer.getAlias()))
                .orElseGet(() -> SessionEvidence.of(session, userSession, method));
    }

    /**
     * The provider that signed the assertion of a JWT authorization grant (RFC 7523, route 21). Keycloak has verified it
     * before there was a session, and found its provider in the same way.
     */
    private Optional<IdentityProviderModel> issuerOfAssertion() {
        if (userSession == null
                || userSession.getPersistenceState() != SessionPersistenceState.TRANSIENT
                || !AUTHORIZATION_GRANT.equals(userSession.getAuthMethod())) {
            return Optional.empty();
        }
        String assertion =
                session.getContext().getHttpRequest().getDecodedFormParameters().getFirst(OAuth2Constants.ASSERTION);
        try {
            String issuer =
                    new JWSInput(assertion).readJsonContent(JsonWebToken.class).getIssuer();
            return Optional.ofNullable(session.getProvider(AlternativeLookupProvider.class)
                    .lookupIdentityProviderFromIssuer(session, IdentityProviderType.JWT_AUTHORIZATION_GRANT, issuer));
        } catch (JWSInputException noAssertion) {
            return Optional.empty();
        }
    }
}
