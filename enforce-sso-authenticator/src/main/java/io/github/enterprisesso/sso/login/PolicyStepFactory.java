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
 * A step of a flow that asks the realm's policy. Only REQUIRED: as an alternative it would count as a way to sign in. It has no
 * configuration, the policy is the one of the required action.
 */
abstract class PolicyStepFactory implements AuthenticatorFactory {

    private static final Requirement[] CHOICES = {Requirement.REQUIRED, Requirement.DISABLED};

    private final String id;
    private final String displayType;
    private final String help;
    private final Authenticator authenticator;

    /** @param authenticator one for all sessions */
    PolicyStepFactory(String id, String displayType, String help, Authenticator authenticator) {
        this.id = id;
        this.displayType = displayType;
        this.help = help;
        this.authenticator = authenticator;
    }

    @Override
    public final String getId() {
        return id;
    }

    @Override
    public final Authenticator create(KeycloakSession session) {
        return authenticator;
    }

    @Override
    public final String getDisplayType() {
        return displayType;
    }

    @Override
    public final String getReferenceCategory() {
        return null;
    }

    @Override
    public final String getHelpText() {
        return help;
    }

    @Override
    public final boolean isConfigurable() {
        return false;
    }

    @Override
    public final Requirement[] getRequirementChoices() {
        return CHOICES.clone();
    }

    @Override
    public final boolean isUserSetupAllowed() {
        return false;
    }

    @Override
    public final List<ProviderConfigProperty> getConfigProperties() {
        return List.of();
    }

    @Override
    public final void init(Config.Scope config) {
        // no options
    }

    @Override
    public final void postInit(KeycloakSessionFactory factory) {
        // nothing to do
    }

    @Override
    public final void close() {
        // holds nothing
    }
}
