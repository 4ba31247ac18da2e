package io.github.enterprisesso.sso.settings;

import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.GroupModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Whether settings may be saved: right by themselves, and no way to lock every administrator out (ENF-9). OFF may be saved
 * whatever else they say, and REPORT whatever has become of the providers: both are ways out.
 */
public final class SettingsCheck {

    private static final int ALIASES_SHOWN = 20;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final List<Complaint> complaints = new ArrayList<>();

    /**
     * One thing that is wrong.
     *
     * @param field key of a {@link SsoOption}
     * @param message says what is wrong and what is allowed
     */
    public record Complaint(String field, String message) {}

    private SettingsCheck(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /** Everything that is wrong with the settings; empty if they may be saved. */
    public static List<Complaint> of(KeycloakSession session, RealmModel realm, SsoSettings settings) {
        SettingsCheck check = new SettingsCheck(session, realm);
        check.run(settings);
        return List.copyOf(check.complaints);
    }

    private void run(SsoSettings settings) {
        Optional<Mode> mode = SsoPolicy.readMode(settings.mode());
        if (mode.isEmpty()) {
            complain(
                    SsoOption.MODE,
                    "'%s' is not a mode; allowed are %s".formatted(settings.mode(), Arrays.toString(Mode.values())));
        }
        if (mode.filter(Mode.OFF::equals).isPresent()) {
            return;
        }
        checkRole(settings);
        if (mode.filter(Mode.ENFORCE::equals).isPresent()) {
            checkProviders(settings);
            checkMaster();
            checkAdministrator(settings);
        }
    }

    private void checkProviders(SsoSettings settings) {
        for (String alias : settings.allowedProviders()) {
            IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
            if (provider == null) {
                complain(
                        SsoOption.ALLOWED_PROVIDERS,
                        "There is no identity provider '%s'; the realm has %s".formatted(alias, knownProviders()));
            } else if (!provider.isEnabled()) {
                complain(
                        SsoOption.ALLOWED_PROVIDERS,
                        "The identity provider '%s' is disabled; enable it before enforcing".formatted(alias));
            } else if (Boolean.TRUE.equals(provider.isLinkOnly())) {
                complain(
                        SsoOption.ALLOWED_PROVIDERS,
                        "The identity provider '%s' is for account linking only, nobody can sign in with it"
                                .formatted(alias));
            }
        }
        if (settings.allowedProviders().isEmpty()) {
            complain(
                    SsoOption.ALLOWED_PROVIDERS,
                    "ENFORCE needs at least one enabled identity provider; the realm has " + knownProviders());
        }
    }

    private String knownProviders() {
        String known = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication(), 0, ALIASES_SHOWN)
                .map(IdentityProviderModel::getAlias)
                .sorted()
                .collect(Collectors.joining(", "));
        return known.isEmpty() ? "none" : known;
    }

    private void checkRole(SsoSettings settings) {
        RoleModel exempt = realm.getRole(settings.exemptRole());
        RoleModel everybody = realm.getDefaultRole();
        if (exempt != null && everybody != null && (everybody.equals(exempt) || everybody.hasRole(exempt))) {
            complain(
                    SsoOption.EXEMPT_ROLE,
                    "Every user has the role '%s' by default, so nobody would be enforced; name another realm role"
                            .formatted(settings.exemptRole()));
        }
    }

    private void checkMaster() {
        if (realm.getName().equals(Config.getAdminRealm()) && !ServerOption.MASTER.enabled()) {
            complain(
                    SsoOption.MODE,
                    "The administration realm is enforced only with the server option "
                            + "--spi-required-action--%s--%s=true; allowed here are OFF and REPORT"
                                    .formatted(SsoSettings.ACTION, ServerOption.MASTER.key()));
        }
    }

    private void checkAdministrator(SsoSettings settings) {
        RoleModel exempt = realm.getRole(settings.exemptRole());
        if (exempt == null || !hasExemptAdministrator(exempt)) {
            complain(
                    SsoOption.EXEMPT_ROLE,
                    ("No enabled user holds the role '%s' and may administer this realm (role %s); give it to at least "
                                    + "one administrator before enforcing")
                            .formatted(settings.exemptRole(), AdminRoles.MANAGE_REALM));
        }
    }

    /**
     * Looks at the holders of either role: a role may come directly, from a group, or inside another role, and Keycloak
     * lists only the direct holders and groups of a role.
     */
    private boolean hasExemptAdministrator(RoleModel exempt) {
        ClientModel management = realm.getName().equals(Config.getAdminRealm())
                ? realm.getMasterAdminClient()
                : realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID);
        RoleModel manageRealm = management == null ? null : management.getRole(AdminRoles.MANAGE_REALM);
        if (manageRealm == null) {
            return false;
        }
        RoleModel realmAdmin = management.getRole(AdminRoles.REALM_ADMIN);
        return Stream.of(exempt, realmAdmin, manageRealm)
                .filter(role -> role != null)
                .flatMap(this::holders)
                .anyMatch(user -> user.isEnabled()
                        && user.getServiceAccountClientLink() == null
                        && user.hasRole(exempt)
                        && user.hasRole(manageRealm));
    }

    private Stream<UserModel> holders(RoleModel role) {
        return Stream.concat(
                session.users().getRoleMembersStream(realm, role),
                session.groups()
                        .getGroupsByRoleStream(realm, role, null, null)
                        .flatMap(this::withSubGroups)
                        .flatMap(group -> session.users().getGroupMembersStream(realm, group)));
    }

    private Stream<GroupModel> withSubGroups(GroupModel group) {
        return Stream.concat(Stream.of(group), group.getSubGroupsStream().flatMap(this::withSubGroups));
    }

    private void complain(SsoOption option, String message) {
        complaints.add(new Complaint(option.key(), message));
    }
}
