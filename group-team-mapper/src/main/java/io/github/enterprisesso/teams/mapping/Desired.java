package io.github.enterprisesso.teams.mapping;

import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a user should have, as far as his sources say.
 *
 * @param teams given by approved mappings
 * @param kept his only if he has them already: their mappings wait for a decision
 * @param roles the highest role of the ladder, once for each source that carries it; empty when no source carries one
 */
public record Desired(Set<Entitlement> teams, Set<Entitlement> kept, Set<Entitlement> roles) {

    /** The union over all sources for teams, the highest over all sources for the role. */
    public static Desired of(Subject subject, RoleLadder ladder) {
        return new Desired(teams(subject, true), teams(subject, false), roles(subject, ladder));
    }

    private static Set<Entitlement> teams(Subject subject, boolean given) {
        Set<Entitlement> teams = new LinkedHashSet<>();
        for (Source source : subject.sources()) {
            for (Mapping mapping : source.mappings()) {
                if (given ? mapping.gives() : mapping.keeps()) {
                    mapping.target()
                            .ifPresent(target -> teams.add(Entitlement.team(target.id(), Provenance.mapping(mapping))));
                }
            }
        }
        return teams;
    }

    private static Set<Entitlement> roles(Subject subject, RoleLadder ladder) {
        List<String> carried = new ArrayList<>();
        subject.ownRole().ifPresent(carried::add);
        subject.sources().forEach(source -> carried.addAll(source.roles()));

        Set<Entitlement> roles = new LinkedHashSet<>();
        Optional<Rung> highest = ladder.highest(carried);
        if (highest.isPresent()) {
            Rung rung = highest.get();
            if (subject.ownRole().flatMap(ladder::named).equals(highest)) {
                roles.add(Entitlement.role(rung, Provenance.of(Origin.USER_ATTRIBUTE)));
            }
            subject.sources().stream()
                    .filter(source -> ladder.highest(source.roles()).equals(highest))
                    .forEach(source -> roles.add(Entitlement.role(rung, Provenance.group(source))));
        }
        return roles;
    }
}
