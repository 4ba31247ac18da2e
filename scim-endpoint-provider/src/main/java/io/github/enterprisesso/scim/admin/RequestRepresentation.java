package io.github.enterprisesso.scim.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.scim.inspector.RecordedRequest;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * A request of a connection in admin REST, redacted and cut.
 *
 * @param id the {@code X-Request-Id} that the client got
 * @param receivedAt ISO-8601 in UTC
 * @param effect what was changed, in words of admin events: {@code {"GROUP_MEMBERSHIP_CREATE":500}}; absent: nothing
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record RequestRepresentation(
        String id,
        String receivedAt,
        long durationMillis,
        String method,
        String path,
        int status,
        String token,
        String address,
        Map<String, Integer> effect,
        String detail,
        String body) {

    static RequestRepresentation of(RecordedRequest request) {
        return new RequestRepresentation(
                request.id(),
                request.receivedAt().toString(),
                request.duration().toMillis(),
                request.method(),
                request.path(),
                request.status(),
                request.token(),
                request.address(),
                effect(request.effect()),
                request.detail(),
                request.body());
    }

    private static Map<String, Integer> effect(String text) {
        Map<String, Integer> effect = new TreeMap<>();
        if (text != null) {
            Arrays.stream(text.split(","))
                    .map(count -> count.split("=", 2))
                    .forEach(count -> effect.put(count[0], Integer.valueOf(count[1])));
        }
        return effect;
    }
}
