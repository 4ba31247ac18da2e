package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Decision;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.RoleEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.utils.KeycloakModelUtils;

/** One realm's part of the tables. */
public final class MapperState {

    private final EntityManager em;
    private final String realmId;

    public MapperState(KeycloakSession session, String realmId) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realmId;
    }

    public TombstoneRows tombstones() {
        return new TombstoneRows(em, realmId, this);
    }

    public PeopleRows people() {
        return new PeopleRows(em, realmId);
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
        return Optional.ofNullable(em.find(MappingEntity.class, id)).filter(mapping -> mapping.isOf(realmId));
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

    /** Takes a mapping away, and every word about it. */
    public void removeMapping(MappingEntity mapping) {
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
    public Set<String> mappedOrganizations() {
        return Set.copyOf(em.createQuery(
                        "select m.targetId from MappingEntity m where m.realmId = :realm and m.targetType = :type"
                                + " and m.targetId is not null",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("type", TargetType.ORGANIZATION)
                .getResultList());
    }

    /** How many enabled users have the target from the mapper: others are in none. */
    public long grantedTo(Entitlement.Kind kind, String targetId) {
        return em.createQuery(
                        "select count(distinct g.userId) from GrantEntity g, UserEntity u where u.id = g.userId"
                                + " and u.enabled = true and g.kind = :kind and g.targetId = :target",
                        Long.class)
                .setParameter("kind", kind)
                .setParameter("target", targetId)
                .getSingleResult();
    }

    /** Ids of the users whose exclusive place the target takes, or who have a conflict about it. */
    public List<String> concernedByTarget(Target target) {
        return concernedByTarget(target, target.type().exclusive());
    }

    /** Ids of the users who have the target from the mapper, or a conflict about it. */
    public List<String> havingTarget(Target target) {
        return concernedByTarget(target, true);
    }

    private List<String> concernedByTarget(Target target, boolean holders) {
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

    /** Ids of the users who have something through the mapping. */
    public List<String> grantedThrough(String mappingId) {
        return em.createQuery(
                        "select distinct g.userId from GrantEntity g where g.mappingId = :mapping order by g.userId",
                        String.class)
                .setParameter("mapping", mappingId)
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

    /** Ids of the direct members. */
    public Set<String> members(String groupId) {
        return new HashSet<>(em.createQuery(
                        "select m.user.id from UserGroupMembershipEntity m where m.groupId = :group", String.class)
                .setParameter("group", groupId)
                .getResultList());
    }

    /** Ids of the members who have nothing from the mapper. */
    public List<String> newcomers(String groupId) {
        return em.createQuery(
                        "select m.user.id from UserGroupMembershipEntity m where m.groupId = :group and not exists"
                                + " (select g.id from GrantEntity g where g.userId = m.user.id) order by m.user.id",
                        String.class)
                .setParameter("group", groupId)
                .getResultList();
    }

    /**
     * Ids of the members who have no role through the group, nor one that is higher.
     *
     * @param roleIds highest first; the last is the one that the group gives
     */
    public List<String> joinersBelow(String groupId, List<String> roleIds) {
        return em.createQuery(
                        "select m.user.id from UserGroupMembershipEntity m where m.groupId = :group and not exists"
                                + " (select g.id from GrantEntity g where g.userId = m.user.id and g.kind = :role"
                                + " and g.targetId in (:roles) and (g.sourceGroupId = :group or g.targetId <> :given))"
                                + " order by m.user.id",
                        String.class)
                .setParameter("group", groupId)
                .setParameter("role", Entitlement.Kind.ROLE)
                .setParameter("roles", roleIds)
                .setParameter("given", roleIds.get(roleIds.size() - 1))
                .getResultList();
    }

    /** Ids of the members who have nothing yet through one of the group's mappings. */
    public List<String> joiners(String groupId, Collection<String> mappingIds) {
        return em.createQuery(
                        "select m.user.id from UserGroupMembershipEntity m where m.groupId = :group and exists"
                                + " (select p.id from MappingEntity p where p.id in (:mappings) and not exists"
                                + " (select g.id from GrantEntity g where g.userId = m.user.id and g.mappingId = p.id))"
                                + " order by m.user.id",
                        String.class)
                .setParameter("group", groupId)
                .setParameter("mappings", mappingIds)
                .getResultList();
    }

    /**
     * Conflicts for administrators, oldest first.
     *
     * @param userId null for every user
     * @param groupId a group that leads to one side; null for every one
     */
    public List<ConflictEntity> conflicts(String userId, String groupId, int first, int max) {
        return conflicts("select c", userId, groupId, " order by c.createdAt, c.id", ConflictEntity.class)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList();
    }

    /** How many {@link #conflicts} there are on all pages. */
    public long countConflicts(String userId, String groupId) {
        return conflicts("select count(c)", userId, groupId, "", Long.class).getSingleResult();
    }

    private <T> TypedQuery<T> conflicts(String what, String userId, String groupId, String order, Class<T> type) {
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

    public Optional<ConflictEntity> conflict(String id) {
        return Optional.ofNullable(em.find(ConflictEntity.class, id)).filter(conflict -> conflict.isOf(realmId));
    }

    public ConflictEntity addConflict(String userId, Conflict conflict) {
        ConflictEntity added = new ConflictEntity(
                KeycloakModelUtils.generateId(), realmId, userId, conflict, Time.currentTimeMillis());
        em.persist(added);
        return added;
    }

    public void removeConflict(ConflictEntity conflict) {
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

    public void flush() {
        em.flush();
    }

    /** What is known of many users, each kind of thing in one query. Their rows stay locked until the transaction ends. */
    public Census census(List<String> userIds) {
        return Census.take(em, userIds);
    }

    /** The same without a lock, for who only asks. */
    public Census look(List<String> userIds) {
        return Census.look(em, userIds);
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

    /** Ids of the users who have something through the group, are direct members of it, or were called so at their last login. */
    public List<String> concernedBy(String groupId) {
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
    public List<String> concerned(List<String> attributes) {
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
                .setParameter("pattern", containing(nameContains))
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

    /** Group id to number of conflicts that one of its mappings is part of. */
    public Map<String, Long> conflictCounts(Collection<String> groupIds) {
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

    static String containing(String search) {
        return "%" + search.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
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

    /** Takes everybody out of a group that somebody else has deleted, and off the record; reads its mappings anew. */
    public void forgetGone(Target target) {
        em.createQuery(
                        "select m from MappingEntity m where m.id in"
                                + " (select g.mappingId from GrantEntity g where g.targetId = :target)",
                        MappingEntity.class)
                .setParameter("target", target.id())
                .getResultList()
                .forEach(em::refresh);
        mappingsTo(target.type(), target.id()).forEach(MappingEntity::targetGone);
        forgetTarget(Entitlement.Kind.of(target.type()), target.id(), null);
        em.createQuery("delete from UserGroupMembershipEntity m where m.groupId = :group")
                .setParameter("group", target.id())
                .executeUpdate();
    }

    /** Forgets a pushed group and where it led. Its members are reconciled before. */
    public void removeGroup(String groupId) {
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

    public void removeUser(String userId) {
        for (String entity :
                List.of("GrantEntity", "ConflictEntity", "DecisionEntity", "TombstoneMemberEntity", "ClaimEntity")) {
            em.createQuery("delete from " + entity + " e where e.userId = :user")
                    .setParameter("user", userId)
                    .executeUpdate();
        }
    }

    public void removeRealm() {
        em.createQuery("delete from TombstoneMemberEntity m where m.tombstoneId in"
                        + " (select t.id from TombstoneEntity t where t.realmId = :realm)")
                .setParameter("realm", realmId)
                .executeUpdate();
        for (String entity : List.of(
                "GrantEntity",
                "ConflictEntity",
                "DecisionEntity",
                "TombstoneEntity",
                "MappingEntity",
                "PushedGroupEntity",
                "ClaimEntity",
                "ClaimedGroupEntity")) {
            em.createQuery("delete from " + entity + " e where e.realmId = :realm")
                    .setParameter("realm", realmId)
                    .executeUpdate();
        }
    }
}
