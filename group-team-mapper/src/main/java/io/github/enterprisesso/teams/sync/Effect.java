package io.github.enterprisesso.teams.sync;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import org.keycloak.models.RealmModel;

/** What is counted: meter {@code teams.effects} with the realm and the effect, and {@code teams.reconcile} for the time it takes. */
enum Effect {
    JOINED,
    LEFT,
    ROLE_GRANTED,
    CONFLICT,
    PENDING_MAPPING,
    BRAKED;

    void count(RealmModel realm) {
        Metrics.counter("teams.effects", "realm", realm.getName(), "effect", name().toLowerCase(Locale.ROOT))
                .increment();
    }

    static void time(RealmModel realm, long nanos) {
        Timer.builder("teams.reconcile")
                .tag("realm", realm.getName())
                .register(Metrics.globalRegistry)
                .record(Duration.ofNanos(nanos));
    }
}
