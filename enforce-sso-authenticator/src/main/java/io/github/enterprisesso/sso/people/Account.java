package io.github.enterprisesso.sso.people;

import io.github.enterprisesso.sso.exemption.Terms;
import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.policy.EnforcedOrganization;
import io.github.enterprisesso.sso.policy.Subject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One person of the realm, with everything that the policy may ask about him.
 *
 * @param email may be null, as first and last name may be
 * @param links aliases of the identity providers that he is linked to, with the id that he has there
 * @param credentials types of what the realm itself can check, for example {@code password}
 * @param holdsRole true if he holds the exempt role, directly, by a group or inside another role
 * @param terms the terms of his exemption, also of one that has ended
 * @param organizations those with a mode, if the policy asks about organizations
 */
public record Account(
        String id,
        String username,
        String email,
        String firstName,
        String lastName,
        boolean enabled,
        List<Link> links,
        Set<String> credentials,
        boolean holdsRole,
        Optional<Terms> terms,
        List<EnforcedOrganization> organizations,
        LastLogins lastLogins) {

    public Account {
        links = List.copyOf(links);
        credentials = Set.copyOf(credentials);
        organizations = List.copyOf(organizations);
    }

    /** An account at an identity provider. */
    public record Link(String provider, String brokerUserId) {}

    public List<String> providers() {
        return links.stream().map(Link::provider).sorted().toList();
    }

    /** The id that the person has at a provider, if he is linked to it. */
    public Optional<String> linkedAs(String provider) {
        return links.stream()
                .filter(link -> link.provider().equals(provider))
                .map(Link::brokerUserId)
                .findFirst();
    }

    public boolean exempt(Instant now) {
        return holdsRole && terms.filter(end -> end.ended(now)).isEmpty();
    }

    /** Him as the policy asks about him at this moment, at no particular client. */
    public Subject subject(Instant now) {
        return new Subject() {
            @Override
            public boolean person() {
                return true;
            }

            @Override
            public boolean exempt() {
                return Account.this.exempt(now);
            }

            @Override
            public List<String> domains() {
                return Stream.of(Optional.ofNullable(email), Optional.ofNullable(username))
                        .flatMap(Optional::stream)
                        .map(EnforcedDomain::ofAddress)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
            }

            @Override
            public List<EnforcedOrganization> organizations() {
                return organizations;
            }

            @Override
            public boolean linkedTo(Collection<String> providers) {
                return links.stream().map(Link::provider).anyMatch(providers::contains);
            }
        };
    }
}
