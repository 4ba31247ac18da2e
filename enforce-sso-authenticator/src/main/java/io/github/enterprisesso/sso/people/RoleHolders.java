package io.github.enterprisesso.sso.people;

import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.keycloak.models.RoleModel;

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
