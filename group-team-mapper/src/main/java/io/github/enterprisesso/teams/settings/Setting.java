package io.github.enterprisesso.teams.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.provider.ProviderConfigProperty;

/** Each setting once: the form, the reader, the validation and the documentation come from here. */
enum Setting {
    RULES(
            "rules",
            "Rules",
            ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
            List.of(),
            "Each value one JSON object: {\"name\",\"type\":\"MATCH_ALL|PREFIX|REGEX\",\"pattern\",\"targetType\":"
                    + "\"TEAM|EXCLUSIVE_GROUP|ORGANIZATION\","
                    + "\"autoApprove\":true,\"priority\":100,\"role\"}. The highest priority is asked first, the first match wins."
                    + " Asked when a pushed group is first seen and when it is renamed."),
    TEAMS_PARENT(
            "teamsParent",
            "Parent of the teams",
            ProviderConfigProperty.STRING_TYPE,
            List.of("/teams"),
            "Path of the group below which teams live; made when the first team is. Groups elsewhere are never touched."),
    EXCLUSIVE_PARENT(
            "exclusiveParent",
            "Parent of the exclusive groups",
            ProviderConfigProperty.STRING_TYPE,
            List.of("/exclusive"),
            "Path of the group below which exclusive groups live: a user is in one of them at most."),
    DEFAULT_EXCLUSIVE_GROUP(
            "defaultExclusiveGroup",
            "Default exclusive group",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Name of the exclusive group of a provisioned user who is in no other. 'none' leaves such a user without."),
    EXCLUSIVE_GROUP_ATTRIBUTE(
            "exclusiveGroupAttribute",
            "Exclusive group attribute",
            ProviderConfigProperty.STRING_TYPE,
            List.of("exclusiveGroup"),
            "User attribute that names an exclusive group there is; a name that is unknown is ignored, with an event."),
    UNMAPPED(
            "unmapped",
            "Without a mapped group",
            ProviderConfigProperty.STRING_TYPE,
            List.of("keep"),
            "What becomes of a user whose last mapped group is gone: keep, default-team, pending (no login until an"
                    + " administrator gives him something) or disable. Never of who holds a protected role, nor of the last"
                    + " administrator."),
    DEFAULT_TEAM(
            "defaultTeam",
            "Default team",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Name of the team for 'default-team'."),
    EXCLUSIVE_OWNER(
            "exclusiveOwner",
            "One group for each target",
            ProviderConfigProperty.BOOLEAN_TYPE,
            List.of("false"),
            "Whether a team, exclusive group or organization may be mapped from one pushed group only."),
    READ_ONLY_TEAMS(
            "readOnlyTeams",
            "Mapped teams are read-only",
            ProviderConfigProperty.BOOLEAN_TYPE,
            List.of("false"),
            "Whether joining or leaving a mapped team by hand is undone at once, with an event."),
    BRAKE_PERCENT(
            "brakePercent",
            "Brake (percent)",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "A push that would take more than this part of its members from a target, or the last one, or an administrator, is"
                    + " stored and changes nothing until an administrator approves the mapping. 'none' turns that off."),
    TOMBSTONE_DAYS(
            "tombstoneDays",
            "Remember deleted groups (days)",
            ProviderConfigProperty.STRING_TYPE,
            List.of("30"),
            "For how many days a deleted group's mappings, roles and members are remembered. 'none' forgets at once."),
    IDP_MAPPING(
            "idpMapping",
            "Groups of a login count",
            ProviderConfigProperty.BOOLEAN_TYPE,
            List.of("false"),
            "Whether the groups that an identity provider names at a login lead to teams and roles; needs a mapper 'Groups to"
                    + " teams' on the provider."),
    MANUAL_MAPPING(
            "manualMapping",
            "Teams given by hand count",
            ProviderConfigProperty.BOOLEAN_TYPE,
            List.of("true"),
            "Whether a team that an administrator gave by hand is enough to be let in, for 'pending' and 'disable'. One of"
                    + " this and 'Groups of a login count' must be on."),
    IDENTITY_PROVIDERS(
            "identityProviders",
            "Identity providers",
            ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
            List.of(),
            "Aliases of the providers whose logins count: what they say of groups is believed, and who comes through them needs"
                    + " a mapped group where 'Without a mapped group' says so."),
    CONTACT(
            "contact",
            "Contact",
            ProviderConfigProperty.STRING_TYPE,
            List.of(),
            "Whom to ask for access, as the page \"no access yet\" shows it."),
    ROLE_LADDER(
            "roleLadder",
            "Role ladder",
            Type.ORDERED,
            List.of("Admin", "User", "Guest"),
            "Realm roles, highest first, with a comma between. A provisioned user holds exactly one: the highest that he or one of his pushed groups"
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
                    + " are among them."),
    PROTECTED_GROUPS(
            "protectedGroups",
            "Protected groups",
            ProviderConfigProperty.MULTIVALUED_STRING_TYPE,
            List.of(),
            "Paths of groups that nobody renames, moves, changes or deletes while they are listed here. They have members and"
                    + " may be mapped.");

    private static final class Type {

        /** A list whose order counts: Keycloak forgets the order of several values, so they are one text. */
        private static final String ORDERED = "ordered";

        private Type() {}
    }

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

    /**
     * The values as they are stored. Never by {@code getList}, which puts an empty list where there is none: sessions share
     * a cached component.
     */
    List<String> values(ComponentModel component) {
        return component.getConfig().getOrDefault(key, List.of());
    }

    List<String> read(ComponentModel component) {
        List<String> values = values(component).stream()
                .filter(Objects::nonNull)
                .flatMap(value -> ordered() ? Arrays.stream(value.split(",")) : Stream.of(value))
                .filter(value -> !value.isBlank())
                .map(String::strip)
                .toList();
        if (values.isEmpty()) {
            return defaults;
        }
        return values.equals(List.of(NONE)) ? List.of() : values;
    }

    void write(ComponentModel component, List<String> values) {
        component
                .getConfig()
                .put(key, values.isEmpty() ? List.of(NONE) : ordered() ? List.of(String.join(",", values)) : values);
    }

    /** Whether the order of its values counts, so that they have to be one text. */
    boolean ordered() {
        return type.equals(Type.ORDERED);
    }

    List<String> defaults() {
        return defaults;
    }

    ProviderConfigProperty property() {
        if (ordered()) {
            return new ProviderConfigProperty(
                    key, label, help, ProviderConfigProperty.STRING_TYPE, String.join(",", defaults));
        }
        boolean multivalued = type.equals(ProviderConfigProperty.MULTIVALUED_STRING_TYPE);
        Object defaultValue = multivalued ? defaults : defaults.isEmpty() ? NONE : defaults.get(0);
        return new ProviderConfigProperty(key, label, help, type, defaultValue);
    }
}
