package io.github.enterprisesso.scim.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.scim.token.ScimToken;
import io.github.enterprisesso.scim.token.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.keycloak.common.util.Time;

/**
 * A token in admin REST. Times are ISO-8601 in UTC.
 *
 * @param token the text of the token, in the answer to its creation only
 * @param expiresAt absent: never
 * @param lastUsedAt to the minute; absent: not yet
 * @param status {@code valid}, {@code expiring-soon} or {@code expired}
 * @param replacedBy id of the token that a rotation put in its place; absent: none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TokenRepresentation(
        String id,
        String token,
        String prefix,
        String label,
        List<String> scopes,
        String createdAt,
        String createdBy,
        String expiresAt,
        String lastUsedAt,
        String status,
        String replacedBy) {

    static TokenRepresentation of(ScimToken token, String text) {
        return new TokenRepresentation(
                token.id(),
                text,
                token.prefix(),
                token.label(),
                Scope.texts(token.scopes()),
                token.createdAt().toString(),
                token.createdBy(),
                text(token.expiresAt()),
                text(token.lastUsedAt()),
                token.status(Instant.ofEpochMilli(Time.currentTimeMillis())).text(),
                token.replacedBy());
    }

    private static String text(Instant time) {
        return Objects.toString(time, null);
    }

    @Override
    public String toString() {
        return "token " + id;
    }
}
