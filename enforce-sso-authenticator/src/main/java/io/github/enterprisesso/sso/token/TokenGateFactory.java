package io.github.enterprisesso.sso.token;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Registers {@link TokenGate} in Keycloak's internal SPI {@code token-interceptor}. */
public final class TokenGateFactory implements TokenPostProcessorFactory {

    @Override
    public String getId() {
        return "enforce-sso";
    }

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new TokenGate(session);
    }
}
