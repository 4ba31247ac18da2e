package io.github.enterprisesso.teams.claim;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

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

    /**
     * What several mappers of one provider read at one login, taken together: all that they name. While one of them says nothing
     * that could be believed, nobody knows what would have to go, and nothing changes.
     */
    static GroupsClaim union(List<GroupsClaim> claims) {
        Set<String> values = new LinkedHashSet<>();
        for (GroupsClaim claim : claims) {
            if (claim instanceof Unclear) {
                return claim;
            }
            values.addAll(((Named) claim).values());
        }
        return new Named(List.copyOf(values));
    }

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
