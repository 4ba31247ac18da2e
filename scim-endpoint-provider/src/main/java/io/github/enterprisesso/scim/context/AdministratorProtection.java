package io.github.enterprisesso.scim.context;

import io.github.enterprisesso.scim.protocol.ScimException;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Keeps SCIM away from Keycloak's own administrators: whoever holds a SCIM token must not gain, by it, what only an
 * administrator may do (requirement SCP-19), nor the exemption from SSO (EXM-4). Roles count through composites, groups and their parents.
 */
public final class AdministratorProtection {

    private AdministratorProtection() {}

    private static boolean isAdministrator(UserModel user) {
        return user.getRoleMappingsStream().anyMatch(AdminRoles::isAdminRoleOrComposite)
                || user.getGroupsStream().anyMatch(AdminRoles::groupHasAdminRoles);
    }

    /** 403 for a user who administers Keycloak. */
    public static void refuseAdministrator(UserModel user) {
        if (isAdministrator(user)) {
            throw readOnly(user.getId());
        }
    }

    /** 403 for a user whom somebody else has found to administer Keycloak. */
    public static ScimException readOnly(String userId) {
        return ScimException.forbidden("User " + userId + " administers Keycloak and is read-only to provisioning.");
    }

    /** 403 for a group whose members administer Keycloak, or hold a role that the connection must not give. */
    public static void refuseAdministrators(ScimContext scim, GroupModel group) {
        if (group == null) {
            return;
        }
        if (AdminRoles.groupHasAdminRoles(group)) {
            throw ScimException.forbidden("Group " + group.getId()
                    + " grants rights to administer Keycloak and is read-only to provisioning.");
        }
        for (String name : scim.connection().protectedRoles()) {
            RoleModel role = scim.realm().getRole(name);
            if (role != null && group.hasRole(role)) {
                throw ScimException.forbidden("Group " + group.getId() + " grants the protected role '" + name
                        + "' and is read-only to provisioning.");
            }
        }
    }
}
