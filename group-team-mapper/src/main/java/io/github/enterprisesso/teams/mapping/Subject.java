package io.github.enterprisesso.teams.mapping;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A user as the mapper sees him.
 *
 * @param ownRole the role he carries himself
 * @param ownExclusiveGroup id of the exclusive group that his own attribute names
 * @param sources the groups he is in
 * @param decisions administrators' words on his conflicts, newest first
 * @param braked ids of mappings that take nothing from anybody until an administrator decides
 * @param pushed whether a directory has just pushed the user himself
 * @param enabled whether he can log in; who cannot is in no team, and what he was given stays on record
 * @param exempt whether he is out of reach of what the realm does to users without a mapped group
 */
public record Subject(
        Optional<String> ownRole,
        Optional<String> ownExclusiveGroup,
        List<Source> sources,
        List<Decision> decisions,
        Set<String> braked,
        boolean pushed,
        boolean enabled,
        boolean exempt) {

    public Subject(Optional<String> ownRole, List<Source> sources) {
        this(ownRole, Optional.empty(), sources, List.of(), Set.of(), false, true, false);
    }

    public Subject withOwnExclusiveGroup(Optional<String> groupId) {
        return new Subject(ownRole, groupId, sources, decisions, braked, pushed, enabled, exempt);
    }

    public Subject withSources(List<Source> others) {
        return new Subject(ownRole, ownExclusiveGroup, others, decisions, braked, pushed, enabled, exempt);
    }

    public Subject withDecisions(List<Decision> words) {
        return new Subject(ownRole, ownExclusiveGroup, sources, words, braked, pushed, enabled, exempt);
    }

    public Subject withBraked(Set<String> mappings) {
        return new Subject(ownRole, ownExclusiveGroup, sources, decisions, mappings, pushed, enabled, exempt);
    }

    public Subject withPushed(boolean justNow) {
        return new Subject(ownRole, ownExclusiveGroup, sources, decisions, braked, justNow, enabled, exempt);
    }

    public Subject withEnabled(boolean state) {
        return new Subject(ownRole, ownExclusiveGroup, sources, decisions, braked, pushed, state, exempt);
    }

    public Subject withExempt(boolean state) {
        return new Subject(ownRole, ownExclusiveGroup, sources, decisions, braked, pushed, enabled, state);
    }

    /** Else nobody pushed him, or gave him something to carry: none of the mapper's business. */
    public boolean provisioned() {
        return pushed || ownRole.isPresent() || ownExclusiveGroup.isPresent() || !sources.isEmpty();
    }
}
