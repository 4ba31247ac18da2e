package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.context.AdministratorProtection;
import io.github.enterprisesso.scim.context.ScimContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.RoleModel;

/**
 * {@link AdministratorProtection} for many local users at once: asks which roles the
 * users and the realm's groups hold at all, which are few, and looks for people only where one of them administers Keycloak.
 */
final class Administrators {

    private final ScimContext scim;
    private Set<String> groups;

    Administrators(ScimContext scim) {
        this.scim = scim;
    }

    /** 403 when one of the users administers Keycloak, by a role of his own or by a group's. */
    void refuseAmong(Collection<String> userIds) {
        List<String> found = new ArrayList<>(byRole(userIds));
        found.addAll(byGroup(userIds));
        if (!found.isEmpty()) {
            throw AdministratorProtection.readOnly(found.get(0));
        }
    }

    private List<String> byRole(Collection<String> userIds) {
        List<String> roles = administrative(scim.em()
                .createQuery(
                        "select distinct m.roleId from UserRoleMappingEntity m where m.user.id in (:users)",
                        String.class)
                .setParameter("users", userIds)
                .getResultList());
        return roles.isEmpty()
                ? List.of()
                : scim.em()
                        .createQuery(
                                "select m.user.id from UserRoleMappingEntity m"
                                        + " where m.user.id in (:users) and m.roleId in (:roles) order by m.user.id",
                                String.class)
                        .setParameter("users", userIds)
                        .setParameter("roles", roles)
                        .getResultList();
    }

    private List<String> byGroup(Collection<String> userIds) {
        if (groups == null) {
            groups = administrativeGroups();
        }
        return groups.isEmpty()
                ? List.of()
                : scim.em()
                        .createQuery(
                                "select m.user.id from UserGroupMembershipEntity m"
                                        + " where m.user.id in (:users) and m.groupId in (:groups) order by m.user.id",
                                String.class)
                        .setParameter("users", userIds)
                        .setParameter("groups", groups)
                        .getResultList();
    }

    /** Groups that hold such a role, and all below them. */
    private Set<String> administrativeGroups() {
        List<String> roles = administrative(scim.em()
                .createQuery(
                        "select distinct m.roleId from GroupRoleMappingEntity m where m.group.realm = :realm",
                        String.class)
                .setParameter("realm", scim.realm().getId())
                .getResultList());
        if (roles.isEmpty()) {
            return Set.of();
        }
        Set<String> found = new HashSet<>();
        List<String> level = scim.em()
                .createQuery(
                        "select distinct m.group.id from GroupRoleMappingEntity m"
                                + " where m.group.realm = :realm and m.roleId in (:roles)",
                        String.class)
                .setParameter("realm", scim.realm().getId())
                .setParameter("roles", roles)
                .getResultList();
        while (!level.isEmpty()) {
            found.addAll(level);
            level = scim
                    .em()
                    .createQuery("select g.id from GroupEntity g where g.parentId in (:parents)", String.class)
                    .setParameter("parents", level)
                    .getResultList()
                    .stream()
                    .filter(id -> !found.contains(id))
                    .toList();
        }
        return found;
    }

    private List<String> administrative(List<String> roleIds) {
        return roleIds.stream().filter(this::isAdministrative).toList();
    }

    private boolean isAdministrative(String roleId) {
        RoleModel role = scim.realm().getRoleById(roleId);
        return role != null && AdminRoles.isAdminRoleOrComposite(role);
    }
}
