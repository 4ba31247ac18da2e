package io.github.enterprisesso.sso.exemption;

import io.github.enterprisesso.sso.store.ExemptionEntity;
import java.time.Instant;
import java.util.Optional;

/**
 * On what terms a person is exempt.
 *
 * @param reason why
 * @param by who answers for it
 * @param since when it was given
 * @param until when it ends; absent if it has no end
 */
public record Terms(String reason, String by, Instant since, Optional<Instant> until) {

    public static Terms of(ExemptionEntity row) {
        return new Terms(
                row.getReason(),
                row.getOwner(),
                Instant.ofEpochMilli(row.getGrantedAt()),
                Optional.ofNullable(row.getUntilAt()).map(Instant::ofEpochMilli));
    }

    /** True from the very moment that is its end. */
    public boolean ended(Instant now) {
        return until.filter(end -> !end.isAfter(now)).isPresent();
    }
}
