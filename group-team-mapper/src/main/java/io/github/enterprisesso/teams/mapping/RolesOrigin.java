package io.github.enterprisesso.teams.mapping;

/** Where the roles that a pushed group carries come from. */
public enum RolesOrigin {
    /** The directory pushed them. */
    DIRECTORY,
    /** An administrator wrote them on the group. */
    ADMIN,
    /** The group was deleted and is back; it had carried them. */
    TOMBSTONE
}
