package io.github.enterprisesso.teams.settings;

import java.util.List;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;

/**
 * The settings as administrators read and write them:
 * {@code {"rules":[{...}],"teamsParent":"/teams","roleLadder":["Admin","User","Guest"],"defaultRole":"User",
 * "roleAttribute":"organizationRole","protectedRoles":["sso-exempt"]}}. A missing field takes its default; an empty
 * {@code defaultRole} or {@code roleLadder} means none.
 */
public record SettingsJson(
        List<RuleJson> rules,
        String teamsParent,
        List<String> roleLadder,
        String defaultRole,
        String roleAttribute,
        List<String> protectedRoles) {

    public static SettingsJson of(MappingSettings settings) {
        return new SettingsJson(
                settings.rules().rules().stream().map(RuleJson::of).toList(),
                settings.teamsParent(),
                settings.roleLadder(),
                settings.defaultRole().orElse(""),
                settings.roleAttribute(),
                settings.protectedRoles());
    }

    /** What a realm without the component would start from. */
    public static SettingsJson defaults() {
        return of(MappingSettings.of(new ComponentModel()));
    }

    /**
     * Saves them as the realm's component, making it if there is none.
     *
     * @throws InvalidSettingsException with one message per field
     */
    public void save(RealmModel realm) {
        ComponentModel component = MappingSettings.component(realm)
                .map(ComponentModel::new)
                .orElseGet(() -> {
                    ComponentModel made = new ComponentModel();
                    made.setName("Group mapping");
                    made.setProviderId(MappingSettings.PROVIDER_ID);
                    made.setProviderType(GroupMappingProvider.class.getName());
                    made.setParentId(realm.getId());
                    return made;
                });
        component.setConfig(new MultivaluedHashMap<>());
        if (rules != null && !rules.isEmpty()) {
            Setting.RULES.write(component, rules.stream().map(RuleJson::json).toList());
        }
        write(component, Setting.TEAMS_PARENT, teamsParent);
        write(component, Setting.ROLE_LADDER, roleLadder);
        if (defaultRole != null) {
            Setting.DEFAULT_ROLE.write(component, defaultRole.isBlank() ? List.of() : List.of(defaultRole.strip()));
        }
        write(component, Setting.ROLE_ATTRIBUTE, roleAttribute);
        write(component, Setting.PROTECTED_ROLES, protectedRoles);
        if (component.getId() == null) {
            realm.addComponentModel(component);
        } else {
            realm.updateComponent(component);
        }
    }

    private static void write(ComponentModel component, Setting setting, String value) {
        if (value != null && !value.isBlank()) {
            setting.write(component, List.of(value.strip()));
        }
    }

    private static void write(ComponentModel component, Setting setting, List<String> values) {
        if (values != null) {
            setting.write(component, values);
        }
    }
}
