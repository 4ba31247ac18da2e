package io.github.enterprisesso.sso.admin;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.sso.exemption.Terms;
import java.time.Instant;

/**
 * One person's exemption on the wire. A request has {@code reason}, {@code by} and {@code until} only:
 * {@code {"reason":"Migration of the build server","by":"it-security","until":"2027-01-31T18:00:00Z"}}.
 *
 * @param userId id of the user
 * @param username name of the user
 * @param exempt true if he is exempt now
 * @param reason why; absent if he holds the role without terms
 * @param by who answers for it; in a request, absent is the administrator who asks
 * @param since when it was given, in ISO 8601
 * @param until when it ends, in ISO 8601; absent if it does not end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExemptionRepresentation(
        String userId, String username, Boolean exempt, String reason, String by, String since, String until) {

    static ExemptionRepresentation of(String userId, String username, boolean exempt, Terms terms) {
        return terms == null
                ? new ExemptionRepresentation(userId, username, exempt, null, null, null, null)
                : new ExemptionRepresentation(
                        userId,
                        username,
                        exempt,
                        terms.reason(),
                        terms.by(),
                        terms.since().toString(),
                        terms.until().map(Instant::toString).orElse(null));
    }
}
