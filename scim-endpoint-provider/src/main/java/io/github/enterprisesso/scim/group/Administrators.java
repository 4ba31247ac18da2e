package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.context.AdministratorProtection;
import io.github.enterprisesso.scim.context.ParameterLists;
import io.github.enterprisesso.scim.context.QueryText;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.schema.Condition;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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

    /** 403 when one of the users, at least one, administers Keycloak, by a role of his own or by a group's. */
    void refuseAmong(Collection<String> userIds) {
        Condition users = Condition.among("m.user.id", "user", userIds);
        Map<Boolean, List<String>> roles = administrative(users);
        Set<String> found = new TreeSet<>(holders("from UserRoleMappingEntity m", users, "m.roleId", roles.get(true)));
        if (groups == null) {
            groups = administrativeGroups(roles.get(false));
        }
        found.addAll(holders("from UserGroupMembershipEntity m", users, "m.groupId", groups));
        found.stream().findFirst().ifPresent(user -> {
            throw AdministratorProtection.readOnly(user);
        });
    }

    /** The administrative ones among the roles of the users (true) and of the realm's groups (false). */
    private Map<Boolean, List<String>> administrative(Condition users) {
        String text = "select true, m.roleId from UserRoleMappingEntity m where " + users.text()
                + " union select false, g.roleId from GroupRoleMappingEntity g where g.group.realm = :realm";
        TypedQuery<Object[]> query = scim.em()
                .createQuery(text, Object[].class)
                .setParameter("realm", scim.realm().getId());
        users.parameters().forEach(query::setParameter);
        return query.getResultList().stream()
                .filter(row -> isAdministrative((String) row[1]))
                .collect(Collectors.partitioningBy(
                        row -> (Boolean) row[0], Collectors.mapping(row -> (String) row[1], Collectors.toList())));
    }

    /** Nearly always there is nothing to have, and nothing is asked. */
    private List<String> holders(String from, Condition users, String column, Collection<String> held) {
        // The users are the other list.
        return ParameterLists.of(held, 2).stream()
                .map(some -> new QueryText(from).where(users).where(Condition.among(column, "held", some)))
                .flatMap(query -> query.query(scim.em(), "select m.user.id", "", String.class).getResultList().stream())
                .toList();
    }

    /** Groups that hold such a role, and all below them. */
    private Set<String> administrativeGroups(List<String> roles) {
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
            level = ParameterLists.of(level).stream()
                    .flatMap(parents -> below(parents).stream())
                    .filter(id -> !found.contains(id))
                    .toList();
        }
        return found;
    }

    private List<String> below(List<String> parents) {
        return scim.em()
                .createQuery("select g.id from GroupEntity g where g.parentId in (:parents)", String.class)
                .setParameter("parents", parents)
                .getResultList();
    }

    private boolean isAdministrative(String roleId) {
        RoleModel role = scim.realm().getRoleById(roleId);
        return role != null && AdminRoles.isAdminRoleOrComposite(role);
    }
}
