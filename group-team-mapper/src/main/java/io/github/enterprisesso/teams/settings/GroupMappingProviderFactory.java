package io.github.enterprisesso.teams.settings;

import org.keycloak.component.ComponentFactory;

/** Makes a realm's {@link GroupMappingProvider} from its component. */
public interface GroupMappingProviderFactory extends ComponentFactory<GroupMappingProvider, GroupMappingProvider> {}
