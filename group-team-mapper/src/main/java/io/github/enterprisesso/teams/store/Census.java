package io.github.enterprisesso.teams.store;

import io.github.enterprisesso.teams.mapping.Decision;
import io.github.enterprisesso.teams.mapping.Entitlement;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.GroupModel;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * What the database knows of many users: each kind of thing in one query, whatever their number. At most {@link #MOST} at once.
 */
public final class Census {

    /** As many as one list of parameters holds comfortably. */
    public static final int MOST = 500;

    private final List<String> ids;
    private final Map<String, Person> people = new LinkedHashMap<>();
    private final Map<String, Set<String>> groups = new HashMap<>();
    private final Map<String, Map<String, Boolean>> organizations = new HashMap<>();
    private final Map<String, Set<String>> roles = new HashMap<>();
    private final Map<String, Map<String, String>> attributes = new HashMap<>();
    private final Map<String, Set<Entitlement>> grants = new HashMap<>();
    private final Map<String, List<GrantEntity>> grantRows = new HashMap<>();
    private final Map<String, List<Decision>> decisions = new HashMap<>();
    private final Map<String, List<ConflictEntity>> conflicts = new HashMap<>();

    /**
     * A user's own row.
     *
     * @param storage id of the user storage that he comes from, which may know of more groups and roles; null for none
     */
    public record Person(String id, String username, String email, boolean enabled, String storage) {

        public boolean federated() {
            return storage != null;
        }
    }

    private Census(List<String> ids) {
        this.ids = List.copyOf(ids);
    }

    /** In the order of their ids, so that two who lock many cannot block each other. */
    static Census take(EntityManager em, List<String> ids) {
        return read(em, ids, LockModeType.PESSIMISTIC_WRITE);
    }

    static Census look(EntityManager em, List<String> ids) {
        return read(em, ids, LockModeType.NONE);
    }

    private static Census read(EntityManager em, List<String> ids, LockModeType lock) {
        Census census = new Census(ids);
        if (ids.isEmpty()) {
            return census;
        }
        em.createQuery(
                        "select u from UserEntity u where u.id in (:users) and u.serviceAccountClientLink is null"
                                + " order by u.id",
                        UserEntity.class)
                .setParameter("users", ids)
                .setLockMode(lock)
                .getResultList()
                .forEach(user -> census.people.put(
                        user.getId(),
                        new Person(
                                user.getId(),
                                user.getUsername(),
                                user.getEmail(),
                                user.isEnabled(),
                                user.getFederationLink())));
        census.memberships(em, ids);
        census.belongings(em, ids);
        census.state(em, ids);
        return census;
    }

    private void memberships(EntityManager em, List<String> ids) {
        em.createQuery(
                        "select m.user.id, g.id from UserGroupMembershipEntity m, GroupEntity g"
                                + " where m.groupId = g.id and g.type = :realm and m.user.id in (:users) order by g.id",
                        Object[].class)
                .setParameter("realm", GroupModel.Type.REALM.intValue())
                .setParameter("users", ids)
                .getResultList()
                .forEach(row -> groups.computeIfAbsent((String) row[0], user -> new LinkedHashSet<>())
                        .add((String) row[1]));
        rows(
                        em,
                        "select m.user.id, o.id, m.membershipType from UserGroupMembershipEntity m, OrganizationEntity o"
                                + " where m.groupId = o.groupId and m.user.id in (:users)",
                        ids)
                .forEach(row -> organizations
                        .computeIfAbsent((String) row[0], user -> new HashMap<>())
                        .put((String) row[1], "MANAGED".equals(String.valueOf(row[2]))));
    }

    private void belongings(EntityManager em, List<String> ids) {
        rows(em, "select m.user.id, m.roleId from UserRoleMappingEntity m where m.user.id in (:users)", ids)
                .forEach(row -> roles.computeIfAbsent((String) row[0], user -> new LinkedHashSet<>())
                        .add((String) row[1]));
        rows(em, "select a.user.id, a.name, a.value from UserAttributeEntity a where a.user.id in (:users)", ids)
                .forEach(row -> attributes
                        .computeIfAbsent((String) row[0], user -> new HashMap<>())
                        .putIfAbsent((String) row[1], (String) row[2]));
    }

    private void state(EntityManager em, List<String> ids) {
        of(em, GrantEntity.class, "createdAt, e.id", ids).forEach(grant -> {
            grants.computeIfAbsent(grant.getUserId(), user -> new LinkedHashSet<>())
                    .add(grant.entitlement());
            grantRows
                    .computeIfAbsent(grant.getUserId(), user -> new ArrayList<>())
                    .add(grant);
        });
        of(em, DecisionEntity.class, "decidedAt desc, e.id", ids)
                .forEach(decision -> decisions
                        .computeIfAbsent(decision.getUserId(), user -> new ArrayList<>())
                        .add(decision.decision()));
        of(em, ConflictEntity.class, "createdAt, e.id", ids)
                .forEach(conflict -> conflicts
                        .computeIfAbsent(conflict.getUserId(), user -> new ArrayList<>())
                        .add(conflict));
    }

    private static List<Object[]> rows(EntityManager em, String hql, List<String> ids) {
        return em.createQuery(hql, Object[].class).setParameter("users", ids).getResultList();
    }

    private static <T> List<T> of(EntityManager em, Class<T> entity, String order, List<String> ids) {
        TypedQuery<T> query = em.createQuery(
                "select e from " + entity.getSimpleName() + " e where e.userId in (:users) order by e." + order,
                entity);
        return query.setParameter("users", ids).getResultList();
    }

    /** Those of the asked who are there and people. */
    public Collection<Person> people() {
        return people.values();
    }

    /** Who was asked for, there or not. */
    public List<String> ids() {
        return ids;
    }

    /** Null for who is not there. */
    public Person person(String userId) {
        return people.get(userId);
    }

    /** Whether he comes from a user storage. */
    public boolean federated(String userId) {
        return people.containsKey(userId) && people.get(userId).federated();
    }

    /** Ids of the realm groups he is directly in. */
    public Set<String> groups(String userId) {
        return groups.getOrDefault(userId, Set.of());
    }

    /** Ids of all the realm groups that anybody of these is in. */
    public Set<String> allGroups() {
        Set<String> all = new LinkedHashSet<>();
        groups.values().forEach(all::addAll);
        return all;
    }

    /** Ids of his organizations, and whether each owns his account. */
    public Map<String, Boolean> organizations(String userId) {
        return organizations.getOrDefault(userId, Map.of());
    }

    /** Ids of the roles he directly holds. */
    public Set<String> roles(String userId) {
        return roles.getOrDefault(userId, Set.of());
    }

    public Optional<String> attribute(String userId, String name) {
        return Optional.ofNullable(attributes.getOrDefault(userId, Map.of()).get(name))
                .filter(value -> !value.isBlank());
    }

    /** What the mapper gave him. */
    public Set<Entitlement> grants(String userId) {
        return grants.getOrDefault(userId, Set.of());
    }

    /** The rows of some of that. */
    public List<GrantEntity> grants(String userId, Set<Entitlement> entitlements) {
        return grantRows.getOrDefault(userId, List.of()).stream()
                .filter(grant -> entitlements.contains(grant.entitlement()))
                .toList();
    }

    /** Newest first. */
    public List<Decision> decisions(String userId) {
        return decisions.getOrDefault(userId, List.of());
    }

    public List<ConflictEntity> conflicts(String userId) {
        return conflicts.getOrDefault(userId, List.of());
    }
}
