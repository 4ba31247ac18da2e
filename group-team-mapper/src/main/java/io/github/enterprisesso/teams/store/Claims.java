package io.github.enterprisesso.teams.store;

import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What logins said about groups, in one realm. */
public final class Claims {

    private static final int MOST = Census.MOST;

    private final EntityManager em;
    private final String realmId;

    public Claims(KeycloakSession session, String realmId) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realmId;
    }

    /** User id to the ids of the groups that the last logins through these providers named. At most {@link Census#MOST} users. */
    public Map<String, Set<String>> of(Collection<String> userIds, Collection<String> providers) {
        Map<String, Set<String>> groups = new HashMap<>();
        if (userIds.isEmpty() || providers.isEmpty()) {
            return groups;
        }
        em.createQuery(
                        "select c from ClaimEntity c where c.userId in (:users) and c.provider in (:providers)"
                                + " order by c.groupId",
                        ClaimEntity.class)
                .setParameter("users", userIds)
                .setParameter("providers", providers)
                .getResultList()
                .forEach(claim -> groups.computeIfAbsent(claim.getUserId(), user -> new LinkedHashSet<>())
                        .add(claim.getGroupId()));
        return groups;
    }

    /** Everything that a user's last logins named. */
    public List<ClaimEntity> of(String userId) {
        return em.createQuery(
                        "select c from ClaimEntity c where c.realmId = :realm and c.userId = :user order by c.groupId",
                        ClaimEntity.class)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .getResultList();
    }

    /** The user's row is locked: what his last login through the provider named is replaced. */
    public void replace(String userId, String provider, Set<String> groupIds) {
        long now = Time.currentTimeMillis();
        Set<String> missing = new HashSet<>(groupIds);
        for (ClaimEntity claim : of(userId)) {
            if (claim.getProvider().equals(provider) && !missing.remove(claim.getGroupId())) {
                em.remove(claim);
            }
        }
        em.flush();
        em.createQuery("update ClaimEntity c set c.seenAt = :now where c.userId = :user and c.provider = :provider")
                .setParameter("now", now)
                .setParameter("user", userId)
                .setParameter("provider", provider)
                .executeUpdate();
        missing.forEach(groupId ->
                em.persist(new ClaimEntity(KeycloakModelUtils.generateId(), realmId, userId, provider, groupId, now)));
        em.flush();
    }

    /** Ids of the users of whom a login through the provider named anything. */
    public List<String> users(String provider) {
        return em.createQuery(
                        "select distinct c.userId from ClaimEntity c where c.realmId = :realm and c.provider = :provider"
                                + " order by c.userId",
                        String.class)
                .setParameter("realm", realmId)
                .setParameter("provider", provider)
                .getResultList();
    }

    /** Forgets what logins through the provider named. */
    public void remove(String provider) {
        em.flush();
        em.createQuery("delete from ClaimEntity c where c.realmId = :realm and c.provider = :provider")
                .setParameter("realm", realmId)
                .setParameter("provider", provider)
                .executeUpdate();
    }

    public Optional<ClaimedGroupEntity> group(String id) {
        return Optional.ofNullable(id)
                .map(known -> em.find(ClaimedGroupEntity.class, known))
                .filter(group -> group.isOf(realmId));
    }

    /** Those of the ids that are claimed groups, by id. */
    public Map<String, ClaimedGroupEntity> groups(Collection<String> ids) {
        Map<String, ClaimedGroupEntity> groups = new HashMap<>();
        inParts(
                        ids,
                        part -> em.createQuery(
                                        "select g from ClaimedGroupEntity g where g.id in (:values)",
                                        ClaimedGroupEntity.class)
                                .setParameter("values", part))
                .forEach(group -> groups.put(group.getId(), group));
        return groups;
    }

    /** Claimed groups of a provider, or of every one when null, whose name contains the search, whatever the case. */
    public List<ClaimedGroupEntity> groups(String provider, String search, int first, int max) {
        String pattern = "%" + search.strip().toLowerCase(Locale.ROOT).replaceAll("([\\\\%_])", "\\\\$1") + "%";
        TypedQuery<ClaimedGroupEntity> query = em.createQuery(
                        "select g from ClaimedGroupEntity g where g.realmId = :realm"
                                + (provider == null ? "" : " and g.provider = :provider")
                                + " and lower(g.name) like :pattern escape '\\' order by g.name, g.id",
                        ClaimedGroupEntity.class)
                .setParameter("realm", realmId)
                .setParameter("pattern", pattern)
                .setFirstResult(first)
                .setMaxResults(max);
        if (provider != null) {
            query.setParameter("provider", provider);
        }
        return query.getResultList();
    }

    /** Name to group, to the letter. */
    public Map<String, ClaimedGroupEntity> named(String provider, Collection<String> names) {
        Map<String, ClaimedGroupEntity> groups = new HashMap<>();
        inParts(
                        names,
                        part -> em.createQuery(
                                        "select g from ClaimedGroupEntity g where g.realmId = :realm and g.provider = :provider"
                                                + " and g.name in (:values)",
                                        ClaimedGroupEntity.class)
                                .setParameter("realm", realmId)
                                .setParameter("provider", provider)
                                .setParameter("values", part))
                .forEach(group -> groups.put(group.getName(), group));
        return groups;
    }

    public ClaimedGroupEntity addGroup(String provider, String name) {
        ClaimedGroupEntity group = new ClaimedGroupEntity(
                KeycloakModelUtils.generateId(), realmId, provider, name, Time.currentTimeMillis());
        em.persist(group);
        em.flush();
        return group;
    }

    public void remove(ClaimedGroupEntity group) {
        em.remove(group);
    }

    /** Group id to the number of users whose last login named it. */
    public Map<String, Long> counts(Collection<String> groupIds) {
        Map<String, Long> counts = new HashMap<>();
        inParts(
                        groupIds,
                        part -> em.createQuery(
                                        "select c.groupId, count(distinct c.userId) from ClaimEntity c where c.groupId in (:values)"
                                                + " group by c.groupId",
                                        Object[].class)
                                .setParameter("values", part))
                .forEach(row -> counts.put((String) row[0], (Long) row[1]));
        return counts;
    }

    /**
     * Pushed groups by what a login may call them: their name, or the id that the directory gave them.
     *
     * @param connection name of the group attribute that says that a group was pushed
     * @param externalId name of the group attribute with the directory's id
     * @return value to group ids
     */
    public Map<String, Set<String>> pushed(Collection<String> values, String connection, String externalId) {
        Map<String, Set<String>> groups = new HashMap<>();
        inParts(
                        values,
                        part -> em.createQuery(
                                        "select a.value, a.group.id from GroupAttributeEntity a where a.name = :externalId"
                                                + " and a.value in (:values) and a.group.realm = :realm and exists"
                                                + " (select c.id from GroupAttributeEntity c where c.group = a.group and c.name = :connection)",
                                        Object[].class)
                                .setParameter("externalId", externalId)
                                .setParameter("realm", realmId)
                                .setParameter("connection", connection)
                                .setParameter("values", part))
                .forEach(row -> add(groups, row));
        inParts(
                        values,
                        part -> em.createQuery(
                                        "select g.name, g.id from GroupEntity g where g.realm = :realm and g.type = 0"
                                                + " and g.name in (:values) and exists"
                                                + " (select c.id from GroupAttributeEntity c where c.group = g and c.name = :connection)",
                                        Object[].class)
                                .setParameter("realm", realmId)
                                .setParameter("connection", connection)
                                .setParameter("values", part))
                .forEach(row -> add(groups, row));
        return groups;
    }

    private static void add(Map<String, Set<String>> groups, Object[] row) {
        groups.computeIfAbsent((String) row[0], value -> new LinkedHashSet<>()).add((String) row[1]);
    }

    private static <T> List<T> inParts(Collection<String> values, Function<List<String>, TypedQuery<T>> query) {
        List<String> all = List.copyOf(values);
        List<T> found = new ArrayList<>();
        for (int from = 0; from < all.size(); from += MOST) {
            found.addAll(query.apply(all.subList(from, Math.min(from + MOST, all.size())))
                    .getResultList());
        }
        return found;
    }
}
