package io.github.enterprisesso.teams.settings;

import java.util.Arrays;
import java.util.List;
import org.keycloak.Config;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/** The component {@code group-mapping}, at most one in a realm. */
public final class ComponentGroupMapping implements GroupMappingProviderFactory {

    @Override
    public GroupMappingProvider create(KeycloakSession session, ComponentModel model) {
        MappingSettings settings = MappingSettings.of(model);
        return new GroupMappingProvider() {
            @Override
            public MappingSettings settings() {
                return settings;
            }

            @Override
            public void close() {}
        };
    }

    @Override
    public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel model) {
        new SettingsValidation(session, realm, model).validate();
    }

    @Override
    public void onCreate(KeycloakSession session, RealmModel realm, ComponentModel model) {
        NoMappedGroup.enable(realm, MappingSettings.of(model));
    }

    @Override
    public void onUpdate(KeycloakSession session, RealmModel realm, ComponentModel oldModel, ComponentModel newModel) {
        NoMappedGroup.enable(realm, MappingSettings.of(newModel));
    }

    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return Arrays.stream(Setting.values()).map(Setting::property).toList();
    }

    @Override
    public String getHelpText() {
        return "Maps pushed groups to teams and roles.";
    }

    @Override
    public String getId() {
        return MappingSettings.PROVIDER_ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
