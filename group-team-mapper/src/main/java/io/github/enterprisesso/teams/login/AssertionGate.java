package io.github.enterprisesso.teams.login;

import io.github.enterprisesso.teams.settings.NoMappedGroup;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.dom.saml.v2.protocol.StatusResponseType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.protocol.saml.preprocessor.SamlAuthenticationPreprocessor;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Sends no SAML assertion of who waits for a mapped group, and ends his sessions. Keycloak calls the factory itself, without a
 * session, and turns whatever it throws into an error page; the required action has shown a better one to almost everybody.
 */
public final class AssertionGate implements SamlAuthenticationPreprocessor {

    @Override
    public StatusResponseType beforeSendingResponse(
            StatusResponseType response, AuthenticatedClientSessionModel clientSession) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        if (new Waiting(session, clientSession.getRealm())
                .turnsAway(clientSession.getUserSession(), clientSession.getClient())) {
            explain(session);
            throw new AssertionRefusedException();
        }
        return response;
    }

    /** Keycloak is about to show a page that says only that the response failed: it gets our words instead. */
    private static void explain(KeycloakSession session) {
        LoginFormsProvider form = session.getProvider(LoginFormsProvider.class);
        form.setAttributeMapper(attributes -> {
            attributes.put("message", Map.of("summary", form.getMessage("teamNoAccessWhy"), "type", "error"));
            return attributes;
        });
    }

    @Override
    public SamlAuthenticationPreprocessor create(KeycloakSession session) {
        return this;
    }

    @Override
    public String getId() {
        return "group-mapping";
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}

    /** Without a stack trace: Keycloak logs it, and the event tells the rest. */
    private static final class AssertionRefusedException extends RuntimeException {
        AssertionRefusedException() {
            super(NoMappedGroup.ERROR + ": no SAML assertion without a mapped group", null, false, false);
        }
    }
}
