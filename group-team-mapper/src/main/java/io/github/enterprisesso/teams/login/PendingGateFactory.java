package io.github.enterprisesso.teams.login;

import org.keycloak.models.KeycloakSession;
import org.keycloak.protocol.oidc.token.TokenPostProcessor;
import org.keycloak.protocol.oidc.token.TokenPostProcessorFactory;

/** Registers {@link PendingGate} in Keycloak's internal SPI {@code token-interceptor}. */
public final class PendingGateFactory implements TokenPostProcessorFactory {

    @Override
    public String getId() {
        return "group-mapping";
    }

    @Override
    public TokenPostProcessor create(KeycloakSession session) {
        return new PendingGate(session);
    }
}
