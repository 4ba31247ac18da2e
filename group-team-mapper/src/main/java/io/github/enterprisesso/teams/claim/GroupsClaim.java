package io.github.enterprisesso.teams.claim;

import java.util.List;

/** What one login says about the groups of a person. */
public sealed interface GroupsClaim {

    /**
     * The groups he is in, each once, in the order of the claim; none when the claim is there and empty.
     *
     * @param values names or ids, as the provider writes them
     */
    record Named(List<String> values) implements GroupsClaim {}

    /** Nothing that could be believed: whatever he has stays. */
    record Unclear(Why why) implements GroupsClaim {}

    /** Why a claim says nothing. */
    enum Why {
        /** The provider sent no such claim. */
        MISSING,
        /** The provider says that there are too many groups to send: {@code _claim_names}, {@code hasgroups}, {@code groups.link}. */
        OVERAGE,
        /** There is a value, and it is neither text nor a list of texts. */
        UNREADABLE
    }
}
