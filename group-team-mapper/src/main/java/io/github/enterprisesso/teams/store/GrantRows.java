package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Entitlement;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import org.keycloak.common.util.Time;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The grants: who has what from the mapper, and why. */
public final class GrantRows {

    private final EntityManager em;
    private final String realmId;

    GrantRows(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    /** How many enabled users have the target from the mapper: others are in none. */
    public long countUsers(Entitlement.Kind kind, String targetId) {
        return em.createQuery(
                        "select count(distinct g.userId) from GrantEntity g, UserEntity u where u.id = g.userId"
                                + " and u.enabled = true and g.kind = :kind and g.targetId = :target",
                        Long.class)
                .setParameter("kind", kind)
                .setParameter("target", targetId)
                .getSingleResult();
    }

    /** Ids of the users who have something through the mapping. */
    public List<String> usersThrough(String mappingId) {
        return em.createQuery(
                        "select distinct g.userId from GrantEntity g where g.mappingId = :mapping order by g.userId",
                        String.class)
                .setParameter("mapping", mappingId)
                .getResultList();
    }

    /**
     * Grants for administrators, oldest first.
     *
     * @param userId null for every user
     * @param groupId a pushed group or a team; null for every one
     */
    public List<GrantEntity> page(String userId, String groupId, int first, int max) {
        StringBuilder hql = new StringBuilder("select g from GrantEntity g where g.realmId = :realm");
        if (userId != null) {
            hql.append(" and g.userId = :user");
        }
        if (groupId != null) {
            hql.append(" and (g.sourceGroupId = :group or g.targetId = :group)");
        }
        TypedQuery<GrantEntity> query = em.createQuery(hql + " order by g.userId, g.createdAt, g.id", GrantEntity.class)
                .setParameter("realm", realmId)
                .setFirstResult(first)
                .setMaxResults(max);
        if (userId != null) {
            query.setParameter("user", userId);
        }
        if (groupId != null) {
            query.setParameter("group", groupId);
        }
        return query.getResultList();
    }

    /** Whether the user was not let in, or disabled, as no group of his is mapped. */
    public boolean waits(String userId) {
        return !em.createQuery("select g.id from GrantEntity g where g.userId = :user and g.kind = :kind", String.class)
                .setParameter("user", userId)
                .setParameter("kind", Entitlement.Kind.ACCOUNT)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }

    public void record(String userId, Entitlement entitlement) {
        em.persist(new GrantEntity(
                KeycloakModelUtils.generateId(), realmId, userId, entitlement, Time.currentTimeMillis()));
    }

    public void forget(List<GrantEntity> grants) {
        grants.forEach(em::remove);
    }

    /** Takes off the record what a user, or everybody when null, was given of a target that is his no longer. */
    public void forgetTarget(Entitlement.Kind kind, String targetId, String userId) {
        em.flush();
        String hql = "delete from GrantEntity g where g.kind = :kind and g.targetId = :target";
        var query = em.createQuery(userId == null ? hql : hql + " and g.userId = :user")
                .setParameter("kind", kind)
                .setParameter("target", targetId);
        if (userId != null) {
            query.setParameter("user", userId);
        }
        query.executeUpdate();
    }
}
