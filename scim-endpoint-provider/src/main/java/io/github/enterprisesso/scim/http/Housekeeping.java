package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.inspector.RecordedRequests;
import io.github.enterprisesso.scim.token.ExpiryWarnings;
import java.time.Duration;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.TimerProvider;

/** What must happen even when nobody asks: every hour on every node, and harmless twice. */
final class Housekeeping {

    private static final Duration INTERVAL = Duration.ofHours(1);

    private Housekeeping() {}

    static void schedule(KeycloakSession session) {
        session.getProvider(TimerProvider.class)
                .scheduleTask(Housekeeping::run, INTERVAL.toMillis(), "scim-housekeeping");
    }

    private static void run(KeycloakSession session) {
        ExpiryWarnings.giveAll(session);
        RecordedRequests.trimAll(session);
    }
}
