package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Decision;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Conflicts between exclusive targets, and what administrators have decided on them. */
public final class ConflictRows {

    private final EntityManager em;
    private final String realmId;

    ConflictRows(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    /**
     * Conflicts for administrators, oldest first.
     *
     * @param userId null for every user
     * @param groupId a group that leads to one side; null for every one
     */
    public List<ConflictEntity> page(String userId, String groupId, int first, int max) {
        return query("select c", userId, groupId, " order by c.createdAt, c.id", ConflictEntity.class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    /** How many {@link #page} there are on all pages. */
    public long count(String userId, String groupId) {
        return query("select count(c)", userId, groupId, "", Long.class).getSingleResult();
    }

    private <T> TypedQuery<T> query(String what, String userId, String groupId, String order, Class<T> type) {
        String hql = what + " from ConflictEntity c where c.realmId = :realm";
        if (userId != null) {
            hql += " and c.userId = :user";
        }
        if (groupId != null) {
            hql += " and exists (select m.id from MappingEntity m where m.groupId = :group"
                    + " and (m.id = c.currentId or m.id = c.incomingId))";
        }
        TypedQuery<T> query = em.createQuery(hql + order, type).setParameter("realm", realmId);
        if (userId != null) {
            query.setParameter("user", userId);
        }
        if (groupId != null) {
            query.setParameter("group", groupId);
        }
        return query;
    }

    public Optional<ConflictEntity> find(String id) {
        return Optional.ofNullable(em.find(ConflictEntity.class, id)).filter(conflict -> conflict.isOf(realmId));
    }

    public ConflictEntity add(String userId, Conflict conflict) {
        ConflictEntity added = new ConflictEntity(
                KeycloakModelUtils.generateId(), realmId, userId, conflict, Time.currentTimeMillis());
        em.persist(added);
        return added;
    }

    public void remove(ConflictEntity conflict) {
        em.remove(conflict);
    }

    /** Remembers an administrator's words; they replace what was said on the same mappings. */
    public void decide(String userId, List<Decision> decisions) {
        for (Decision decision : decisions) {
            em.createQuery(
                            "delete from DecisionEntity d where d.userId = :user and (d.winnerId = :winner and d.loserId = :loser"
                                    + " or d.winnerId = :loser and d.loserId = :winner)")
                    .setParameter("user", userId)
                    .setParameter("winner", decision.winnerId())
                    .setParameter("loser", decision.loserId())
                    .executeUpdate();
            em.persist(new DecisionEntity(
                    KeycloakModelUtils.generateId(), realmId, userId, decision, Time.currentTimeMillis()));
        }
        em.flush();
    }

    /** Group id to number of conflicts that one of its mappings is part of. */
    public Map<String, Long> counts(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return Map.of();
        }
        return em.createQuery(
                        "select m.groupId, count(distinct c.id) from ConflictEntity c, MappingEntity m"
                                + " where (c.currentId = m.id or c.incomingId = m.id) and m.groupId in (:ids)"
                                + " group by m.groupId",
                        Object[].class)
                .setParameter("ids", groupIds)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
    }
}
