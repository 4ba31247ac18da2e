package io.github.enterprisesso.scim.connection;

import java.util.Collections;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.component.ComponentValidationException;

/** A connection that cannot be saved. Keycloak's component screen shows the message, our admin REST each field. */
public final class InvalidConnectionException extends ComponentValidationException {

    private final transient Map<String, String> fields;

    InvalidConnectionException(Map<String, String> fields) {
        // Keycloak runs the message through MessageFormat: braces and single quotes would be eaten.
        super(fields.entrySet().stream()
                .map(field -> field.getKey() + " " + field.getValue())
                .collect(Collectors.joining("; "))
                .replaceAll("[{}']", ""));
        this.fields = Collections.unmodifiableMap(fields);
    }

    /** Message by field; the field is {@code name}, {@code identityProvider} or the key of an option. */
    public Map<String, String> fields() {
        return fields;
    }
}
