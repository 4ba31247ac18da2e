package io.github.enterprisesso.teams.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.component.ComponentValidationException;

/** Settings that cannot be: one message per field, each saying what is allowed. */
public final class InvalidSettingsException extends ComponentValidationException {

    private final transient Map<String, String> messages;

    InvalidSettingsException(Map<String, String> messages) {
        // The component API shows the one message, and runs it through MessageFormat.
        super(messages.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining("; "))
                .replace("'", "''")
                .replace("{", "'{'")
                .replace("}", "'}'"));
        this.messages = new LinkedHashMap<>(messages);
    }

    /** Field to message, in the order of the fields. */
    public Map<String, String> messages() {
        return messages;
    }
}
