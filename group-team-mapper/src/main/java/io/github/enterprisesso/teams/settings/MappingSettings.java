package io.github.enterprisesso.teams.settings;

import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Rule;
import io.github.enterprisesso.teams.mapping.RuleSet;
import io.github.enterprisesso.teams.mapping.Rung;
import io.github.enterprisesso.teams.mapping.Unmapped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/**
 * A realm's settings, read from its component.
 *
 * @param teamsParent path with leading slash
 * @param exclusiveParent path with leading slash
 * @param defaultExclusiveGroup name of a group below it
 * @param exclusiveGroupAttribute user attribute that names an exclusive group
 * @param defaultTeam name of a team
 * @param exclusiveOwner whether a target may be mapped from one group only
 * @param readOnlyTeams whether an edit by hand of a mapped team is undone
 * @param brakePercent of a target's members, that one push may take; empty for no brake
 * @param tombstoneDays how long a deleted group is remembered; 0 for not at all
 * @param idpMapping whether what logins say of groups counts
 * @param manualMapping whether a team given by hand is access
 * @param identityProviders aliases of the providers whose logins count
 * @param contact whom to ask for access
 * @param roleLadder names of realm roles, highest first
 * @param protectedRoles names of realm roles that the mapper never gives
 * @param protectedGroups paths of groups that nobody changes, each with leading slash
 */
public record MappingSettings(
        RuleSet rules,
        String teamsParent,
        String exclusiveParent,
        Optional<String> defaultExclusiveGroup,
        String exclusiveGroupAttribute,
        Unmapped unmapped,
        Optional<String> defaultTeam,
        boolean exclusiveOwner,
        boolean readOnlyTeams,
        OptionalInt brakePercent,
        int tombstoneDays,
        boolean idpMapping,
        boolean manualMapping,
        List<String> identityProviders,
        Optional<String> contact,
        List<String> roleLadder,
        Optional<String> defaultRole,
        String roleAttribute,
        List<String> protectedRoles,
        List<String> protectedGroups) {

    /** The component's {@code providerId}. */
    public static final String PROVIDER_ID = "group-mapping";

    /** The realm's component; without one the mapper does nothing there. */
    public static Optional<ComponentModel> component(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), GroupMappingProvider.class.getName())
                .findFirst();
    }

    public static Optional<MappingSettings> of(RealmModel realm) {
        return component(realm).map(MappingSettings::of);
    }

    static MappingSettings of(ComponentModel component) {
        List<Rule> rules = Setting.RULES.read(component).stream()
                .map(json -> RuleJson.parse(json).toRule())
                .toList();
        return new MappingSettings(
                new RuleSet(rules),
                single(Setting.TEAMS_PARENT, component),
                single(Setting.EXCLUSIVE_PARENT, component),
                optional(Setting.DEFAULT_EXCLUSIVE_GROUP, component),
                single(Setting.EXCLUSIVE_GROUP_ATTRIBUTE, component),
                unmapped(single(Setting.UNMAPPED, component)).orElse(Unmapped.KEEP),
                optional(Setting.DEFAULT_TEAM, component),
                Boolean.parseBoolean(single(Setting.EXCLUSIVE_OWNER, component)),
                Boolean.parseBoolean(single(Setting.READ_ONLY_TEAMS, component)),
                number(Setting.BRAKE_PERCENT, component),
                number(Setting.TOMBSTONE_DAYS, component).orElse(0),
                Boolean.parseBoolean(single(Setting.IDP_MAPPING, component)),
                Boolean.parseBoolean(single(Setting.MANUAL_MAPPING, component)),
                Setting.IDENTITY_PROVIDERS.read(component),
                optional(Setting.CONTACT, component),
                Setting.ROLE_LADDER.read(component),
                defaultRole(component),
                single(Setting.ROLE_ATTRIBUTE, component),
                Setting.PROTECTED_ROLES.read(component),
                Setting.PROTECTED_GROUPS.read(component));
    }

    /** The default that nobody wrote down counts only where the ladder has it. */
    private static Optional<String> defaultRole(ComponentModel component) {
        List<String> ladder = Setting.ROLE_LADDER.read(component);
        boolean written = component.contains(Setting.DEFAULT_ROLE.key());
        return Setting.DEFAULT_ROLE.read(component).stream()
                .filter(role -> written || ladder.contains(role))
                .findFirst();
    }

    /** The policy by the name that administrators write: {@code default-team}. */
    static Optional<Unmapped> unmapped(String name) {
        return Arrays.stream(Unmapped.values())
                .filter(policy -> written(policy).equals(name))
                .findFirst();
    }

    static String written(Unmapped policy) {
        return policy.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Optional<String> optional(Setting setting, ComponentModel component) {
        return setting.read(component).stream().findFirst();
    }

    private static OptionalInt number(Setting setting, ComponentModel component) {
        Optional<String> written = optional(setting, component);
        return written.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(written.get()));
    }

    private static String single(Setting setting, ComponentModel component) {
        return setting.read(component).stream()
                .findFirst()
                .orElse(setting.defaults().get(0));
    }

    /** Takes a provider out of the settings that is gone. */
    public static void forgetProvider(RealmModel realm, String alias) {
        component(realm).map(ComponentModel::new).ifPresent(component -> {
            List<String> providers = Setting.IDENTITY_PROVIDERS.read(component);
            if (providers.contains(alias)) {
                Setting.IDENTITY_PROVIDERS.write(
                        component,
                        providers.stream().filter(other -> !other.equals(alias)).toList());
                realm.updateComponent(component);
            }
        });
    }

    /** Whether users without a mapped group are not let in. */
    public boolean shutsOut() {
        return unmapped == Unmapped.PENDING || unmapped == Unmapped.DISABLE;
    }

    /** The ladder with the realm's role ids; a role that was deleted since the settings were saved is not in it. */
    public RoleLadder ladder(RealmModel realm) {
        List<Rung> rungs = roleLadder.stream()
                .map(realm::getRole)
                .filter(Objects::nonNull)
                .map(MappingSettings::rung)
                .toList();
        Optional<Rung> fallback =
                defaultRole.map(realm::getRole).filter(Objects::nonNull).map(MappingSettings::rung);
        return new RoleLadder(rungs, fallback);
    }

    private static Rung rung(RoleModel role) {
        return new Rung(role.getName(), role.getId());
    }
}
