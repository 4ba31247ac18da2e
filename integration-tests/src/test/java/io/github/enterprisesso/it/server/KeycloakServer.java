package io.github.enterprisesso.it.server;

import java.net.URI;

/** A running Keycloak that carries the bundle. */
public interface KeycloakServer extends AutoCloseable {

    /** The name of the administrator that every server of a test run starts with. */
    String ADMIN_USER = "root";

    /** His password. */
    String ADMIN_PASSWORD = "root-password";

    /** The header in which the reverse proxy of the distribution's server hands over a client certificate, as base64 DER. */
    String CLIENT_CERTIFICATE_HEADER = "X-Client-Certificate";

    /** For example {@code http://localhost:41234}, without a slash at the end; the server reaches itself by it too. */
    URI url();

    /** The management interface (health, metrics), without a slash at the end. */
    URI managementUrl();

    /** What the server has logged so far. */
    String log();

    @Override
    void close();
}
