package io.github.enterprisesso.teams.mapping;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Who of several candidates has a place of which there is one. A decided winner comes before the loser, who has the place
 * before who wants it, the older mapping before the younger.
 *
 * @param chosen in conflict with nobody else among them
 * @param conflicts between a chosen one and one that waits, as long as nobody decided
 */
public record Choice(List<Candidate> chosen, Set<Conflict> conflicts) {

    /** How a user has a target before the choice; the strongest first. */
    public enum Claim {
        ON_RECORD,
        BY_HAND,
        NONE
    }

    /**
     * @param candidates oldest first
     * @param claim how the user has the candidate's target already
     * @param decisions newest first
     */
    public static Choice of(List<Candidate> candidates, Function<Candidate, Claim> claim, List<Decision> decisions) {
        List<Decision> valid = withoutCircles(decisions, candidates);
        List<Candidate> waiting = new ArrayList<>(candidates);
        waiting.sort(Comparator.comparing(claim));
        List<Candidate> chosen = new ArrayList<>();
        while (!waiting.isEmpty()) {
            Candidate next = waiting.stream()
                    .filter(candidate -> waiting.stream().noneMatch(other -> beats(other, candidate, valid)))
                    .findFirst()
                    .orElseThrow();
            chosen.add(next);
            waiting.removeIf(other -> other == next || next.conflictWith(other).isPresent());
        }
        return new Choice(List.copyOf(chosen), open(candidates, chosen, decisions));
    }

    private static boolean beats(Candidate one, Candidate other, List<Decision> decisions) {
        return one.conflictWith(other).isPresent() && decisions.contains(new Decision(one.id(), other.id()));
    }

    private static Set<Conflict> open(List<Candidate> candidates, List<Candidate> chosen, List<Decision> decisions) {
        Set<Conflict> open = new LinkedHashSet<>();
        for (Candidate incoming : candidates) {
            for (Candidate current : candidates) {
                if (!chosen.contains(current)) {
                    continue;
                }
                Optional<Conflict.Type> type = current.conflictWith(incoming);
                if (type.isPresent()
                        && decisions.stream().noneMatch(decision -> decision.isBetween(current.id(), incoming.id()))) {
                    open.add(new Conflict(type.get(), current.id(), incoming.id()));
                }
            }
        }
        return open;
    }

    /** Decisions made one at a time may come to run in a circle: the newest ones stand. */
    private static List<Decision> withoutCircles(List<Decision> decisions, List<Candidate> candidates) {
        Set<String> ids = new LinkedHashSet<>();
        candidates.forEach(candidate -> ids.add(candidate.id()));
        List<Decision> valid = new ArrayList<>();
        for (Decision decision : decisions) {
            if (ids.contains(decision.winnerId())
                    && ids.contains(decision.loserId())
                    && !leads(decision.loserId(), decision.winnerId(), valid)) {
                valid.add(decision);
            }
        }
        return valid;
    }

    private static boolean leads(String from, String to, List<Decision> decisions) {
        return from.equals(to)
                || decisions.stream()
                        .filter(decision -> decision.winnerId().equals(from))
                        .anyMatch(decision -> leads(decision.loserId(), to, decisions));
    }

    /** What an administrator decides who wants the incoming mapping: it wins against everything it is in conflict with. */
    public static List<Decision> inFavourOf(String incomingId, List<Candidate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.id().equals(incomingId))
                .flatMap(incoming -> candidates.stream()
                        .filter(other -> incoming.conflictWith(other).isPresent()))
                .map(other -> new Decision(incomingId, other.id()))
                .distinct()
                .toList();
    }
}
