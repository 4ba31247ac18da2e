package io.github.enterprisesso.sso.readiness;

import io.github.enterprisesso.sso.policy.Decision;
import io.github.enterprisesso.sso.policy.Decision.Allow;
import io.github.enterprisesso.sso.policy.Decision.Grounds;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether one person can still sign in when the policy is enforced.
 *
 * @param obstacles what stands in the way; empty unless he is {@link State#UNPROVEN} or {@link State#LOCKED_OUT}
 * @param providers aliases of the identity providers that he must use; empty if he need not
 */
public record Readiness(State state, List<Obstacle> obstacles, List<String> providers) {

    public Readiness {
        obstacles = List.copyOf(obstacles);
        providers = List.copyOf(providers);
    }

    /** How it would go. */
    public enum State {
        /** Cannot sign in whatever the policy says. */
        DISABLED,
        /** The policy asks nothing of him. */
        OUT_OF_SCOPE,
        /** May sign in in any way. */
        EXEMPT,
        /** Linked to a provider that is accepted, and has signed in with it. */
        READY,
        /** Linked to a provider that is accepted; whether it lets him in has not been seen. */
        UNPROVEN,
        /** Not linked: gets in only if the provider knows him and its first login finds his account. */
        LOCKED_OUT
    }

    /** Why it might not go well. */
    public enum Obstacle {
        /** The policy accepts no provider for him. */
        NO_PROVIDER,
        /** Linked to none of the accepted providers. */
        NO_LINK,
        /** Has no e-mail address, so a first login through the provider cannot find his account. */
        NO_EMAIL,
        /** His address is of no domain that an accepted provider answers for. */
        FOREIGN_EMAIL,
        /** Has not signed in through an accepted provider since the policy is not OFF. */
        NEVER_BY_SSO,
        /** Has a credential of this realm and no account at any identity provider. */
        LOCAL_CREDENTIAL_ONLY
    }

    /**
     * What is known of the person.
     *
     * @param emailDomain empty if he has no address
     * @param links aliases of the providers that he is linked to
     * @param lastProvider alias of the provider of his last enterprise login
     */
    public record Facts(
            boolean enabled,
            Optional<String> emailDomain,
            Set<String> links,
            boolean localCredential,
            Optional<String> lastProvider) {
        public Facts {
            links = Set.copyOf(links);
        }
    }

    /**
     * @param decision what the policy, enforced, says to a login of his by password
     * @param domains e-mail domains by alias, for the providers that answer for certain domains only
     */
    public static Readiness of(Facts person, Decision decision, Map<String, Set<String>> domains) {
        if (!person.enabled()) {
            return new Readiness(State.DISABLED, List.of(), List.of());
        }
        if (decision instanceof Refuse refusal) {
            return of(person, refusal.providers(), domains);
        }
        if (decision instanceof Report report) {
            return of(person, report.refusal().providers(), domains);
        }
        boolean exempt = decision instanceof Allow allow && allow.grounds() == Grounds.EXEMPT;
        return new Readiness(exempt ? State.EXEMPT : State.OUT_OF_SCOPE, List.of(), List.of());
    }

    private static Readiness of(Facts person, List<String> providers, Map<String, Set<String>> domains) {
        List<Obstacle> obstacles = new ArrayList<>();
        boolean linked = providers.stream().anyMatch(person.links()::contains);
        if (providers.isEmpty()) {
            obstacles.add(Obstacle.NO_PROVIDER);
        } else if (!linked) {
            obstacles.add(Obstacle.NO_LINK);
        }
        if (person.emailDomain().isEmpty()) {
            if (!linked) {
                obstacles.add(Obstacle.NO_EMAIL);
            }
        } else if (!providers.isEmpty()
                && providers.stream()
                        .allMatch(
                                alias -> foreign(person.emailDomain().get(), domains.getOrDefault(alias, Set.of())))) {
            obstacles.add(Obstacle.FOREIGN_EMAIL);
        }
        boolean proven = person.lastProvider().filter(providers::contains).isPresent();
        if (!proven) {
            obstacles.add(Obstacle.NEVER_BY_SSO);
        }
        if (person.localCredential() && person.links().isEmpty()) {
            obstacles.add(Obstacle.LOCAL_CREDENTIAL_ONLY);
        }
        if (!linked) {
            return new Readiness(State.LOCKED_OUT, obstacles, providers);
        }
        return new Readiness(obstacles.isEmpty() ? State.READY : State.UNPROVEN, obstacles, providers);
    }

    private static boolean foreign(String domain, Set<String> own) {
        return !own.isEmpty() && !own.contains(domain);
    }
}
