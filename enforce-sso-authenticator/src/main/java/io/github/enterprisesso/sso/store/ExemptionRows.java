package io.github.enterprisesso.sso.store;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The exemption rows of one realm. Joins Keycloak's transaction; nothing is cached, so every node sees the same. */
public final class ExemptionRows {

    private final EntityManager em;
    private final String realmId;

    public ExemptionRows(KeycloakSession session, String realmId) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realmId;
    }

    /** One look-up by primary key, and none if the request has asked before. */
    public Optional<ExemptionEntity> of(String userId) {
        return Optional.ofNullable(em.find(ExemptionEntity.class, new ExemptionEntity.Key(realmId, userId)));
    }

    /** Those of several people at once, for a page of a list. */
    public List<ExemptionEntity> of(Collection<String> userIds) {
        return userIds.isEmpty()
                ? List.of()
                : em.createQuery(
                                "select e from ExemptionEntity e where e.realmId = :realm and e.userId in (:users)",
                                ExemptionEntity.class)
                        .setParameter("realm", realmId)
                        .setParameter("users", userIds)
                        .getResultList();
    }

    /** A page, the ones that end first in front and those without an end last. */
    public List<ExemptionEntity> page(int first, int max) {
        return em.createQuery(
                        "select e from ExemptionEntity e where e.realmId = :realm"
                                + " order by case when e.untilAt is null then 1 else 0 end, e.untilAt, e.userId",
                        ExemptionEntity.class)
                .setParameter("realm", realmId)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    public long count() {
        return em.createQuery("select count(e) from ExemptionEntity e where e.realmId = :realm", Long.class)
                .setParameter("realm", realmId)
                .getSingleResult();
    }

    /** How many have ended. */
    public long countEnded(long now) {
        return em.createQuery(
                        "select count(e) from ExemptionEntity e where e.realmId = :realm and e.untilAt <= :now",
                        Long.class)
                .setParameter("realm", realmId)
                .setParameter("now", now)
                .getSingleResult();
    }

    /** How many have no end. */
    public long countEndless() {
        return em.createQuery(
                        "select count(e) from ExemptionEntity e where e.realmId = :realm and e.untilAt is null",
                        Long.class)
                .setParameter("realm", realmId)
                .getSingleResult();
    }

    /** Writes the terms of one person, new ones or in place of the old. */
    public ExemptionEntity write(String userId, String reason, String owner, long grantedAt, Long untilAt) {
        ExemptionEntity row = of(userId).orElseGet(() -> new ExemptionEntity(realmId, userId));
        row.setReason(reason);
        row.setOwner(owner);
        row.setGrantedAt(grantedAt);
        row.setUntilAt(untilAt);
        row.setWarnedAt(null);
        row.setEndedAt(null);
        em.persist(row);
        em.flush();
        return row;
    }

    public void remove(String userId) {
        of(userId).ifPresent(em::remove);
        em.flush();
    }

    /** Rows of all realms that have ended and are not done with, oldest first. */
    public static List<ExemptionEntity> ended(KeycloakSession session, long now, int max) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                        "select e from ExemptionEntity e where e.untilAt <= :now and e.endedAt is null order by e.untilAt",
                        ExemptionEntity.class)
                .setParameter("now", now)
                .setMaxResults(max)
                .getResultList();
    }

    /** Rows of all realms that end before {@code soon} and whose people have not been told. */
    public static List<ExemptionEntity> ending(KeycloakSession session, long now, long soon, int max) {
        return session.getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                        "select e from ExemptionEntity e where e.untilAt > :now and e.untilAt <= :soon"
                                + " and e.warnedAt is null order by e.untilAt",
                        ExemptionEntity.class)
                .setParameter("now", now)
                .setParameter("soon", soon)
                .setMaxResults(max)
                .getResultList();
    }

    /** True for one caller only, whatever the number of nodes: he is the one to take the exemption away. */
    public boolean claimEnd(String userId, long now) {
        return em.createQuery("update ExemptionEntity e set e.endedAt = :now where e.realmId = :realm"
                                + " and e.userId = :user and e.untilAt <= :now and e.endedAt is null")
                        .setParameter("now", now)
                        .setParameter("realm", realmId)
                        .setParameter("user", userId)
                        .executeUpdate()
                == 1;
    }

    /** True for one caller only: he is the one to tell the person. */
    public boolean claimWarning(String userId, long now) {
        return em.createQuery("update ExemptionEntity e set e.warnedAt = :now"
                                + " where e.realmId = :realm and e.userId = :user and e.warnedAt is null")
                        .setParameter("now", now)
                        .setParameter("realm", realmId)
                        .setParameter("user", userId)
                        .executeUpdate()
                == 1;
    }

    void removeAll() {
        em.createQuery("delete from ExemptionEntity e where e.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
