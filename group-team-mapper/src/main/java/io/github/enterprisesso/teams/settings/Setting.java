package io.github.enterprisesso.teams.settings;

import java.util.List;
import org.keycloak.component.ComponentModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Each setting once: the form, the reader, the validation and the documentation come from here. */
enum Setting {
    RULES(
            "rules",
            "Rules",
            ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
            List.of(),
            "Each value one JSON object: {\"name\",\"type\":\"MATCH_ALL|PREFIX|REGEX\",\"pattern\",\"targetType\":\"TEAM\","
                    + "\"autoApprove\":true,\"priority\":100,\"role\"}. The highest priority is asked first, the first match wins."
                    + " Asked when a pushed group is first seen and when it is renamed."),
    TEAMS_PARENT(
            "teamsParent",
            "Parent of the teams",
            ProviderConfigProperty.STRING_TYPE,
            List.of("/teams"),
            "Path of the group below which teams live; made when the first team is. Groups elsewhere are never touched."),
    ROLE_LADDER(
            "roleLadder",
            "Role ladder",
            ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
            List.of("Admin", "User", "Guest"),
            "Realm roles, highest first. A provisioned user holds exactly one: the highest that he or one of his pushed groups"
                    + " carries. 'none' leaves roles alone."),
    DEFAULT_ROLE(
            "defaultRole",
            "Default role",
            ProviderConfigProperty.STRING_TYPE,
            List.of("User"),
            "The role of a provisioned user who carries none and whose groups carry none. 'none' gives him none."),
    ROLE_ATTRIBUTE(
            "roleAttribute",
            "Role attribute",
            ProviderConfigProperty.STRING_TYPE,
            List.of("organizationRole"),
            "User attribute that carries a role of the ladder."),
    PROTECTED_ROLES(
            "protectedRoles",
            "Protected roles",
            ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
            List.of("sso-exempt"),
            "Realm roles the mapper never gives, neither by the ladder nor through a team; Keycloak's administrator roles always"
                    + " are among them.");

    /** Keycloak drops empty values on the way through realm files and the component API, so "nothing" needs a word. */
    static final String NONE = "none";

    private final String key;
    private final String label;
    private final String type;
    private final List<String> defaults;
    private final String help;

    Setting(String key, String label, String type, List<String> defaults, String help) {
        this.key = key;
        this.label = label;
        this.type = type;
        this.defaults = defaults;
        this.help = help;
    }

    String key() {
        return key;
    }

    List<String> read(ComponentModel component) {
        List<String> values = component.getConfig().getList(key).stream()
                .filter(value -> value != null && !value.isBlank())
                .map(String::strip)
                .toList();
        if (values.isEmpty()) {
            return defaults;
        }
        return values.equals(List.of(NONE)) ? List.of() : values;
    }

    void write(ComponentModel component, List<String> values) {
        component.getConfig().put(key, values.isEmpty() ? List.of(NONE) : values);
    }

    List<String> defaults() {
        return defaults;
    }

    ProviderConfigProperty property() {
        boolean multivalued = type.equals(ProviderConfigProperty.MULTIVALUED_STRING_TYPE);
        Object defaultValue = multivalued ? defaults : defaults.get(0);
        return new ProviderConfigProperty(key, label, help, type, defaultValue);
    }
}
