package io.github.enterprisesso.scim.token;

import io.github.enterprisesso.scim.store.ScimTokenEntity;
import java.time.Instant;
import java.util.Set;
import org.keycloak.models.ClientModel;
import org.keycloak.models.UserModel;

/**
 * A token without its secret; or, in the place of one, the service account of a client, or a person who asks for himself.
 *
 * @param prefix what tells tokens apart; of a service account: {@code client:} and the client id, of a person {@code me:} and the
 *     client id
 * @param createdAt null: a service account or a person
 * @param expiresAt null: never
 * @param lastUsedAt to the minute; null: not yet
 * @param replacedBy id of the token that a rotation put in its place, or null
 * @param warnedAt when administrators were told last that it expires soon, or null
 */
public record ScimToken(
        String id,
        String connectionId,
        String prefix,
        String label,
        Set<Scope> scopes,
        Instant createdAt,
        String createdBy,
        Instant expiresAt,
        Instant lastUsedAt,
        String replacedBy,
        Instant warnedAt) {

    static ScimToken of(ScimTokenEntity row) {
        return new ScimToken(
                row.getId(),
                row.getConnectionId(),
                row.getPrefix(),
                row.getLabel(),
                Scope.read(row.getScopes()),
                Instant.ofEpochMilli(row.getCreatedAt()),
                row.getCreatedBy(),
                instant(row.getExpiresAt()),
                instant(row.getLastUsedAt()),
                row.getReplacedBy(),
                instant(row.getWarnedAt()));
    }

    private static Instant instant(Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    /** A service account with the role that opens the connection: it may do what a token without narrower scopes may. */
    public static ScimToken ofServiceAccount(String connectionId, ClientModel client, UserModel account) {
        return new ScimToken(
                account.getId(),
                connectionId,
                "client:" + client.getClientId(),
                client.getClientId(),
                Scope.DEFAULT,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** A person who asks for himself; the id is his. */
    public static ScimToken ofPerson(String connectionId, ClientModel client, UserModel person) {
        return new ScimToken(
                person.getId(),
                connectionId,
                "me:" + client.getClientId(),
                client.getClientId(),
                Set.of(Scope.READ_ONLY),
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Whether it is no token of a connection, and has no row of its own. */
    public boolean isForeign() {
        return createdAt == null;
    }

    public TokenStatus status(Instant now) {
        return TokenStatus.at(now, expiresAt);
    }

    public boolean allows(Scope scope) {
        return scopes.contains(scope);
    }

    public boolean isReadOnly() {
        return scopes.contains(Scope.READ_ONLY);
    }
}
