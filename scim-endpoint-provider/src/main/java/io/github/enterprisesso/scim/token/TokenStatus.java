package io.github.enterprisesso.scim.token;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How long a token is still good for (requirement TOK-3). */
public enum TokenStatus {
    VALID,
    EXPIRING_SOON,
    EXPIRED;

    /** From this long before its end a token is expiring soon, and administrators are warned once a day. */
    static final Duration WARNING = Duration.ofDays(20);

    static TokenStatus at(Instant now, Instant expiresAt) {
        if (expiresAt == null || now.isBefore(expiresAt.minus(WARNING))) {
            return VALID;
        }
        return now.isBefore(expiresAt) ? EXPIRING_SOON : EXPIRED;
    }

    /** {@code valid}, {@code expiring-soon}, {@code expired}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
