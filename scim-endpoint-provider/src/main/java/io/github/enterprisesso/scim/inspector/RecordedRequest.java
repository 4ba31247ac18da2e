package io.github.enterprisesso.scim.inspector;

import io.github.enterprisesso.scim.store.ScimRequestEntity;
import java.time.Duration;
import java.time.Instant;

/**
 * A request of a connection as it is kept. Texts are redacted.
 *
 * @param id the {@code X-Request-Id} of the answer
 * @param path below the base URL, with the query
 * @param token prefix of the token, or {@code client:} and the client id
 * @param effect how many of what were changed: {@code USER_UPDATE=1,GROUP_MEMBERSHIP_CREATE=500}; null: nothing
 * @param detail of an error, or null
 * @param body beginning of the body, or null
 */
public record RecordedRequest(
        String id,
        String realmId,
        String connectionId,
        Instant receivedAt,
        Duration duration,
        String method,
        String path,
        int status,
        String token,
        String address,
        String effect,
        String detail,
        String body) {

    static RecordedRequest of(ScimRequestEntity row) {
        return new RecordedRequest(
                row.getId(),
                row.getRealmId(),
                row.getConnectionId(),
                Instant.ofEpochMilli(row.getReceivedAt()),
                Duration.ofMillis(row.getDurationMillis()),
                row.getMethod(),
                row.getPath(),
                row.getStatus(),
                row.getToken(),
                row.getAddress(),
                row.getEffect(),
                row.getDetail(),
                row.getBody());
    }

    ScimRequestEntity toRow() {
        ScimRequestEntity row = new ScimRequestEntity();
        row.setId(id);
        row.setRealmId(realmId);
        row.setConnectionId(connectionId);
        row.setReceivedAt(receivedAt.toEpochMilli());
        row.setDurationMillis((int) Math.min(Integer.MAX_VALUE, duration.toMillis()));
        row.setMethod(method);
        row.setPath(path);
        row.setStatus(status);
        row.setToken(token);
        row.setAddress(address);
        row.setEffect(effect);
        row.setDetail(detail);
        row.setBody(body);
        return row;
    }
}
