package io.github.enterprisesso.sso.people;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Every role that contains one role, and every group that gives it, so that a page of people can be asked in two queries
 * who holds it. As {@link org.keycloak.models.UserModel#hasRole} sees it: composites count, and a group gives its roles to
 * its subgroups.
 *
 * @param roles ids, the role itself among them; empty if there is no such role
 * @param groups ids
 */
public record RoleHolders(Set<String> roles, Set<String> groups) {

    private static final int CHUNK = 1000;

    /** @param role null for a role that does not exist */
    public static RoleHolders of(EntityManager database, RoleModel role) {
        if (role == null) {
            return new RoleHolders(Set.of(), Set.of());
        }
        Set<String> roles = closure(
                database,
                List.of(role.getId()),
                "select distinct c.parentRole.id from CompositeRoleEntity c where c.childRole.id in (:ids)");
        List<String> granting = database.createQuery(
                        "select distinct m.group.id from GroupRoleMappingEntity m where m.roleId in (:ids)",
                        String.class)
                .setParameter("ids", roles)
                .getResultList();
        Set<String> groups = closure(database, granting, "select g.id from GroupEntity g where g.parentId in (:ids)");
        return new RoleHolders(roles, groups);
    }

    /**
     * True if a mapper gives the role. Role mappers of every kind name a role, group mappers the path of a group.
     *
     * @param role as Keycloak's mappers name it, for a client role with the client id in front; may be null
     * @param group path; may be null
     */
    public boolean given(KeycloakSession session, RealmModel realm, String role, String group) {
        RoleModel given = role == null ? null : KeycloakModelUtils.getRoleFromString(session, realm, role);
        GroupModel joined = group == null ? null : KeycloakModelUtils.findGroupByPath(session, realm, group);
        return given != null && roles.contains(given.getId()) || joined != null && groups.contains(joined.getId());
    }

    /** Breadth first; a query for each level, not for each node. */
    private static Set<String> closure(EntityManager database, Collection<String> start, String next) {
        Set<String> all = new HashSet<>(start);
        List<String> level = List.copyOf(all);
        while (!level.isEmpty()) {
            List<String> found = new ArrayList<>();
            for (int from = 0; from < level.size(); from += CHUNK) {
                found.addAll(database.createQuery(next, String.class)
                        .setParameter("ids", level.subList(from, Math.min(from + CHUNK, level.size())))
                        .getResultList());
            }
            level = found.stream().filter(all::add).toList();
        }
        return all;
    }
}
