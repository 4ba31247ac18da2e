package io.github.enterprisesso.teams.mapping;

import java.util.Optional;

/**
 * What a realm says about everybody.
 *
 * @param defaultExclusiveGroup id of the exclusive group of a provisioned user who is in no other
 * @param defaultTeam id of the team for {@link Unmapped#DEFAULT_TEAM}
 */
public record RealmPolicy(
        RoleLadder ladder, Optional<String> defaultExclusiveGroup, Unmapped unmapped, Optional<String> defaultTeam) {

    /** A ladder, and no default else. */
    public static RealmPolicy of(RoleLadder ladder) {
        return new RealmPolicy(ladder, Optional.empty(), Unmapped.KEEP, Optional.empty());
    }
}
