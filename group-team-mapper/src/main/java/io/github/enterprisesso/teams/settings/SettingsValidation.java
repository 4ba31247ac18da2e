package io.github.enterprisesso.teams.settings;

import io.github.enterprisesso.teams.mapping.NamePattern;
import io.github.enterprisesso.teams.mapping.Rule;
import io.github.enterprisesso.teams.mapping.Unmapped;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** Says of each field what is wrong with it, before anything is saved. */
final class SettingsValidation {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;
    private final Map<String, String> messages = new LinkedHashMap<>();

    SettingsValidation(KeycloakSession session, RealmModel realm, ComponentModel component) {
        this.session = session;
        this.realm = realm;
        this.component = component;
    }

    void validate() {
        ladder();
        defaultRole();
        rules();
        paths(Setting.TEAMS_PARENT);
        paths(Setting.EXCLUSIVE_PARENT);
        paths(Setting.PROTECTED_GROUPS);
        parentsApart();
        unmapped();
        number(Setting.BRAKE_PERCENT, 1, 99);
        number(Setting.TOMBSTONE_DAYS, 1, 3650);
        flag(Setting.EXCLUSIVE_OWNER);
        flag(Setting.READ_ONLY_TEAMS);
        flag(Setting.IDP_MAPPING);
        flag(Setting.MANUAL_MAPPING);
        logins();
        attribute(Setting.ROLE_ATTRIBUTE);
        attribute(Setting.EXCLUSIVE_GROUP_ATTRIBUTE);
        alone();
        if (!messages.isEmpty()) {
            throw new InvalidSettingsException(messages);
        }
    }

