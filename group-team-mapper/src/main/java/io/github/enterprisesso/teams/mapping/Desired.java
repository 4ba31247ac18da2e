package io.github.enterprisesso.teams.mapping;

import static java.util.stream.Collectors.toCollection;

import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What a user should have, as far as his sources say.
 *
 * @param given by approved mappings, oldest mapping first, and by his own attribute before all
 * @param waiting his only if he has them already: their mappings wait for a decision
 * @param roles the highest role of the ladder, once for each source that carries it; empty when no source carries one
 */
public record Desired(List<Candidate> given, List<Candidate> waiting, Set<Entitlement> roles) {

    /** The union over all sources for targets, the highest over all sources for the role. */
    public static Desired of(Subject subject, RoleLadder ladder) {
        List<Candidate> given = new ArrayList<>();
        subject.ownExclusiveGroup().map(Candidate::own).ifPresent(given::add);
        given.addAll(candidates(subject, Mapping::gives));
        return new Desired(given, candidates(subject, Mapping::keeps), roles(subject, ladder));
    }

    /** What approved mappings give, conflicts aside. */
    public Set<Entitlement> teams() {
        return entitlements(given);
    }

    /** What mappings leave to those who have it. */
    public Set<Entitlement> kept() {
        return entitlements(waiting);
    }

    /**
     * Everything that may be given or left to a user.
     *
     * @param braked ids of mappings that take nothing from anybody until an administrator decides
     */
    public List<Candidate> candidates(Set<Entitlement> onRecord, Set<String> braked) {
        List<Candidate> candidates = new ArrayList<>(given);
        waiting.stream()
                .filter(candidate -> onRecord.contains(candidate.entitlement()))
                .forEach(candidates::add);
        onRecord.stream()
                .filter(entitlement -> entitlement.kind().mappable()
                        && entitlement
                                .provenance()
                                .mappingId()
                                .filter(braked::contains)
                                .isPresent()
                        && candidates.stream()
                                .noneMatch(known -> known.entitlement().equals(entitlement)))
                .sorted(Comparator.comparing(Entitlement::toString))
                .map(Candidate::recorded)
                .forEach(candidates::add);
        return candidates;
    }

    private static Set<Entitlement> entitlements(List<Candidate> candidates) {
        return candidates.stream().map(Candidate::entitlement).collect(toCollection(LinkedHashSet::new));
    }

    private static List<Candidate> candidates(Subject subject, Predicate<Mapping> which) {
        record Way(Source source, Mapping mapping) {}
        return subject.sources().stream()
                .flatMap(source -> source.mappings().stream().filter(which).map(mapping -> new Way(source, mapping)))
                .sorted(Comparator.<Way>comparingLong(way -> way.mapping().madeAt())
                        .thenComparing(way -> way.mapping().id()))
                .flatMap(way -> way.mapping().target().stream()
                        .map(target -> Candidate.of(way.source(), way.mapping(), target)))
                .toList();
    }

    private static Set<Entitlement> roles(Subject subject, RoleLadder ladder) {
        List<String> carried = Stream.concat(
                        subject.ownRole().stream(),
                        subject.sources().stream().flatMap(source -> source.roles().stream()))
                .toList();

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
