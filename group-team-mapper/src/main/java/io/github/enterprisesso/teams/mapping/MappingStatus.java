package io.github.enterprisesso.teams.mapping;

/** Where a mapping stands; only the approved ones give anybody anything. */
public enum MappingStatus {
    /** Waits for an administrator. */
    PENDING,
    /** An administrator said yes. */
    APPROVED,
    /** A rule said yes. */
    AUTO_APPROVED,
    /** An administrator said no. */
    REJECTED;

    public boolean syncs() {
        return this == APPROVED || this == AUTO_APPROVED;
    }
}
