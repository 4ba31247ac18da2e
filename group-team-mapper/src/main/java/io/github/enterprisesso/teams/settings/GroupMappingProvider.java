package io.github.enterprisesso.teams.settings;

import org.keycloak.provider.Provider;

/** A realm's group mapping; its class name is the component's {@code providerType}. */
public interface GroupMappingProvider extends Provider {

    MappingSettings settings();
}
