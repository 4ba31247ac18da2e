package io.github.enterprisesso.scim.connection;

import org.keycloak.provider.Provider;

/** The provider type of the component that holds a SCIM connection; its settings are read by {@link ScimConnection}. */
public interface ScimConnectionProvider extends Provider {

    /** The settings of the component. */
    ScimConnection connection();

    @Override
    default void close() {}
}
