package io.github.enterprisesso.sso.login;

import io.github.enterprisesso.sso.sessions.SwitchingOn;
import io.github.enterprisesso.sso.settings.SettingsCheck;
import io.github.enterprisesso.sso.settings.SettingsCheck.Complaint;
import io.github.enterprisesso.sso.settings.SsoOption;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.List;
import java.util.Map;
import org.keycloak.Config;
import org.keycloak.authentication.RequiredActionFactory;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.provider.ProviderConfigProperty;
import org.keycloak.userprofile.ValidationException;
import org.keycloak.validate.ValidationError;

/** The required action {@code enforce-sso}: its configuration is the realm's policy, its form the policy's form. */
public final class EnforceSsoActionFactory implements RequiredActionFactory {

    private final EnforceSsoAction action = new EnforceSsoAction();

    @Override
    public String getId() {
        return SsoSettings.ACTION;
    }

    @Override
    public String getDisplayText() {
        return "Enforce single sign-on";
    }

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return action;
    }

    @Override
    public List<ProviderConfigProperty> getConfigMetadata() {
        return SsoOption.form();
    }

    /** Called by Keycloak whenever the configuration is written, from the console, kcadm or our REST resource. */
    @Override
    public void validateConfig(KeycloakSession session, RealmModel realm, RequiredActionConfigModel model) {
        Map<String, String> config = model.getConfig() == null ? Map.of() : model.getConfig();
        List<Complaint> complaints = SettingsCheck.of(session, realm, SsoSettings.of(config));
        if (!complaints.isEmpty()) {
            ValidationException.ValidationExceptionBuilder errors =
                    new ValidationException.ValidationExceptionBuilder();
            complaints.forEach(
                    complaint -> errors.accept(new ValidationError(getId(), complaint.field(), complaint.message())));
            throw errors.build();
        }
        SwitchingOn.ending(session, realm, SsoSettings.of(config));
    }

    @Override
    public void init(Config.Scope config) {
        // the options are read where they count: ServerOption
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
