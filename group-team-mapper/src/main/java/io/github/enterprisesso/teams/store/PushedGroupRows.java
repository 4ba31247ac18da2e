package io.github.enterprisesso.teams.store;

import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.keycloak.common.util.Time;

/** The pushed groups on record. */
public final class PushedGroupRows {

    private final EntityManager em;
    private final String realmId;

    PushedGroupRows(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    public Optional<PushedGroupEntity> find(String groupId) {
        return Optional.ofNullable(em.find(PushedGroupEntity.class, groupId));
    }

    public List<PushedGroupEntity> of(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return List.of();
        }
        return em.createQuery("select g from PushedGroupEntity g where g.groupId in (:ids)", PushedGroupEntity.class)
                .setParameter("ids", groupIds)
                .getResultList();
    }

    public PushedGroupEntity add(String groupId, String name) {
        PushedGroupEntity group = new PushedGroupEntity(groupId, realmId, name, Time.currentTimeMillis());
        em.persist(group);
        return group;
    }

    /** Ids of the groups on record; some may be gone. */
    public List<String> ids() {
        return em.createQuery("select g.groupId from PushedGroupEntity g where g.realmId = :realm", String.class)
                .setParameter("realm", realmId)
                .getResultList();
    }

    /** Forgets a pushed group and where it led. Its members are reconciled before. */
    public void remove(String groupId) {
        em.flush();
        for (String hql : List.of(
                "delete from GrantEntity g where g.sourceGroupId = :group and not exists"
                        + " (select m.id from MappingEntity m where m.id = g.mappingId and m.braked = true)",
                "delete from MappingEntity m where m.groupId = :group and m.tombstoneId is null and m.braked = false",
                "delete from ClaimEntity c where c.groupId = :group",
                "delete from PushedGroupEntity p where p.groupId = :group")) {
            em.createQuery(hql).setParameter("group", groupId).executeUpdate();
        }
    }
}
