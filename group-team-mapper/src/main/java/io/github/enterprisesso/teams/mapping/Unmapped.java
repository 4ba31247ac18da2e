package io.github.enterprisesso.teams.mapping;

/** What becomes of a user whose last mapped group is gone. */
public enum Unmapped {
    /** He keeps his account. */
    KEEP,
    /** He joins the realm's default team. */
    DEFAULT_TEAM,
    /** He may not log in until an administrator gives him something. */
    PENDING,
    /** He is disabled, and enabled again when a mapped group comes back. */
    DISABLE
}
