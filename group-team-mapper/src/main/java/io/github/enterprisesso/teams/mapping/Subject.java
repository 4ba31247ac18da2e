package io.github.enterprisesso.teams.mapping;

import java.util.List;
import java.util.Optional;

/**
 * A user as the mapper sees him.
 *
 * @param ownRole the role he carries himself
 * @param sources the pushed groups he is in
 * @param pushed whether a directory has just pushed the user himself
 */
public record Subject(Optional<String> ownRole, List<Source> sources, boolean pushed) {

    public Subject(Optional<String> ownRole, List<Source> sources) {
        this(ownRole, sources, false);
    }

    /** Else nobody pushed him, or gave him a role to carry: none of the mapper's business. */
    public boolean provisioned() {
        return pushed || ownRole.isPresent() || !sources.isEmpty();
    }
}
