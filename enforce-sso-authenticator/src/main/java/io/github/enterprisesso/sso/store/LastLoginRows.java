package io.github.enterprisesso.sso.store;

import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/** The last logins of one realm. Joins Keycloak's transaction: a login that is rolled back was none. */
public final class LastLoginRows {

    private static final int LONGEST = 255;

    private final EntityManager database;
    private final String realmId;

    public LastLoginRows(KeycloakSession session, String realmId) {
        this.database = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realmId = realmId;
    }

    /** One statement by primary key. Two first logins at the same moment do not collide. */
    public void enterprise(String userId, String provider) {
        write(
                "insert into LastLoginEntity (realmId, userId, enterpriseAt, provider)"
                        + " values (:realm, :user, :now, :how) on conflict (realmId, userId)"
                        + " do update set enterpriseAt = excluded.enterpriseAt, provider = excluded.provider",
                userId,
                provider);
    }

    /** The same for a login of another kind that went through. */
    public void other(String userId, String method) {
        write(
                "insert into LastLoginEntity (realmId, userId, otherAt, method)"
                        + " values (:realm, :user, :now, :how) on conflict (realmId, userId)"
                        + " do update set otherAt = excluded.otherAt, method = excluded.method",
                userId,
                method);
    }

    private void write(String statement, String userId, String how) {
        database.createQuery(statement)
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .setParameter("now", Time.currentTimeMillis())
                .setParameter("how", how.length() > LONGEST ? how.substring(0, LONGEST) : how)
                .executeUpdate();
    }

    /** Those of several people at once, for a page of a list. */
    public List<LastLoginEntity> of(Collection<String> userIds) {
        return userIds.isEmpty()
                ? List.of()
                : database.createQuery(
                                "select l from LastLoginEntity l where l.realmId = :realm and l.userId in (:users)",
                                LastLoginEntity.class)
                        .setParameter("realm", realmId)
                        .setParameter("users", userIds)
                        .getResultList();
    }

    /** When somebody last signed in through each identity provider. Reads all rows of the realm. */
    public Map<String, Instant> byProvider() {
        return database
                .createQuery(
                        "select l.provider, max(l.enterpriseAt) from LastLoginEntity l"
                                + " where l.realmId = :realm and l.provider is not null group by l.provider",
                        Object[].class)
                .setParameter("realm", realmId)
                .getResultList()
                .stream()
                .collect(Collectors.toMap(row -> (String) row[0], row -> Instant.ofEpochMilli((Long) row[1])));
    }

    void remove(String userId) {
        database.createQuery("delete from LastLoginEntity l where l.realmId = :realm and l.userId = :user")
                .setParameter("realm", realmId)
                .setParameter("user", userId)
                .executeUpdate();
    }

    void removeAll() {
        database.createQuery("delete from LastLoginEntity l where l.realmId = :realm")
                .setParameter("realm", realmId)
                .executeUpdate();
    }
}
