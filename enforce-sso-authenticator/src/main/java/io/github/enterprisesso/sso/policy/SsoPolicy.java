package io.github.enterprisesso.sso.policy;

import io.github.enterprisesso.sso.policy.Decision.Allow;
import io.github.enterprisesso.sso.policy.Decision.Grounds;
import io.github.enterprisesso.sso.policy.Decision.Reason;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The realm's rule for who may sign in how.
 *
 * @param mode what happens to a login without an allowed provider
 * @param allowedProviders aliases of the enterprise identity providers, preferred one first
 * @param damaged true if the stored mode could not be read; the policy then enforces, because it fails closed
 */
public record SsoPolicy(Mode mode, List<String> allowedProviders, boolean damaged) {

    /** Nothing is asked of anybody. */
    public static final SsoPolicy OFF = new SsoPolicy(Mode.OFF, List.of(), false);

    public SsoPolicy {
        allowedProviders = List.copyOf(allowedProviders);
    }

    /** @param mode as stored; blank is {@link Mode#OFF}, an unknown word enforces and marks the policy as damaged */
    public static SsoPolicy of(String mode, List<String> allowedProviders) {
        if (mode == null || mode.isBlank()) {
            return new SsoPolicy(Mode.OFF, allowedProviders, false);
        }
        return readMode(mode)
                .map(known -> new SsoPolicy(known, allowedProviders, false))
                .orElseGet(() -> new SsoPolicy(Mode.ENFORCE, allowedProviders, true));
    }

    /** The mode of this name in any case, or empty. */
    public static Optional<Mode> readMode(String name) {
        try {
            return Optional.of(Mode.valueOf(name.strip().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    public boolean off() {
        return mode == Mode.OFF;
    }

    /** Asks the subject as little as possible: the usual enterprise login costs no look-up. */
    public Decision decide(Subject subject, Evidence evidence) {
        if (off()) {
            return new Allow(Grounds.SWITCHED_OFF);
        }
        if (!subject.person()) {
            return new Allow(Grounds.NOT_A_PERSON);
        }
        if (evidence.provider().filter(allowedProviders::contains).isPresent()) {
            return new Allow(Grounds.ENTERPRISE_PROVIDER);
        }
        if (evidence instanceof Evidence.Impersonated) {
            return new Allow(Grounds.IMPERSONATED);
        }
        if (subject.exempt()) {
            return new Allow(Grounds.EXEMPT);
        }
        Refuse refusal = new Refuse(reason(evidence), allowedProviders);
        return mode == Mode.ENFORCE ? refusal : new Report(refusal);
    }

    private Reason reason(Evidence evidence) {
        if (damaged || allowedProviders.isEmpty()) {
            return Reason.DAMAGED_POLICY;
        }
        return evidence.provider().isPresent() ? Reason.OTHER_PROVIDER : Reason.LOCAL_LOGIN;
    }
}
