package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Target;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Whom a change may give or take something: ids of users, in their order. */
public final class Concerned {

    private final EntityManager em;
    private final String realmId;

    Concerned(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    /** Ids of the users whose exclusive place the target takes, or who have a conflict about it. */
    public List<String> byTarget(Target target) {
        return byTarget(target, target.type().exclusive());
    }

    /** Ids of the users who have the target from the mapper, or a conflict about it. */
    public List<String> havingTarget(Target target) {
        return byTarget(target, true);
    }

    private List<String> byTarget(Target target, boolean holders) {
        return em.createQuery(
                        "select u.id from UserEntity u where u.realmId = :realm and (:holders = true and u.id in"
                                + " (select g.userId from GrantEntity g where g.kind = :kind and g.targetId = :target)"
                                + " or u.id in (select c.userId from ConflictEntity c, MappingEntity m"
                                + " where m.targetId = :target and (c.currentId = m.id or c.incomingId = m.id)))"
                                + " order by u.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("holders", holders)
                .setParameter("kind", Entitlement.Kind.of(target.type()))
                .setParameter("target", target.id())
                .getResultList();
    }

    /** Ids of the users who have something through the group, or a conflict about it, and are no members any more. */
    public Set<String> leavers(String groupId) {
        Set<String> leavers = new TreeSet<>();
        for (String hql : List.of(
                "select distinct g.userId from GrantEntity g where g.sourceGroupId = :group and g.userId not in",
                "select distinct c.userId from ConflictEntity c, MappingEntity p where p.groupId = :group"
                        + " and (c.currentId = p.id or c.incomingId = p.id) and c.userId not in")) {
            leavers.addAll(em.createQuery(
                            hql + " (select m.user.id from UserGroupMembershipEntity m where m.groupId = :group)",
                            String.class)
                    .setParameter("group", groupId)
                    .getResultList());
        }
        return leavers;
    }

    /** Ids of the members who have nothing from the mapper. */
    public List<String> newcomers(String groupId) {
        return members(groupId, "not exists (select g.id from GrantEntity g where g.userId = m.user.id)")
                .getResultList();
    }

    /**
     * Ids of the members who have no role through the group, nor one that is higher.
     *
     * @param roleIds highest first; the last is the one that the group gives
     */
    public List<String> joinersBelow(String groupId, List<String> roleIds) {
        return members(
                        groupId,
                        "not exists (select g.id from GrantEntity g where g.userId = m.user.id and g.kind = :role"
                                + " and g.targetId in (:roles) and (g.sourceGroupId = :group or g.targetId <> :given))")
                .setParameter("role", Entitlement.Kind.ROLE)
                .setParameter("roles", roleIds)
                .setParameter("given", roleIds.get(roleIds.size() - 1))
                .getResultList();
    }

    /** Ids of the members who have nothing yet through one of the group's mappings. */
    public List<String> joiners(String groupId, Collection<String> mappingIds) {
        return members(
                        groupId,
                        "exists (select p.id from MappingEntity p where p.id in (:mappings) and not exists"
                                + " (select g.id from GrantEntity g where g.userId = m.user.id and g.mappingId = p.id))")
                .setParameter("mappings", mappingIds)
                .getResultList();
    }

    private TypedQuery<String> members(String groupId, String condition) {
        return em.createQuery(
                        "select m.user.id from UserGroupMembershipEntity m where m.groupId = :group and " + condition
                                + " order by m.user.id",
                        String.class)
                .setParameter("group", groupId);
    }

    /** Ids of the users who have something through the group, are direct members of it, or were called so at their last login. */
    public List<String> byGroup(String groupId) {
        return em.createQuery(
                        "select distinct u.id from UserEntity u where u.realmId = :realm and u.serviceAccountClientLink is null"
                                + " and (u.id in (select m.user.id from UserGroupMembershipEntity m where m.groupId = :group)"
                                + " or u.id in (select c.userId from ClaimEntity c where c.groupId = :group)"
                                + " or u.id in (select g.userId from GrantEntity g where g.sourceGroupId = :group))"
                                + " order by u.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("group", groupId)
                .getResultList();
    }

    /** Ids of all users who have something from the mapper, or should: for a reconciliation of the whole realm. */
    public List<String> inRealm(List<String> attributes) {
        return em.createQuery(
                        "select u.id from UserEntity u where u.realmId = :realm and u.serviceAccountClientLink is null"
                                + " and (u.id in (select m.user.id from UserGroupMembershipEntity m, PushedGroupEntity p"
                                + " where m.groupId = p.groupId and p.realmId = :realm)"
                                + " or u.id in (select g.userId from GrantEntity g where g.realmId = :realm)"
                                + " or u.id in (select c.userId from ClaimEntity c where c.realmId = :realm)"
                                + " or u.id in (select a.user.id from UserAttributeEntity a where a.name in (:attributes)))"
                                + " order by u.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("attributes", attributes)
                .getResultList();
    }
}
