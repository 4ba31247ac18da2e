package io.github.enterprisesso.teams.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Groups that were deleted or emptied, with their members and mappings, until somebody wants them back or their time is over. */
public final class TombstoneRows {

    /** How many of those remembered with tombstone t are not members of its group now. */
    private static final String AWAY =
            "(select count(d.userId) from TombstoneMemberEntity d where d.tombstoneId = t.id and not exists"
                    + " (select m.groupId from UserGroupMembershipEntity m where m.groupId = t.groupId"
                    + " and m.user.id = d.userId))";

    private final EntityManager em;
    private final String realmId;
    private final MappingRows mappings;

    TombstoneRows(EntityManager em, String realmId, MappingRows mappings) {
        this.em = em;
        this.realmId = realmId;
        this.mappings = mappings;
    }

    /** Groups that were deleted, and groups that at least half of their members left; newest first. */
    public List<TombstoneEntity> page(int first, int max) {
        return tombstones(" and (t.departed = false or " + AWAY + " > 0 and " + AWAY
                        + " >= (select count(s.groupId) from UserGroupMembershipEntity s where s.groupId = t.groupId))")
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    /** Those of groups that are or were called so. */
    public List<TombstoneEntity> named(String name) {
        return tombstones(" and t.name = :name").setParameter("name", name).getResultList();
    }

    private List<TombstoneEntity> of(String groupId) {
        return tombstones(" and t.groupId = :group")
                .setParameter("group", groupId)
                .getResultList();
    }

    /** Forgets what is older than so many days. */
    public void expire(int days) {
        tombstones(" and t.deletedAt < :oldest")
                .setParameter("oldest", Time.currentTimeMillis() - TimeUnit.DAYS.toMillis(days))
                .getResultList()
                .forEach(this::remove);
    }

    private TypedQuery<TombstoneEntity> tombstones(String condition) {
        return em.createQuery(
                        "select t from TombstoneEntity t where t.realmId = :realm" + condition
                                + " order by t.deletedAt desc, t.id",
                        TombstoneEntity.class)
                .setParameter("realm", realmId);
    }

    public Optional<TombstoneEntity> find(String id) {
        return tombstones(" and t.id = :id")
                .setParameter("id", id)
                .getResultStream()
                .findFirst();
    }

    public List<String> members(String tombstoneId) {
        return em.createQuery(
                        "select m.userId from TombstoneMemberEntity m where m.tombstoneId = :tombstone order by m.userId",
                        String.class)
                .setParameter("tombstone", tombstoneId)
                .getResultList();
    }

    /** How many of them are not members of the tombstone's group now. */
    public long membersAway(TombstoneEntity tombstone) {
        return em.createQuery("select " + AWAY + " from TombstoneEntity t where t.id = :id", Long.class)
                .setParameter("id", tombstone.getId())
                .getSingleResult();
    }

    /** Remembers a group that is about to go: its members, while they are there, and its mappings. */
    public TombstoneEntity bury(
            PushedGroupEntity group, String name, String parentId, String connection, String roles) {
        of(group.getGroupId()).forEach(this::remove);
        TombstoneEntity tombstone = new TombstoneEntity(
                KeycloakModelUtils.generateId(),
                realmId,
                group.getGroupId(),
                name,
                parentId,
                connection,
                roles,
                Time.currentTimeMillis(),
                false);
        em.persist(tombstone);
        em.flush();
        em.createQuery("insert into TombstoneMemberEntity (tombstoneId, userId)"
                        + " select :tombstone, m.user.id from UserGroupMembershipEntity m where m.groupId = :group")
                .setParameter("tombstone", tombstone.getId())
                .setParameter("group", group.getGroupId())
                .executeUpdate();
        mappings.of(List.of(group.getGroupId())).forEach(mapping -> mapping.bury(tombstone.getId()));
        em.flush();
        return tombstone;
    }

    /** What is remembered of those who left the group, if the last of them did so since then. */
    public Optional<TombstoneEntity> departed(String groupId, long since) {
        return em.createQuery(
                        "select t from TombstoneEntity t where t.groupId = :group and t.departed = true"
                                + " and t.deletedAt >= :since order by t.deletedAt desc",
                        TombstoneEntity.class)
                .setParameter("group", groupId)
                .setParameter("since", since)
                .setMaxResults(1)
                .getResultStream()
                .findFirst();
    }

    /** Begins to remember who leaves a group that is there; what was remembered of earlier ones is forgotten. */
    public TombstoneEntity remember(String groupId, String name, String parentId, String connection, String roles) {
        of(groupId).stream().filter(TombstoneEntity::isDeparted).forEach(this::remove);
        TombstoneEntity tombstone = new TombstoneEntity(
                KeycloakModelUtils.generateId(),
                realmId,
                groupId,
                name,
                parentId,
                connection,
                roles,
                Time.currentTimeMillis(),
                true);
        em.persist(tombstone);
        em.flush();
        return tombstone;
    }

    /** Whether the user is not among those remembered with the tombstone, and those are fewer than so many. */
    public boolean hasRoom(TombstoneEntity tombstone, String userId, int most) {
        Object[] found = em.createQuery(
                        "select count(m.userId), count(case when m.userId = :user then 1 end)"
                                + " from TombstoneMemberEntity m where m.tombstoneId = :tombstone",
                        Object[].class)
                .setParameter("user", userId)
                .setParameter("tombstone", tombstone.getId())
                .getSingleResult();
        return (Long) found[0] < most && (Long) found[1] == 0;
    }

    /** One more who left, and is not remembered yet. */
    public void remember(TombstoneEntity tombstone, String userId) {
        em.persist(new TombstoneMemberEntity(tombstone.getId(), userId));
    }

    public List<MappingEntity> buried(String tombstoneId) {
        return em.createQuery(
                        "select m from MappingEntity m where m.tombstoneId = :tombstone order by m.createdAt, m.id",
                        MappingEntity.class)
                .setParameter("tombstone", tombstoneId)
                .getResultList();
    }

    /** Gives the mappings to the group that is back. The members stay remembered until {@link #remove}. */
    public List<MappingEntity> raise(TombstoneEntity tombstone, String groupId) {
        List<MappingEntity> mappings = buried(tombstone.getId());
        mappings.forEach(mapping -> mapping.rise(groupId));
        tombstone.rise(groupId);
        em.flush();
        return mappings;
    }

    /** Forgets the group for good, and the mappings that are still in the grave. */
    public void remove(TombstoneEntity tombstone) {
        buried(tombstone.getId()).forEach(mappings::remove);
        em.flush();
        em.createQuery("delete from TombstoneMemberEntity m where m.tombstoneId = :id")
                .setParameter("id", tombstone.getId())
                .executeUpdate();
        em.remove(tombstone);
        em.flush();
    }
}
