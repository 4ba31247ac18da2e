package io.github.enterprisesso.sso.settings;

import io.github.enterprisesso.sso.exemption.Exemptions;
import io.github.enterprisesso.sso.exemption.Terms;
import java.util.Objects;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.ClientModel;
import org.keycloak.models.Constants;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * The break-glass administrators of a realm: enabled people who may manage it and hold the exempt role without an end. Without
 * one, an enforced realm whose provider fails has no way in.
 */
public final class Administrators {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RoleModel exempt;
    private final Exemptions exemptions;

    public Administrators(KeycloakSession session, RealmModel realm, String exemptRole) {
        this.session = session;
        this.realm = realm;
        this.exempt = realm.getRole(exemptRole);
        this.exemptions = new Exemptions(session, realm, exemptRole);
    }

    /**
     * Looks at the holders of either role: a role may come directly, from a group, or inside another role, and Keycloak
     * lists only the direct holders and groups of a role.
     */
    public Stream<UserModel> breakGlass() {
        RoleModel manageRealm = management(AdminRoles.MANAGE_REALM);
        if (manageRealm == null || exempt == null) {
            return Stream.empty();
        }
        return Stream.of(exempt, management(AdminRoles.REALM_ADMIN), manageRealm)
                .filter(Objects::nonNull)
                .flatMap(this::holders)
                .filter(user -> manages(user) && exemptions.exemptForGood(user));
    }

    /** True if there is one beside this person. */
    public boolean anyBeside(UserModel user) {
        return breakGlass().anyMatch(other -> !other.getId().equals(user.getId()));
    }

    /** True if he is one. */
    public boolean include(UserModel user) {
        return manages(user) && exemptions.exemptForGood(user);
    }

    /** True if he was one until he lost this role. Asks nothing of him if it is not one that makes an administrator. */
    public boolean includedUntil(RoleModel lost, UserModel user) {
        RoleModel manageRealm = management(AdminRoles.MANAGE_REALM);
        if (manageRealm == null || exempt == null) {
            return false;
        }
        boolean madeExempt = lost.hasRole(exempt);
        boolean madeManager = lost.hasRole(manageRealm);
        return (madeExempt || madeManager)
                && user.isEnabled()
                && user.getServiceAccountClientLink() == null
                && (madeExempt || user.hasRole(exempt))
                && (madeManager || user.hasRole(manageRealm))
                && exemptions.terms(user).flatMap(Terms::until).isEmpty();
    }

    private boolean manages(UserModel user) {
        RoleModel manageRealm = management(AdminRoles.MANAGE_REALM);
        return manageRealm != null
                && user.isEnabled()
                && user.getServiceAccountClientLink() == null
                && user.hasRole(manageRealm);
    }

    private RoleModel management(String role) {
        ClientModel management = realm.getName().equals(Config.getAdminRealm())
                ? realm.getMasterAdminClient()
                : realm.getClientByClientId(Constants.REALM_MANAGEMENT_CLIENT_ID);
        return management == null ? null : management.getRole(role);
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
}
