package io.github.enterprisesso.sso.doctor;

import java.util.List;
import java.util.stream.Stream;

/** All checks, in the order in which an administrator should read them. */
public final class Doctor {

    private Doctor() {}

    /** At least one finding for each check; one for each provider where the check is about providers. */
    public static List<Finding> examine(RealmSnapshot realm) {
        return Stream.of(
                        GateChecks.of(realm),
                        ProviderChecks.of(realm),
                        ExemptionChecks.of(realm),
                        RouteChecks.of(realm))
                .flatMap(findings -> findings)
                .toList();
    }
}
