package io.github.enterprisesso.teams.mapping;

import java.util.Optional;

/**
 * Why somebody has something.
 *
 * @param groupId the group, for {@link Origin#GROUP} and {@link Origin#CLAIM}
 * @param mappingId the mapping that led from the group to the target; roles have none
 */
public record Provenance(Origin origin, Optional<String> groupId, Optional<String> mappingId) {

    /** The kinds of source. */
    public enum Origin {
        /** A pushed group. */
        GROUP,
        /** A group that the identity provider named at the last login. */
        CLAIM,
        /** The user's own attribute: his role, or his exclusive group. */
        USER_ATTRIBUTE,
        /** The realm's default, as no source says anything. */
        DEFAULT,
        /** The realm's answer to a user whose last mapped group is gone. */
        UNMAPPED,
        /** Kept, as nobody else would hold the top of the ladder. */
        LAST_ADMINISTRATOR,
        /** An administrator did it in Keycloak. Never on record. */
        BY_HAND
    }

    static Provenance group(Source source) {
        return new Provenance(source.origin(), Optional.of(source.groupId()), Optional.empty());
    }

    static Provenance mapping(Mapping mapping) {
        return mapping(Origin.GROUP, mapping);
    }

    static Provenance mapping(Origin origin, Mapping mapping) {
        return new Provenance(origin, Optional.of(mapping.groupId()), Optional.of(mapping.id()));
    }

    public static Provenance of(Origin origin) {
        return new Provenance(origin, Optional.empty(), Optional.empty());
    }
}
