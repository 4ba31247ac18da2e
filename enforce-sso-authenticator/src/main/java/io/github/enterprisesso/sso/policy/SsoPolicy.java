package io.github.enterprisesso.sso.policy;

import io.github.enterprisesso.sso.policy.Decision.Allow;
import io.github.enterprisesso.sso.policy.Decision.Grounds;
import io.github.enterprisesso.sso.policy.Decision.Reason;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The realm's rule for who may sign in how.
 *
 * @param mode what happens to a login without an allowed provider
 * @param allowedProviders aliases of the enterprise identity providers, preferred one first
 * @param scopes whom it is for
 * @param domains those of {@link Scope#DOMAINS}; of two for the same domain the first counts
 * @param exceptedClients client ids; a login to one of them is nobody's business here
 * @param impersonation true if an administrator may act as a person who must use SSO (ADM-10)
 * @param damaged true if part of what is stored could not be read; the policy is then for everybody, because it fails closed
 */
public record SsoPolicy(
        Mode mode,
        List<String> allowedProviders,
        Set<Scope> scopes,
        List<EnforcedDomain> domains,
        Set<String> exceptedClients,
        boolean impersonation,
        boolean damaged) {

    /** Nothing is asked of anybody. */
    public static final SsoPolicy OFF = new SsoPolicy(Mode.OFF, List.of(), false);

    public SsoPolicy {
        allowedProviders = List.copyOf(allowedProviders);
        scopes = Set.copyOf(scopes);
        domains = List.copyOf(domains);
        exceptedClients = Set.copyOf(exceptedClients);
    }

    /** For everybody of the realm, without exceptions. */
    public SsoPolicy(Mode mode, List<String> allowedProviders, boolean damaged) {
        this(mode, allowedProviders, Set.of(Scope.REALM), List.of(), Set.of(), true, damaged);
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

    /** The same rule for these people. */
    public SsoPolicy within(Set<Scope> only, List<EnforcedDomain> enforced) {
        return new SsoPolicy(mode, allowedProviders, only, enforced, exceptedClients, impersonation, damaged);
    }

    /** The same rule with these exceptions. */
    public SsoPolicy except(Set<String> clients, boolean impersonators) {
        return new SsoPolicy(mode, allowedProviders, scopes, domains, clients, impersonators, damaged);
    }

    /** The same rule as if it was switched on. */
    public SsoPolicy enforced() {
        return new SsoPolicy(Mode.ENFORCE, allowedProviders, scopes, domains, exceptedClients, impersonation, damaged);
    }

    /** The same rule, of which a part is known to be missing. */
    public SsoPolicy asDamaged() {
        return new SsoPolicy(mode, allowedProviders, scopes, domains, exceptedClients, impersonation, true);
    }

    public boolean off() {
        return mode == Mode.OFF;
    }

    /** True if it refuses people and names no provider that could let them in. */
    public boolean withoutProviders() {
        return mode == Mode.ENFORCE
                && allowedProviders.isEmpty()
                && !scopes.contains(Scope.ORGANIZATIONS)
                && domains.stream()
                        .allMatch(domain -> domain.providers().orElse(List.of()).isEmpty());
    }

    /** Asks the subject as little as possible: the usual enterprise login costs no look-up. */
    public Decision decide(Subject subject, Evidence evidence) {
        if (off()) {
            return new Allow(Grounds.SWITCHED_OFF);
        }
        if (!subject.person()) {
            return new Allow(Grounds.NOT_A_PERSON);
        }
        if (subject.client().filter(exceptedClients::contains).isPresent()) {
            return new Allow(Grounds.EXCEPTED_CLIENT);
        }
        if (oneAnswerForAll() && answered(evidence, allowedProviders)) {
            return new Allow(Grounds.ENTERPRISE_PROVIDER);
        }
        Optional<Demand> demand = demand(subject);
        if (demand.isPresent() && answered(evidence, demand.get().providers())) {
            return new Allow(Grounds.ENTERPRISE_PROVIDER);
        }
        Optional<Demand> unmet = foreign(subject, evidence, demand).or(() -> demand);
        if (unmet.isEmpty()) {
            return new Allow(Grounds.OUT_OF_SCOPE);
        }
        if (impersonation && evidence instanceof Evidence.Impersonated) {
            return new Allow(Grounds.IMPERSONATED);
        }
        if (subject.exempt()) {
            return new Allow(Grounds.EXEMPT);
        }
        return unmet.get().refusal(evidence);
    }

    /**
     * The identity providers for whoever types an address of this domain, known here or not; empty if nothing is enforced
     * for it.
     *
     * @param domain as {@link EnforcedDomain#ofAddress} gives it
     * @param organization the one that owns the domain, if one does
     */
    public List<String> providersFor(String domain, Optional<EnforcedOrganization> organization) {
        return Stream.of(
                        organization.flatMap(owner -> ofOrganizations(List.of(owner))),
                        ofDomains(List.of(domain)),
                        ofRealm())
                .flatMap(Optional::stream)
                .filter(demand -> demand.mode() == Mode.ENFORCE)
                .findFirst()
                .map(Demand::providers)
                .orElse(List.of());
    }

    /** True if no organization and no domain can have providers of its own. */
    private boolean oneAnswerForAll() {
        return !scopes.contains(Scope.ORGANIZATIONS)
                && (!scopes.contains(Scope.DOMAINS)
                        || domains.stream()
                                .allMatch(domain -> domain.providers().isEmpty()));
    }

    private static boolean answered(Evidence evidence, List<String> providers) {
        return evidence.provider().filter(providers::contains).isPresent();
    }

    /** The strictest of what the scopes ask of the subject, and of equally strict ones the most particular. */
    private Optional<Demand> demand(Subject subject) {
        List<Demand> found = new ArrayList<>();
        if (scopes.contains(Scope.ORGANIZATIONS)) {
            ofOrganizations(subject.organizations()).ifPresent(found::add);
        }
        if (scopes.contains(Scope.DOMAINS)) {
            ofDomains(subject.domains()).ifPresent(found::add);
        }
        ofRealm().ifPresent(found::add);
        if (found.stream().noneMatch(demand -> demand.mode() == mode)
                && scopes.contains(Scope.LINKED)
                && subject.linkedTo(allowedProviders)) {
            found.add(new Demand(mode, allowedProviders, Optional.empty()));
        }
        return found.stream()
                .max(Comparator.comparing(Demand::mode).thenComparing(found::indexOf, Comparator.reverseOrder()));
    }

    private Optional<Demand> ofOrganizations(List<EnforcedOrganization> organizations) {
        if (!scopes.contains(Scope.ORGANIZATIONS)) {
            return Optional.empty();
        }
        Optional<Mode> strictest =
                organizations.stream().map(EnforcedOrganization::mode).max(Comparator.naturalOrder());
        return strictest
                .filter(theirs -> theirs != Mode.OFF)
                .map(theirs -> new Demand(
                        theirs.compareTo(mode) < 0 ? theirs : mode,
                        organizations.stream()
                                .filter(organization -> organization.mode() == theirs)
                                .flatMap(organization -> organization.providers().stream())
                                .distinct()
                                .toList(),
                        damage()));
    }

    private Optional<Demand> ofDomains(List<String> names) {
        if (!scopes.contains(Scope.DOMAINS)) {
            return Optional.empty();
        }
        return names.stream()
                .flatMap(name -> domains.stream().filter(domain -> domain.name().equals(name)))
                .findFirst()
                .map(domain -> new Demand(mode, domain.providers().orElse(allowedProviders), damage()));
    }

    /** With nobody left to be linked to, it cannot be told who was: {@link Scope#LINKED} then is for everybody. */
    private Optional<Demand> ofRealm() {
        boolean nobodyIsLinked = scopes.contains(Scope.LINKED) && allowedProviders.isEmpty();
        return scopes.contains(Scope.REALM) || damaged || nobodyIsLinked
                ? Optional.of(new Demand(mode, allowedProviders, damage()))
                : Optional.empty();
    }

    /** A provider that is named for some domains only is not trusted with the people of others (CON-6). */
    private Optional<Demand> foreign(Subject subject, Evidence evidence, Optional<Demand> demand) {
        return evidence.provider()
                .filter(alias -> scopes.contains(Scope.DOMAINS) && !allowedProviders.contains(alias))
                .map(alias -> domains.stream()
                        .filter(domain -> domain.providers().orElse(List.of()).contains(alias))
                        .map(EnforcedDomain::name)
                        .toList())
                .filter(own -> !own.isEmpty() && subject.domains().stream().noneMatch(own::contains))
                .map(own -> new Demand(
                        mode, demand.map(Demand::providers).orElse(List.of()), Optional.of(Reason.FOREIGN_DOMAIN)));
    }

    private Optional<Reason> damage() {
        return damaged ? Optional.of(Reason.DAMAGED_POLICY) : Optional.empty();
    }

    /** What is asked of one person: one of these providers; with a reason that is known before there is evidence. */
    private record Demand(Mode mode, List<String> providers, Optional<Reason> known) {

        Decision refusal(Evidence evidence) {
            Refuse refusal = new Refuse(known.orElseGet(() -> reason(evidence)), providers);
            return mode == Mode.ENFORCE ? refusal : new Report(refusal);
        }

        private Reason reason(Evidence evidence) {
            if (providers.isEmpty()) {
                return Reason.DAMAGED_POLICY;
            }
            if (evidence instanceof Evidence.Impersonated) {
                return Reason.IMPERSONATION;
            }
            return evidence.provider().isPresent() ? Reason.OTHER_PROVIDER : Reason.LOCAL_LOGIN;
        }
    }
}
