package io.github.enterprisesso.scim.token;

import io.github.enterprisesso.scim.store.ScimTokenEntity;
import java.time.Instant;
import java.util.Set;

/**
 * A token without its secret.
 *
 * @param expiresAt null: never
 * @param lastUsedAt to the minute; null: not yet
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
        Instant lastUsedAt) {

    static ScimToken of(ScimTokenEntity row) {
        return new ScimToken(
                row.getId(),
                row.getConnectionId(),
                row.getPrefix(),
                row.getLabel(),
                Scope.read(row.getScopes()),
                Instant.ofEpochMilli(row.getCreatedAt()),
                row.getCreatedBy(),
                row.getExpiresAt() == null ? null : Instant.ofEpochMilli(row.getExpiresAt()),
                row.getLastUsedAt() == null ? null : Instant.ofEpochMilli(row.getLastUsedAt()));
    }

    public boolean isExpired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    public boolean allows(Scope scope) {
        return scopes.contains(scope);
    }

    public boolean isReadOnly() {
        return scopes.contains(Scope.READ_ONLY);
    }
}
