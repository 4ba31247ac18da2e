package io.github.enterprisesso.teams.settings;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Tells Keycloak that group mappings are components of a kind. */
public final class GroupMappingSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "group-mapping";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return GroupMappingProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return GroupMappingProviderFactory.class;
    }
}
