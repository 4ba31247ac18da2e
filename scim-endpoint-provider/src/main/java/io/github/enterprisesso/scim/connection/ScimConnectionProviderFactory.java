package io.github.enterprisesso.scim.connection;

import org.keycloak.component.ComponentFactory;

/** Factory type of the {@link ScimConnectionSpi}. */
public interface ScimConnectionProviderFactory
        extends ComponentFactory<ScimConnectionProvider, ScimConnectionProvider> {}
