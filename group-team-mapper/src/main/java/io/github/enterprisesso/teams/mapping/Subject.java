package io.github.enterprisesso.teams.mapping;

import java.util.List;
import java.util.Optional;

/** A user as the mapper sees him: the role he carries himself, and the pushed groups he is in. */
public record Subject(Optional<String> ownRole, List<Source> sources) {

    /** Nobody pushed him anywhere and nobody gave him a role to carry: none of the mapper's business. */
    public boolean provisioned() {
        return ownRole.isPresent() || !sources.isEmpty();
    }
}
