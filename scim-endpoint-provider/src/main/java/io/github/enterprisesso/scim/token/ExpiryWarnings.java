package io.github.enterprisesso.scim.token;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.store.ScimTokenEntity;
import io.micrometer.core.instrument.Metrics;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * Tells administrators that a token ends soon, at most once a day for each token whatever the number of nodes: an admin event
 * (ACTION on SCIM_TOKEN), a line in the log, and the counter {@code scim.token.expiring}. A token that has been replaced
 * is expected to end.
 */
public final class ExpiryWarnings {

    private static final Duration INTERVAL = Duration.ofDays(1);
    private static final Logger LOG = Logger.getLogger(ExpiryWarnings.class);

    private ExpiryWarnings() {}

    /** Looks at all tokens of all realms; the session has a transaction of its own. */
    public static void giveAll(KeycloakSession session) {
        Instant now = now();
        List<ScimTokenEntity> due = em(session)
                .createQuery(
                        "select t from ScimTokenEntity t where t.expiresAt > :now and t.expiresAt <= :soon"
                                + " and t.replacedBy is null and (t.warnedAt is null or t.warnedAt <= :before)",
                        ScimTokenEntity.class)
                .setParameter("now", now.toEpochMilli())
                .setParameter("soon", now.plus(TokenStatus.WARNING).toEpochMilli())
                .setParameter("before", now.minus(INTERVAL).toEpochMilli())
                .getResultList();
        for (ScimTokenEntity row : due) {
            RealmModel realm = session.realms().getRealm(row.getRealmId());
            if (realm != null) {
                session.getContext().setRealm(realm);
                give(session, realm, ScimToken.of(row), now);
            }
        }
    }

    /** Warns of a token that was just used, in a transaction of its own: the request may yet be taken back. */
    public static void giveFor(KeycloakSession session, RealmModel realm, ScimToken token) {
        Instant now = now();
        if (isDue(token, now)) {
            KeycloakModelUtils.runJobInTransaction(session.getKeycloakSessionFactory(), own -> {
                RealmModel again = own.realms().getRealm(realm.getId());
                own.getContext().setRealm(again);
                give(own, again, token, now);
            });
        }
    }

    static boolean isDue(ScimToken token, Instant now) {
        return !token.isForeign()
                && token.replacedBy() == null
                && token.status(now) == TokenStatus.EXPIRING_SOON
                && (token.warnedAt() == null || !token.warnedAt().isAfter(now.minus(INTERVAL)));
    }

    private static void give(KeycloakSession session, RealmModel realm, ScimToken token, Instant now) {
        int first = em(session)
                .createQuery("update ScimTokenEntity t set t.warnedAt = :now"
                        + " where t.id = :id and (t.warnedAt is null or t.warnedAt <= :before)")
                .setParameter("now", now.toEpochMilli())
                .setParameter("before", now.minus(INTERVAL).toEpochMilli())
                .setParameter("id", token.id())
                .executeUpdate();
        String connection = ScimConnection.find(realm, token.connectionId())
                .map(ScimConnection::name)
                .orElse(null);
        if (first == 0 || connection == null) {
            return;
        }
        LOG.warnf(
                "SCIM token %s... of connection %s in realm %s expires at %s",
                token.prefix(), connection, realm.getName(), token.expiresAt());
        Metrics.counter("scim.token.expiring", "realm", realm.getName(), "connection", connection)
                .increment();
        new WarningEvent(session, realm, token)
                .operation(OperationType.ACTION)
                .resource("SCIM_TOKEN")
                .resourcePath("scim-connections", token.connectionId(), "tokens", token.id())
                .detail("scim_connection", connection)
                .detail("scim_token", token.prefix())
                .detail("status", TokenStatus.EXPIRING_SOON.text())
                .detail("expires_at", token.expiresAt().toString())
                .representation(Map.of(
                        "id", token.id(),
                        "prefix", token.prefix(),
                        "status", TokenStatus.EXPIRING_SOON.text(),
                        "expiresAt", token.expiresAt().toString()))
                .success();
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    private static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    /** Nobody is signed in: the connection itself speaks. */
    private static final class WarningEvent extends AdminEventBuilder {

        WarningEvent(KeycloakSession session, RealmModel realm, ScimToken token) {
            super(realm, null, session, null, prepared(realm, token));
        }

        private static AdminEvent prepared(RealmModel realm, ScimToken token) {
            AuthDetails actor = new AuthDetails();
            actor.setRealmId(realm.getId());
            actor.setRealmName(realm.getName());
            actor.setClientId(token.connectionId());
            actor.setUserId(token.id());
            AdminEvent event = new AdminEvent();
            event.setRealmId(realm.getId());
            event.setRealmName(realm.getName());
            event.setAuthDetails(actor);
            return event;
        }
    }
}
