package io.github.enterprisesso.sso.sessions;

import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.people.Accounts;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import io.github.enterprisesso.sso.settings.SsoSettings;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;
import org.keycloak.common.ClientConnection;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The stored sessions of a realm that the output gates would refuse. Walks through Keycloak's table in batches, each in a
 * transaction of its own, so that neither memory nor locks grow with the realm. Sessions that are kept in memory alone (the
 * feature {@code persistent-user-sessions} switched off) are not seen; they end when they are used next.
 */
public final class NonCompliantSessions {

    private static final int BATCH = 500;

    private final KeycloakSessionFactory factory;
    private final ClientConnection connection;
    private final String realmId;

    private NonCompliantSessions(KeycloakSession session, RealmModel realm) {
        this.factory = session.getKeycloakSessionFactory();
        this.connection = session.getContext().getConnection();
        this.realmId = realm.getId();
    }

    public static NonCompliantSessions of(KeycloakSession session, RealmModel realm) {
        return new NonCompliantSessions(session, realm);
    }

    /** How many there would be if the policy was enforced, whatever its mode is. */
    public SessionCount count() {
        Walk walk = new Walk(Long.MAX_VALUE, false);
        walk.toTheEnd();
        return walk.found;
    }

    /**
     * Ends them for good, with one LOGOUT event each, if the policy refuses them in its present mode. Clients are not
     * called: they notice at their next refresh.
     *
     * @param max how many at most
     * @return how many were ended; fewer than {@code max} if there are no more
     */
    public SessionCount end(long max) {
        Walk walk = new Walk(max, true);
        walk.toTheEnd();
        return walk.found;
    }

    /** One pass: first the sessions, then the offline ones. */
    private final class Walk {

        private final long max;
        private final boolean ending;
        private SessionCount found = SessionCount.NONE;
        private boolean offline;
        private String last = "";
        private boolean over;

        private Walk(long max, boolean ending) {
            this.max = max;
            this.ending = ending;
        }

        private void toTheEnd() {
            while (!over && found.total() < max) {
                KeycloakModelUtils.runJobInTransaction(factory, this::batch);
            }
        }

        private void batch(KeycloakSession session) {
            RealmModel realm = session.realms().getRealm(realmId);
            session.getContext().setRealm(realm);
            SsoPolicy policy = ending
                    ? SsoGate.of(session, realm).policy()
                    : SsoSettings.of(realm).policy().enforced();
            List<StoredSession> batch = read(session, realm);
            Judge judge = new Judge(session, realm, new Accounts(session, realm), policy, batch);
            for (StoredSession stored : batch) {
                if (found.total() == max) {
                    return;
                }
                last = stored.getId();
                judge.refusal(stored).ifPresent(refusal -> {
                    if (!ending || end(session, realm, stored, refusal)) {
                        found = found.plus(stored);
                    }
                });
            }
            if (batch.size() < BATCH) {
                over = offline;
                offline = true;
                last = "";
            }
        }

        private List<StoredSession> read(KeycloakSession session, RealmModel realm) {
            EntityManager database =
                    session.getProvider(JpaConnectionProvider.class).getEntityManager();
            TypedQuery<Object[]> query = database.createQuery(
                            "select s.userSessionId, s.userId, s.data from PersistentUserSessionEntity s"
                                    + " where s.realmId = :realm and s.offline = :offline"
                                    + (last.isEmpty() ? "" : " and s.userSessionId > :last")
                                    + " order by s.userSessionId",
                            Object[].class)
                    .setParameter("realm", realmId)
                    .setParameter("offline", offline ? "1" : "0")
                    .setMaxResults(BATCH);
            if (!last.isEmpty()) {
                query.setParameter("last", last);
            }
            return query.getResultList().stream()
                    .map(row -> StoredSession.of(realm, (String) row[0], offline, (String) row[1], (String) row[2]))
                    .toList();
        }

        /** @return false if somebody else was faster */
        private boolean end(KeycloakSession session, RealmModel realm, StoredSession stored, Refuse refusal) {
            UserSessionModel alive = stored.isOffline()
                    ? session.sessions().getOfflineUserSession(realm, stored.getId())
                    : session.sessions().getUserSession(realm, stored.getId());
            if (alive == null) {
                return false;
            }
            new EventBuilder(realm, session, connection)
                    .event(EventType.LOGOUT)
                    .user(stored.userId())
                    .session(stored.getId())
                    .detail(Details.REASON, SsoGate.SSO_REQUIRED)
                    .detail("cause", refusal.reason().code())
                    .detail("offline", Boolean.toString(stored.isOffline()))
                    .success();
            if (stored.isOffline()) {
                session.sessions().removeOfflineUserSession(realm, alive);
            } else {
                session.sessions().removeUserSession(realm, alive);
            }
            return true;
        }
    }
}
