package io.github.enterprisesso.scim.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.scim.connection.ScimConnection;
import java.util.Map;

/**
 * A connection in admin REST.
 *
 * @param baseUrl what goes into the identity provider's SCIM settings
 * @param options every option with its effective value
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ConnectionRepresentation(
        String id, String name, String identityProvider, String baseUrl, Map<String, String> options) {

    static ConnectionRepresentation of(ScimConnection connection, String baseUrl) {
        return new ConnectionRepresentation(
                connection.id(), connection.name(), connection.identityProvider(), baseUrl, connection.options());
    }
}
