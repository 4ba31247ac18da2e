package io.github.enterprisesso.teams.mapping;

import java.util.Optional;

/**
 * Why somebody has something.
 *
 * @param groupId the pushed group, for {@link Origin#GROUP}
 * @param mappingId the mapping that led from the group to the team; roles have none
 */
public record Provenance(Origin origin, Optional<String> groupId, Optional<String> mappingId) {

    /** The kinds of source; login claims will be one more. */
    public enum Origin {
        /** A pushed group. */
        GROUP,
        /** The user's own role attribute. */
        USER_ATTRIBUTE,
        /** The ladder's default, as no source carries a role. */
        DEFAULT,
        /** Kept, as nobody else would hold the top of the ladder. */
        LAST_ADMINISTRATOR
    }

    static Provenance group(Source source) {
        return new Provenance(Origin.GROUP, Optional.of(source.groupId()), Optional.empty());
    }

    static Provenance mapping(Mapping mapping) {
        return new Provenance(Origin.GROUP, Optional.of(mapping.groupId()), Optional.of(mapping.id()));
    }

    public static Provenance of(Origin origin) {
        return new Provenance(origin, Optional.empty(), Optional.empty());
    }
}