    private void ladder() {
        if (Setting.ROLE_LADDER.values(component).size() > 1) {
            wrong(
                    Setting.ROLE_LADDER,
                    "is several values, whose order Keycloak does not keep; one text like 'Admin,User,Guest' is allowed");
        }
        List<String> protectedRoles = Setting.PROTECTED_ROLES.read(component);
        Set<String> seen = new HashSet<>();
        for (String name : Setting.ROLE_LADDER.read(component)) {
            RoleModel role = realm.getRole(name);
            if (role == null) {
                wrong(Setting.ROLE_LADDER, "there is no realm role '" + name + "'; each must exist");
            } else if (AdminRoles.isAdminRoleOrComposite(role)) {
                wrong(
                        Setting.ROLE_LADDER,
                        "'" + name
                                + "' is or contains a Keycloak administrator role; only roles without one are allowed");
            } else if (protectedRoles.contains(name)) {
                wrong(Setting.ROLE_LADDER, "'" + name + "' is a protected role, which the mapper never gives");
            } else if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                wrong(Setting.ROLE_LADDER, "'" + name + "' is there twice; each role has one place");
            }
        }
    }

    private void defaultRole() {
        List<String> ladder = Setting.ROLE_LADDER.read(component);
        if (component.contains(Setting.DEFAULT_ROLE.key())) {
            Setting.DEFAULT_ROLE.read(component).stream()
                    .filter(role -> !ladder.contains(role))
                    .forEach(role -> wrong(
                            Setting.DEFAULT_ROLE,
                            "'" + role + "' is not in the ladder; allowed are " + String.join(", ", ladder)
                                    + " or none"));
        }
    }

    private void rules() {
        List<String> ladder = Setting.ROLE_LADDER.read(component);
        Set<String> names = new HashSet<>();
        Set<Integer> priorities = new HashSet<>();
        int index = 0;
        for (String json : Setting.RULES.read(component)) {
            String field = Setting.RULES.key() + "[" + index++ + "]";
            try {
                Rule rule = RuleJson.parse(json).toRule();
                if (rule.pattern() instanceof NamePattern.Regex regex && regex.runsAway()) {
                    wrong(field, "pattern takes too long; repetitions within repetitions are the usual cause");
                }
                if (!names.add(rule.name())) {
                    wrong(field, "another rule is named '" + rule.name() + "'; each name once");
                }
                if (!priorities.add(rule.priority())) {
                    wrong(field, "another rule has priority " + rule.priority() + "; each priority once");
                }
                rule.role()
                        .filter(role -> ladder.stream().noneMatch(role::equalsIgnoreCase))
                        .ifPresent(role -> wrong(
                                field,
                                "role '" + role + "' is not in the ladder; allowed are " + String.join(", ", ladder)));
            } catch (IllegalArgumentException e) {
                wrong(field, e.getMessage());
            }
        }
    }

    private void paths(Setting setting) {
        for (String path : setting.read(component)) {
            if (!path.startsWith("/") || path.endsWith("/") || path.contains("//")) {
                wrong(setting, "'" + path + "' is no group path; write it as /teams or /company/teams");
            }
        }
    }

    private void parentsApart() {
        String teams = single(Setting.TEAMS_PARENT) + "/";
        String exclusive = single(Setting.EXCLUSIVE_PARENT) + "/";
        if (teams.startsWith(exclusive) || exclusive.startsWith(teams)) {
            wrong(
                    Setting.EXCLUSIVE_PARENT,
                    "'" + single(Setting.EXCLUSIVE_PARENT)
                            + "' and the parent of the teams contain each other; they must not");
        }
    }

    private void unmapped() {
        String name = single(Setting.UNMAPPED);
        if (MappingSettings.unmapped(name).isEmpty()) {
            wrong(Setting.UNMAPPED, "'" + name + "' is not known; allowed are keep, default-team, pending, disable");
        } else if (name.equals(MappingSettings.written(Unmapped.DEFAULT_TEAM))
                && Setting.DEFAULT_TEAM.read(component).isEmpty()) {
            wrong(Setting.DEFAULT_TEAM, "is missing; default-team needs the name of a team");
        }
    }

    private void number(Setting setting, int least, int most) {
        for (String value : setting.read(component)) {
            if (!value.matches("\\d{1,4}") || Integer.parseInt(value) < least || Integer.parseInt(value) > most) {
                wrong(
                        setting,
                        "'" + value + "' is not allowed; a number from " + least + " to " + most + ", or none, is");
            }
        }
    }

    private void logins() {
        if (single(Setting.IDP_MAPPING).equals("false")
                && single(Setting.MANUAL_MAPPING).equals("false")) {
            wrong(
                    Setting.MANUAL_MAPPING,
                    "'false' leaves nobody who gives teams while idpMapping is false; one of the two must be true");
        }
        Setting.IDENTITY_PROVIDERS.read(component).stream()
                .filter(alias -> session.identityProviders().getByAlias(alias) == null)
                .forEach(alias -> wrong(
                        Setting.IDENTITY_PROVIDERS,
                        "there is no identity provider '" + alias
                                + "'; allowed are the aliases of the realm's providers"));
    }

    private void flag(Setting setting) {
        String value = single(setting);
        if (!value.equals("true") && !value.equals("false")) {
            wrong(setting, "'" + value + "' is not allowed; true and false are");
        }
    }

    private void attribute(Setting setting) {
        setting.read(component).stream()
                .filter(name -> CarriedAttribute.of(session, name).editableByUser())
                .forEach(name -> wrong(
                        setting,
                        "users may edit their own '" + name
                                + "' by the user profile; allowed is an attribute that only administrators may edit"));
    }

    private String single(Setting setting) {
        return setting.read(component).stream().findFirst().orElse("");
    }

    private void alone() {
        boolean another = MappingSettings.component(realm)
                .filter(existing -> !Objects.equals(existing.getId(), component.getId()))
                .isPresent();
        if (another) {
            wrong("component", "the realm has its group mapping already; change that one");
        }
    }

    private void wrong(Setting setting, String message) {
        wrong(setting.key(), message);
    }

    private void wrong(String field, String message) {
        messages.merge(field, message, (first, second) -> first + "; " + second);
    }
}
