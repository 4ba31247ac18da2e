package io.github.enterprisesso.scim.inspector;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.store.ScimRequestEntity;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.List;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The requests that are kept. */
public final class RecordedRequests {

    private final EntityManager em;

    public RecordedRequests(KeycloakSession session) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Newest first, with a status from {@code leastStatus} to {@code mostStatus}. */
    public List<RecordedRequest> list(ScimConnection connection, int leastStatus, int mostStatus, int first, int max) {
        return em
                .createQuery(
                        "select r from ScimRequestEntity r where r.connectionId = :connection"
                                + " and r.status between :least and :most order by r.receivedAt desc, r.id",
                        ScimRequestEntity.class)
                .setParameter("connection", connection.id())
                .setParameter("least", leastStatus)
                .setParameter("most", mostStatus)
                .setFirstResult(first)
                .setMaxResults(max)
                .getResultList()
                .stream()
                .map(RecordedRequest::of)
                .toList();
    }

    void add(RecordedRequest request) {
        em.persist(request.toRow());
    }

    /** Forgets what is older than the connection's days or beyond its number of rows. */
    void trim(ScimConnection connection) {
        long oldest = Time.currentTimeMillis()
                - Duration.ofDays(connection.requestLogDays()).toMillis();
        List<Long> surplus = em.createQuery(
                        "select r.receivedAt from ScimRequestEntity r where r.connectionId = :connection"
                                + " order by r.receivedAt desc",
                        Long.class)
                .setParameter("connection", connection.id())
                .setFirstResult(connection.requestLogRows())
                .setMaxResults(1)
                .getResultList();
        long end = surplus.isEmpty() ? oldest : Math.max(oldest, surplus.get(0));
        em.createQuery("delete from ScimRequestEntity r where r.connectionId = :connection and r.receivedAt <= :end")
                .setParameter("connection", connection.id())
                .setParameter("end", end)
                .executeUpdate();
    }

    /** Trims every connection of every realm; what is left of a connection that is gone goes with it. */
    public static void trimAll(KeycloakSession session) {
        RecordedRequests requests = new RecordedRequests(session);
        requests.em
                .createQuery("select distinct r.realmId, r.connectionId from ScimRequestEntity r", Object[].class)
                .getResultList()
                .forEach(row -> requests.trim(session, (String) row[0], (String) row[1]));
    }

    private void trim(KeycloakSession session, String realmId, String connectionId) {
        RealmModel realm = session.realms().getRealm(realmId);
        var connection =
                realm == null ? null : ScimConnection.find(realm, connectionId).orElse(null);
        if (connection != null) {
            trim(connection);
        } else {
            em.createQuery("delete from ScimRequestEntity r where r.connectionId = :connection")
                    .setParameter("connection", connectionId)
                    .executeUpdate();
        }
    }
}
