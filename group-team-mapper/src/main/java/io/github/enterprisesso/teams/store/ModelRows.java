package io.github.enterprisesso.teams.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.GroupModel;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.RoleEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/** Keycloak's own rows of groups, members and roles, for many users at once. */
public final class ModelRows {

    private final EntityManager em;
    private final String realmId;

    ModelRows(EntityManager em, String realmId) {
        this.em = em;
        this.realmId = realmId;
    }

    /** Ids of the direct members. */
    public Set<String> members(String groupId) {
        return new HashSet<>(em.createQuery(
                        "select m.user.id from UserGroupMembershipEntity m where m.groupId = :group", String.class)
                .setParameter("group", groupId)
                .getResultList());
    }

    /** Puts users into a group; none of them is in it. */
    public void join(String groupId, List<String> userIds) {
        em.createQuery("insert into UserGroupMembershipEntity (user, groupId, membershipType)"
                        + " select u, :group, 'UNMANAGED' from UserEntity u where u.id in (:users)")
                .setParameter("group", groupId)
                .setParameter("users", userIds)
                .executeUpdate();
    }

    public void leave(String groupId, List<String> userIds) {
        em.createQuery("delete from UserGroupMembershipEntity m where m.groupId = :group and m.user.id in (:users)")
                .setParameter("group", groupId)
                .setParameter("users", userIds)
                .executeUpdate();
    }

    /** Gives users a role; none of them holds it directly. */
    public void grant(String roleId, List<String> userIds) {
        em.createQuery("insert into UserRoleMappingEntity (user, roleId)"
                        + " select u, :role from UserEntity u where u.id in (:users)")
                .setParameter("role", roleId)
                .setParameter("users", userIds)
                .executeUpdate();
    }

    public void revoke(String roleId, List<String> userIds) {
        em.createQuery("delete from UserRoleMappingEntity m where m.roleId = :role and m.user.id in (:users)")
                .setParameter("role", roleId)
                .setParameter("users", userIds)
                .executeUpdate();
    }

    /** Whether the group is one of this realm's: an event's realm is the request's, which may be another. */
    public boolean hasGroup(String groupId) {
        GroupEntity group = em.find(GroupEntity.class, groupId);
        return group != null && realmId.equals(group.getRealm());
    }

    /** Ids of the groups that carry the attribute, by name. A query of its own: the actor's permissions do not matter here. */
    public List<String> groupsWith(String attribute, String nameContains, int first, int max) {
        return em.createQuery(
                        "select g.id from GroupEntity g where g.realm = :realm and g.type = 0"
                                + " and exists (select a.id from GroupAttributeEntity a where a.group = g and a.name = :attribute)"
                                + " and lower(g.name) like :pattern escape '\\' order by g.name, g.id",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("attribute", attribute)
                .setParameter("pattern", MapperState.containing(nameContains))
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    /** Id of the group of exactly this name below the parent; null stands for the realm's top level. */
    public Optional<String> child(String parentId, String name) {
        return em.createQuery(
                        "select g.id from GroupEntity g where g.realm = :realm and g.type = :type and g.parentId = :parent"
                                + " and g.name = :name",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("type", GroupModel.Type.REALM.intValue())
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

    /** Those of these groups that are there; until the transaction ends, nobody deletes them. Others may do the same at the same time. */
    public Set<String> holdGroups(List<String> groupIds) {
        em.flush();
        return em.createQuery("select g from GroupEntity g where g.id in (:ids) order by g.id", GroupEntity.class)
                .setParameter("ids", groupIds)
                .setLockMode(LockModeType.PESSIMISTIC_READ)
                .getResultStream()
                .map(GroupEntity::getId)
                .collect(Collectors.toSet());
    }

    /** In the order of their ids; until the transaction ends, nobody else decides on them. */
    public void lockUsers(List<String> userIds) {
        em.createQuery(
                        "select u from UserEntity u where u.id in (:users) and u.serviceAccountClientLink is null order by u.id",
                        UserEntity.class)
                .setParameter("users", userIds)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
    }

    /** Whether the user directly holds the role. */
    public boolean holds(String roleId, String userId) {
        return !em.createQuery(
                        "select m.roleId from UserRoleMappingEntity m where m.roleId = :role and m.user.id = :user",
                        String.class)
                .setParameter("role", roleId)
                .setParameter("user", userId)
                .getResultList()
                .isEmpty();
    }

    /**
     * Whether an enabled user other than these directly holds the role; until the transaction ends, nobody else may ask. Whoever
     * asks has locked all users whom he will decide on.
     */
    public boolean heldOutside(String roleId, Collection<String> userIds) {
        lock(RoleEntity.class, roleId); // of the last two, each would see the other
        em.flush(); // inside a batch, roles just given to others are not in the database yet
        return !em.createQuery(
                        "select m.roleId from UserRoleMappingEntity m where m.roleId = :role and m.user.id not in (:users)"
                                + " and m.user.enabled = true",
                        String.class)
                .setParameter("role", roleId)
                .setParameter("users", userIds)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }
}
