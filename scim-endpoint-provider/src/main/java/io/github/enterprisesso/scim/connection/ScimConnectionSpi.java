package io.github.enterprisesso.scim.connection;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Lets SCIM connections be components of a realm. */
public final class ScimConnectionSpi implements Spi {

    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "scim-connection";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return ScimConnectionProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return ScimConnectionProviderFactory.class;
    }
}
