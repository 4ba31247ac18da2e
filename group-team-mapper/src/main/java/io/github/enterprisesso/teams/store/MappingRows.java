package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.TargetType;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The mappings: where each pushed group leads. */
public final class MappingRows {

    private final EntityManager em;
    private final String realmId;

    MappingRows(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    public List<MappingEntity> all() {
        return em.createQuery(
                        "select m from MappingEntity m where m.realmId = :realm order by m.createdAt, m.id",
                        MappingEntity.class)
                .setParameter("realm", realmId)
                .getResultList();
    }

    public List<MappingEntity> of(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return List.of();
        }
        return em.createQuery(
                        "select m from MappingEntity m where m.groupId in (:groups) order by m.createdAt, m.id",
                        MappingEntity.class)
                .setParameter("groups", groupIds)
                .getResultList();
    }

    public List<MappingEntity> to(TargetType type, String targetId) {
        return em.createQuery(
                        "select m from MappingEntity m where m.targetId = :target and m.targetType = :type",
                        MappingEntity.class)
                .setParameter("target", targetId)
                .setParameter("type", type)
                .getResultList();
    }

    public Optional<MappingEntity> find(String id) {
        return Optional.ofNullable(em.find(MappingEntity.class, id)).filter(mapping -> mapping.isOf(realmId));
    }

    /**
     * A new mapping without a target.
     *
     * @param rule null for one made by hand
     */
    public MappingEntity add(String groupId, TargetType type, String rule) {
        MappingEntity mapping = new MappingEntity(
                KeycloakModelUtils.generateId(),
                realmId,
                groupId,
                type,
                MappingStatus.PENDING,
                rule,
                Time.currentTimeMillis());
        em.persist(mapping);
        return mapping;
    }

    /** Takes a mapping away, and every word about it. */
    public void remove(MappingEntity mapping) {
        em.createQuery("delete from DecisionEntity d where d.winnerId = :id or d.loserId = :id")
                .setParameter("id", mapping.getId())
                .executeUpdate();
        em.remove(mapping);
    }

    /** Ids of the mappings that take nothing from anybody. */
    public Set<String> braked() {
        return Set.copyOf(em.createQuery(
                        "select m.id from MappingEntity m where m.realmId = :realm and m.braked = true", String.class)
                .setParameter("realm", realmId)
                .getResultList());
    }

    /** Ids of the organizations that some mapping leads to. */
    public Set<String> organizations() {
        return Set.copyOf(em.createQuery(
                        "select m.targetId from MappingEntity m where m.realmId = :realm and m.targetType = :type"
                                + " and m.targetId is not null",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("type", TargetType.ORGANIZATION)
                .getResultList());
    }
}
