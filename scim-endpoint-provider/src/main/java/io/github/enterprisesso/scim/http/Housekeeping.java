package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.inspector.RecordedRequests;
import io.github.enterprisesso.scim.token.ExpiryWarnings;
import java.time.Duration;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.TimerProvider;

/** What must happen even when nobody asks: every hour on every node unless configured otherwise, and harmless twice. */
final class Housekeeping {

    /** In seconds. */
    static final String INTERVAL_OPTION = "housekeeping-interval";

    private static final long HOUR = Duration.ofHours(1).toSeconds();

    private Housekeeping() {}

    /** Refuses to start with less than a second. */
    static Duration interval(Config.Scope config) {
        long seconds = config.getLong(INTERVAL_OPTION, HOUR);
        if (seconds < 1) {
            throw new IllegalArgumentException(INTERVAL_OPTION + ": " + seconds + " is no number of seconds from 1 on");
        }
        return Duration.ofSeconds(seconds);
    }

    static void schedule(KeycloakSession session, Duration interval) {
        session.getProvider(TimerProvider.class)
                .scheduleTask(Housekeeping::run, interval.toMillis(), "scim-housekeeping");
    }

    private static void run(KeycloakSession session) {
        ExpiryWarnings.giveAll(session);
        RecordedRequests.trimAll(session);
    }
}
