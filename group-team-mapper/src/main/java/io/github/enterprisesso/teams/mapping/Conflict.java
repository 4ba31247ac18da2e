package io.github.enterprisesso.teams.mapping;

/**
 * Two mappings want a place of which a user has one.
 *
 * @param currentId the mapping whose target the user has
 * @param incomingId the mapping that waits
 */
public record Conflict(Type type, String currentId, String incomingId) {

    /** What cannot be had twice. */
    public enum Type {
        EXCLUSIVE_GROUP,
        ORGANIZATION,
        /** An organization from one group, a team or exclusive group from another. */
        CROSS_TYPE
    }
}
