package io.github.enterprisesso.teams.settings;

import java.util.List;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * The settings as administrators read and write them:
 * {@code {"rules":[{...}],"teamsParent":"/teams","exclusiveParent":"/exclusive","defaultExclusiveGroup":"",
 * "exclusiveGroupAttribute":"exclusiveGroup","unmapped":"keep","defaultTeam":"","exclusiveOwner":false,"readOnlyTeams":false,
 * "brakePercent":0,"tombstoneDays":30,"idpMapping":false,"manualMapping":true,"identityProviders":[],"contact":"","roleLadder":["Admin","User","Guest"],"defaultRole":"User",
 * "roleAttribute":"organizationRole","protectedRoles":["sso-exempt"],"protectedGroups":[]}}. A missing field takes its default; an empty
 * {@code defaultRole}, {@code defaultExclusiveGroup}, {@code defaultTeam} or {@code roleLadder} means none, a
 * {@code brakePercent} or {@code tombstoneDays} of 0 turns it off.
 */
public record SettingsJson(
        List<RuleJson> rules,
        String teamsParent,
        String exclusiveParent,
        String defaultExclusiveGroup,
        String exclusiveGroupAttribute,
        String unmapped,
        String defaultTeam,
        Boolean exclusiveOwner,
        Boolean readOnlyTeams,
        Integer brakePercent,
        Integer tombstoneDays,
        Boolean idpMapping,
        Boolean manualMapping,
        List<String> identityProviders,
        String contact,
        List<String> roleLadder,
        String defaultRole,
        String roleAttribute,
        List<String> protectedRoles,
        List<String> protectedGroups) {

    public static SettingsJson of(MappingSettings settings) {
        return new SettingsJson(
                settings.rules().rules().stream().map(RuleJson::of).toList(),
                settings.teamsParent(),
                settings.exclusiveParent(),
                settings.defaultExclusiveGroup().orElse(""),
                settings.exclusiveGroupAttribute(),
                MappingSettings.written(settings.unmapped()),
                settings.defaultTeam().orElse(""),
                settings.exclusiveOwner(),
                settings.readOnlyTeams(),
                settings.brakePercent().orElse(0),
                settings.tombstoneDays(),
                settings.idpMapping(),
                settings.manualMapping(),
                settings.identityProviders(),
                settings.contact().orElse(""),
                settings.roleLadder(),
                settings.defaultRole().orElse(""),
                settings.roleAttribute(),
                settings.protectedRoles(),
                settings.protectedGroups());
    }

    /** What a realm without the component would start from. */
    public static SettingsJson defaults() {
        return of(MappingSettings.of(new ComponentModel()));
    }

    /** The same with other rules. */
    public SettingsJson withRules(List<RuleJson> others) {
        return new SettingsJson(
                others,
                teamsParent,
                exclusiveParent,
                defaultExclusiveGroup,
                exclusiveGroupAttribute,
                unmapped,
                defaultTeam,
                exclusiveOwner,
                readOnlyTeams,
                brakePercent,
                tombstoneDays,
                idpMapping,
                manualMapping,
                identityProviders,
                contact,
                roleLadder,
                defaultRole,
                roleAttribute,
                protectedRoles,
                protectedGroups);
    }

    /**
     * Saves them as the realm's component, making it if there is none.
     *
     * @throws InvalidSettingsException with one message per field
     */
    public void save(RealmModel realm) {
        ComponentModel component = component(realm);
        if (component.getId() == null) {
            realm.addComponentModel(component);
        } else {
            realm.updateComponent(component);
        }
    }

    /**
     * Saves nothing.
     *
     * @return what they would be
     * @throws InvalidSettingsException with one message per field
     */
    public MappingSettings check(KeycloakSession session, RealmModel realm) {
        ComponentModel component = component(realm);
        new SettingsValidation(session, realm, component).validate();
        return MappingSettings.of(component);
    }

    private ComponentModel component(RealmModel realm) {
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
        write(component, Setting.EXCLUSIVE_PARENT, exclusiveParent);
        writeOrNone(component, Setting.DEFAULT_EXCLUSIVE_GROUP, defaultExclusiveGroup);
        write(component, Setting.EXCLUSIVE_GROUP_ATTRIBUTE, exclusiveGroupAttribute);
        write(component, Setting.UNMAPPED, unmapped);
        writeOrNone(component, Setting.DEFAULT_TEAM, defaultTeam);
        write(component, Setting.EXCLUSIVE_OWNER, exclusiveOwner == null ? null : exclusiveOwner.toString());
        write(component, Setting.READ_ONLY_TEAMS, readOnlyTeams == null ? null : readOnlyTeams.toString());
        writeOrNone(component, Setting.BRAKE_PERCENT, number(brakePercent));
        writeOrNone(component, Setting.TOMBSTONE_DAYS, number(tombstoneDays));
        write(component, Setting.IDP_MAPPING, idpMapping == null ? null : idpMapping.toString());
        write(component, Setting.MANUAL_MAPPING, manualMapping == null ? null : manualMapping.toString());
        write(component, Setting.IDENTITY_PROVIDERS, identityProviders);
        writeOrNone(component, Setting.CONTACT, contact);
        write(component, Setting.ROLE_LADDER, roleLadder);
        writeOrNone(component, Setting.DEFAULT_ROLE, defaultRole);
        write(component, Setting.ROLE_ATTRIBUTE, roleAttribute);
        write(component, Setting.PROTECTED_ROLES, protectedRoles);
        write(component, Setting.PROTECTED_GROUPS, protectedGroups);
        return component;
    }

    /** Zero is none. */
    private static String number(Integer value) {
        return value == null ? null : value == 0 ? "" : value.toString();
    }

    private static void writeOrNone(ComponentModel component, Setting setting, String value) {
        if (value != null) {
            setting.write(component, value.isBlank() ? List.of() : List.of(value.strip()));
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
