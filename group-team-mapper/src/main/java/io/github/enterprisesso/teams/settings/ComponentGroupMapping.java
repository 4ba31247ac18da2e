package io.github.enterprisesso.teams.settings;

import io.github.enterprisesso.teams.store.MapperState;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
        somethingIsMapped(session, realm, model);
        NoMappedGroup.enable(realm, MappingSettings.of(model));
    }

    @Override
    public void onUpdate(KeycloakSession session, RealmModel realm, ComponentModel oldModel, ComponentModel newModel) {
        // What was so before stays: a provider that is removed is taken out of the settings, whatever they are.
        if (!needsMapping(oldModel)) {
            somethingIsMapped(session, realm, newModel);
        }
        NoMappedGroup.enable(realm, MappingSettings.of(newModel));
    }

    /** Not with the other checks: a realm's import makes those too, and mappings made by hand are no part of its file. */
    private static void somethingIsMapped(KeycloakSession session, RealmModel realm, ComponentModel model) {
        if (needsMapping(model)
                && new MapperState(session, realm.getId()).mappings().all().isEmpty()) {
            session.getTransactionManager().setRollbackOnly();
            throw new InvalidSettingsException(
                    Map.of(Setting.IDP_MAPPING.key(), "at least one rule or mapping is needed before it can be true"));
        }
    }

    private static boolean needsMapping(ComponentModel model) {
        MappingSettings settings = MappingSettings.of(model);
        return settings.idpMapping() && settings.rules().rules().isEmpty();
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
