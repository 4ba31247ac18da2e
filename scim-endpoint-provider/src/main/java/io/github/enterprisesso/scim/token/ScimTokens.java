package io.github.enterprisesso.scim.token;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.store.ScimTokenEntity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The tokens of a realm. */
public final class ScimTokens {

    /** The last use is recorded this often at most: a busy client must not cost a write per request. */
    private static final Duration USE_RESOLUTION = Duration.ofMinutes(1);

    private final EntityManager em;
    private final RealmModel realm;

    public ScimTokens(KeycloakSession session, RealmModel realm) {
        this.em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
    }

    /**
     * A token and, this once, its text.
     *
     * @param text what the client sends as the bearer token
     */
    public record Issued(ScimToken token, String text) {

        @Override
        public String toString() {
            return token.toString();
        }
    }

    /** Creates a token; no scopes means all of {@code users} and {@code groups}, no expiry means never. */
    public Issued issue(
            ScimConnection connection, String label, Instant expiresAt, Set<Scope> scopes, String createdBy) {
        TokenSecret secret = TokenSecret.random();
        ScimTokenEntity row = new ScimTokenEntity();
        row.setId(KeycloakModelUtils.generateId());
        row.setRealmId(realm.getId());
        row.setConnectionId(connection.id());
        row.setHash(secret.hash());
        row.setPrefix(secret.prefix());
        row.setLabel(label);
        row.setScopes(Scope.store(scopes.isEmpty() ? Scope.DEFAULT : scopes));
        row.setCreatedAt(Time.currentTimeMillis());
        row.setCreatedBy(createdBy);
        row.setExpiresAt(expiresAt == null ? null : expiresAt.toEpochMilli());
        em.persist(row);
        em.flush();
        return new Issued(ScimToken.of(row), secret.text());
    }

    /** The token of that text, which may have expired. */
    public Optional<ScimToken> byText(String text) {
        return em
                .createQuery(
                        "select t from ScimTokenEntity t where t.hash = :hash and t.realmId = :realm",
                        ScimTokenEntity.class)
                .setParameter("hash", TokenSecret.of(text).hash())
                .setParameter("realm", realm.getId())
                .getResultList()
                .stream()
                .map(ScimToken::of)
                .findFirst();
    }

    public void recordUse(ScimToken token) {
        if (token.isForeign()) {
            return;
        }
        Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());
        if (token.lastUsedAt() == null
                || token.lastUsedAt().plus(USE_RESOLUTION).isBefore(now)) {
            em.createQuery("update ScimTokenEntity t set t.lastUsedAt = :now where t.id = :id")
                    .setParameter("now", now.toEpochMilli())
                    .setParameter("id", token.id())
                    .executeUpdate();
        }
    }

    /** The tokens of the connection, oldest first. */
    public List<ScimToken> list(ScimConnection connection) {
        return em.createQuery(
                        "select t from ScimTokenEntity t where t.connectionId = :connection order by t.createdAt, t.id",
                        ScimTokenEntity.class)
                .setParameter("connection", connection.id())
                .getResultStream()
                .map(ScimToken::of)
                .toList();
    }

    public Optional<ScimToken> find(ScimConnection connection, String id) {
        return list(connection).stream().filter(token -> token.id().equals(id)).findFirst();
    }

    /**
     * A new token in the place of another, with the same label and scopes. The old one lives on until {@code oldEndsAt},
     * unless its own end comes first. Empty when the old one was replaced before.
     */
    public Optional<Issued> rotate(
            ScimConnection connection, ScimToken old, Instant oldEndsAt, Instant expiresAt, String createdBy) {
        ScimTokenEntity row = em.find(ScimTokenEntity.class, old.id());
        // Two rotations at the same time would leave one new token that nobody knows of.
        em.refresh(row, LockModeType.PESSIMISTIC_WRITE);
        if (row.getReplacedBy() != null) {
            return Optional.empty();
        }
        Issued issued = issue(connection, old.label(), expiresAt, old.scopes(), createdBy);
        row.setReplacedBy(issued.token().id());
        row.setExpiresAt(
                old.expiresAt() != null && old.expiresAt().isBefore(oldEndsAt)
                        ? old.expiresAt().toEpochMilli()
                        : oldEndsAt.toEpochMilli());
        em.flush();
        return Optional.of(issued);
    }

    /** From now on requests with the token are answered 401. */
    public void revoke(ScimToken token) {
        em.createQuery("delete from ScimTokenEntity t where t.id = :id")
                .setParameter("id", token.id())
                .executeUpdate();
    }
}
