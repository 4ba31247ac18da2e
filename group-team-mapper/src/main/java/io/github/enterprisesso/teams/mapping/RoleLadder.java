package io.github.enterprisesso.teams.mapping;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The roles of which a user holds exactly one, highest first.
 *
 * @param fallback the role of a user whose sources carry none; empty leaves such a user without
 */
public record RoleLadder(List<Rung> rungs, Optional<Rung> fallback) {

    public RoleLadder {
        rungs = List.copyOf(rungs);
    }

    /** Carried values are compared without regard to case; one that names no rung is nobody's. */
    public Optional<Rung> named(String value) {
        return rungs.stream()
                .filter(rung -> rung.name().equalsIgnoreCase(value))
                .findFirst();
    }

    public Optional<Rung> top() {
        return rungs.stream().findFirst();
    }

    public boolean contains(String roleId) {
        return rungs.stream().anyMatch(rung -> rung.roleId().equals(roleId));
    }

    Optional<Rung> highest(Collection<String> values) {
        return values.stream().flatMap(value -> named(value).stream()).min(Comparator.comparingInt(rungs::indexOf));
    }

    /** The values that name a rung, as the rungs are called, highest first, each once. */
    public List<String> known(Collection<String> values) {
        return rungs.stream()
                .map(Rung::name)
                .filter(name -> values.stream().anyMatch(name::equalsIgnoreCase))
                .toList();
    }
}
