package io.github.enterprisesso.sso.login;

import java.util.List;
import org.keycloak.Config;
import org.keycloak.authentication.Authenticator;
import org.keycloak.authentication.AuthenticatorFactory;
import org.keycloak.models.AuthenticationExecutionModel.Requirement;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The authenticator {@code enforce-sso-identity-first}, for the browser flow, right before the form that asks for name and
 * password. It has no configuration, the realm's policy is the one of the required action.
 */
public final class IdentityFirstAuthenticatorFactory implements AuthenticatorFactory {

    private static final Requirement[] CHOICES = {Requirement.REQUIRED, Requirement.DISABLED};

    private final IdentityFirstAuthenticator authenticator = new IdentityFirstAuthenticator();

    @Override
    public String getId() {
        return "enforce-sso-identity-first";
    }

    @Override
    public Authenticator create(KeycloakSession session) {
        return authenticator;
    }

    @Override
    public String getDisplayType() {
        return "Identity first (single sign-on)";
    }

    @Override
    public String getReferenceCategory() {
        return null;
    }

    @Override
    public String getHelpText() {
        return "Asks for the address first and sends people who must use single sign-on straight to their identity "
                + "provider; everybody else goes on to the next step. Put it, REQUIRED, right before the form that asks "
                + "for username and password.";
    }

    @Override
    public boolean isConfigurable() {
        return false;
    }

    @Override
    public Requirement[] getRequirementChoices() {
        return CHOICES.clone();
    }

    @Override
    public boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
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
}
