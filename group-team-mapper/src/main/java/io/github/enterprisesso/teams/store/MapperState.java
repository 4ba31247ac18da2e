package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.TargetType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.RoleEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.utils.KeycloakModelUtils;

/** One realm's part of the tables. */
public final class MapperState {

    private static final int LOCKED_AT_ONCE = 500;

    private final EntityManager em;
    private final String realmId;

    public MapperState(KeycloakSession session, String realmId) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realmId;
    }

    public Optional<PushedGroupEntity> group(String groupId) {
        return Optional.ofNullable(em.find(PushedGroupEntity.class, groupId));
    }

    public List<PushedGroupEntity> groups(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return List.of();
        }
        return em.createQuery("select g from PushedGroupEntity g where g.groupId in (:ids)", PushedGroupEntity.class)
                .setParameter("ids", groupIds)
                .getResultList();
    }

    public PushedGroupEntity addGroup(String groupId, String name) {
        PushedGroupEntity group = new PushedGroupEntity(groupId, realmId, name, Time.currentTimeMillis());
        em.persist(group);
        return group;
    }

    public List<MappingEntity> mappings() {
        return em.createQuery(
                        "select m from MappingEntity m where m.realmId = :realm order by m.createdAt, m.id",
                        MappingEntity.class)
                .setParameter("realm", realmId)
                .getResultList();
    }

    /** Ids of the groups on record; some may be gone. */
    public List<String> groupIds() {
        return em.createQuery("select g.groupId from PushedGroupEntity g where g.realmId = :realm", String.class)
                .setParameter("realm", realmId)
                .getResultList();
    }

    public List<MappingEntity> mappingsOf(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return List.of();
        }
        return em.createQuery(
                        "select m from MappingEntity m where m.groupId in (:groups) order by m.createdAt, m.id",
                        MappingEntity.class)
                .setParameter("groups", groupIds)
                .getResultList();
    }

    public List<MappingEntity> mappingsTo(TargetType type, String targetId) {
        return em.createQuery(
                        "select m from MappingEntity m where m.targetId = :target and m.targetType = :type",
                        MappingEntity.class)
                .setParameter("target", targetId)
                .setParameter("type", type)
                .getResultList();
    }

    public Optional<MappingEntity> mapping(String id) {
        return em.createQuery(
                        "select m from MappingEntity m where m.id = :id and m.realmId = :realm", MappingEntity.class)
                .setParameter("id", id)
                .setParameter("realm", realmId)
                .getResultStream()
                .findFirst();
    }

    /**
     * A new mapping without a target.
     *
     * @param rule null for one made by hand
     */
    public MappingEntity addMapping(String groupId, TargetType type, String rule) {
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

    public void removeMapping(MappingEntity mapping) {
        em.remove(mapping);
    }

    public List<GrantEntity> grantsOf(String userId) {
        return em.createQuery(
                        "select g from GrantEntity g where g.userId = :user order by g.createdAt, g.id",
                        GrantEntity.class)
                .setParameter("user", userId)
                .getResultList();
    }

    /**
     * Grants for administrators, oldest first.
     *
     * @param userId null for every user
     * @param groupId a pushed group or a team; null for every one
     */
    public List<GrantEntity> grants(String userId, String groupId, int first, int max) {
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

    public void record(String userId, Entitlement entitlement) {
        em.persist(new GrantEntity(
                KeycloakModelUtils.generateId(), realmId, userId, entitlement, Time.currentTimeMillis()));
    }

    public void forget(String userId, Set<Entitlement> entitlements) {
        grantsOf(userId).stream()
                .filter(grant -> entitlements.contains(grant.entitlement()))
                .forEach(em::remove);
    }

    /** Ids of the users who have something through the group, or are direct members of it. */
    public List<String> concernedBy(String groupId) {
        return em.createQuery(
                        "select distinct u.id from UserEntity u where u.realmId = :realm and u.serviceAccountClientLink is null"
                                + " and (u.id in (select m.user.id from UserGroupMembershipEntity m where m.groupId = :group)"
                                + " or u.id in (select g.userId from GrantEntity g where g.sourceGroupId = :group))"
                                + " order by u.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("group", groupId)
                .getResultList();
    }

    /** Ids of all users who have something from the mapper, or should: for a reconciliation of the whole realm. */
    public List<String> concerned(String roleAttribute) {
        return em.createQuery(
                        "select u.id from UserEntity u where u.realmId = :realm and u.serviceAccountClientLink is null"
                                + " and (u.id in (select m.user.id from UserGroupMembershipEntity m, PushedGroupEntity p"
                                + " where m.groupId = p.groupId and p.realmId = :realm)"
                                + " or u.id in (select g.userId from GrantEntity g where g.realmId = :realm)"
                                + " or u.id in (select a.user.id from UserAttributeEntity a where a.name = :attribute))"
                                + " order by u.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("attribute", roleAttribute)
                .getResultList();
    }

    /** Whether the group is one of this realm's: an event's realm is the request's, which may be another. */
    public boolean hasGroup(String groupId) {
        GroupEntity group = em.find(GroupEntity.class, groupId);
        return group != null && realmId.equals(group.getRealm());
    }

    /** Ids of the groups that carry the attribute, by name. A query of its own: the actor's permissions do not matter here. */
    public List<String> groupsWith(String attribute, String nameContains, int first, int max) {
        String pattern = "%" + nameContains.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
        return em.createQuery(
                        "select g.id from GroupEntity g where g.realm = :realm and g.type = 0"
                                + " and exists (select a.id from GroupAttributeEntity a where a.group = g and a.name = :attribute)"
                                + " and lower(g.name) like :pattern escape '\\' order by g.name, g.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("attribute", attribute)
                .setParameter("pattern", pattern)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    /** Id of the group of exactly this name below the parent; null stands for the realm's top level. */
    public Optional<String> child(String parentId, String name) {
        return em.createQuery(
                        "select g.id from GroupEntity g where g.realm = :realm and g.type = 0 and g.parentId = :parent"
                                + " and g.name = :name",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("parent", parentId == null ? GroupEntity.TOP_PARENT_ID : parentId)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    /** Group id to number of members. */
    public Map<String, Long> memberCounts(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return Map.of();
        }
        return em.createQuery(
                        "select m.groupId, count(m.user.id) from UserGroupMembershipEntity m where m.groupId in (:ids)"
                                + " group by m.groupId",
                        Object[].class)
                .setParameter("ids", groupIds)
                .getResultStream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> (Long) row[1]));
    }

    /** Until the transaction ends, nobody else decides on these users; in the order of their ids, so that two cannot block each other. */
    public void lockUsers(List<String> ids) {
        for (int from = 0; from < ids.size(); from += LOCKED_AT_ONCE) {
            em.createQuery("select u from UserEntity u where u.id in (:ids) order by u.id", UserEntity.class)
                    .setParameter("ids", ids.subList(from, Math.min(from + LOCKED_AT_ONCE, ids.size())))
                    .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                    .getResultList();
        }
    }

    /** Until the transaction ends, nobody else makes a team below this group; null stands for the realm's top level. */
    public void lockChildren(String parentId) {
        if (parentId == null) {
            lock(RealmEntity.class, realmId);
        } else {
            lockGroup(parentId);
        }
    }

    /** Until the transaction ends, nobody else puts the group on record. */
    public void lockGroup(String groupId) {
        lock(GroupEntity.class, groupId);
    }

    /** By a query: {@code find} would join what the entity loads eagerly, and lock that too. */
    private <T> void lock(Class<T> entity, String id) {
        em.createQuery("select e from " + entity.getSimpleName() + " e where e.id = :id", entity)
                .setParameter("id", id)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /** Whether an enabled user other than this one directly holds the role; until the transaction ends, nobody else may ask. */
    public boolean heldByAnother(String roleId, String userId) {
        lock(RoleEntity.class, roleId); // of the last two, each would see the other
        em.flush(); // inside a batch, roles just given to others are not in the database yet
        return !em.createQuery(
                        "select m.roleId from UserRoleMappingEntity m where m.roleId = :role and m.user.id <> :user"
                                + " and m.user.enabled = true",
                        String.class)
                .setParameter("role", roleId)
                .setParameter("user", userId)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
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

    /** Forgets a pushed group and where it led. Its members are reconciled before. */
    public void removeGroup(String groupId) {
        em.flush();
        for (String hql : List.of(
                "delete from GrantEntity g where g.sourceGroupId = :group",
                "delete from MappingEntity m where m.groupId = :group",
                "delete from PushedGroupEntity p where p.groupId = :group")) {
            em.createQuery(hql).setParameter("group", groupId).executeUpdate();
        }
    }

    public void removeUser(String userId) {
        em.createQuery("delete from GrantEntity g where g.userId = :user")
                .setParameter("user", userId)
                .executeUpdate();
    }

    public void removeRealm() {
        for (String entity : List.of("GrantEntity", "MappingEntity", "PushedGroupEntity")) {
            em.createQuery("delete from " + entity + " e where e.realmId = :realm")
                    .setParameter("realm", realmId)
                    .executeUpdate();
        }
    }
}
