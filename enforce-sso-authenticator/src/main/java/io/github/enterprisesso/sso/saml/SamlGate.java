package io.github.enterprisesso.sso.saml;

import io.github.enterprisesso.sso.gate.SessionEvidence;
import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Decision;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import io.github.enterprisesso.sso.policy.Evidence;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.dom.saml.v2.protocol.StatusResponseType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.AuthenticatedClientSessionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.UserSessionModel;
import org.keycloak.protocol.saml.preprocessor.SamlAuthenticationPreprocessor;
import org.keycloak.utils.KeycloakSessionUtil;

/**
 * Asks the policy before a SAML response is sent. Keycloak calls the factory itself, without a session, and turns
 * whatever it throws into an error page; the required action has refused almost everybody with a better page before.
 */
public final class SamlGate implements SamlAuthenticationPreprocessor {

    @Override
    public StatusResponseType beforeSendingResponse(
            StatusResponseType response, AuthenticatedClientSessionModel clientSession) {
        KeycloakSession session = KeycloakSessionUtil.getKeycloakSession();
        SsoGate gate = SsoGate.of(session, clientSession.getRealm());
        if (gate.open()) {
            return response;
        }
        UserSessionModel userSession = clientSession.getUserSession();
        Evidence evidence = SessionEvidence.of(session, userSession, "saml");
        Decision decision = gate.decide(userSession.getUser(), evidence);
        if (decision instanceof Report report) {
            gate.reportOnce(userSession, report.refusal(), evidence, clientSession.getClient());
        } else if (decision instanceof Refuse refusal) {
            gate.record(refusal, true, evidence, userSession.getUser(), clientSession.getClient());
            gate.end(userSession);
            explain(session);
            throw new AssertionRefusedException();
        }
        return response;
    }

    @Override
    public SamlAuthenticationPreprocessor create(KeycloakSession session) {
        return this;
    }

    /** Keycloak is about to show a page that says only that the response failed: it gets our words instead. */
    private static void explain(KeycloakSession session) {
        LoginFormsProvider form = session.getProvider(LoginFormsProvider.class);
        form.setAttributeMapper(attributes -> {
            attributes.put("message", Map.of("summary", form.getMessage("enforceSsoRefused"), "type", "error"));
            return attributes;
        });
    }

    @Override
    public String getId() {
        return "enforce-sso";
    }

    @Override
    public void init(Config.Scope config) {
        // no options
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // nothing to do
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Without a stack trace: Keycloak logs it, and the event tells the rest. */
    private static final class AssertionRefusedException extends RuntimeException {
        AssertionRefusedException() {
            super(SsoGate.SSO_REQUIRED + ": no SAML assertion without an enterprise login", null, false, false);
        }
    }
}
