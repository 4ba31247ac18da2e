package io.github.enterprisesso.teams.sync;

import java.util.Optional;

/**
 * Why users are reconciled.
 *
 * @param leavingGroup id of a group that counts no more, neither as pushed nor as target, though its rows are still there
 * @param joinedByHand id of an exclusive group that somebody has just put the one user into
 * @param person whether a directory pushed the one user himself: without group and role he has the default role
 * @param push whether a directory caused it, so that the brake applies
 */
record Occasion(Optional<String> leavingGroup, Optional<String> joinedByHand, boolean person, boolean push) {

    /** Something changed, or an administrator asks. */
    static final Occasion ANY = new Occasion(Optional.empty(), Optional.empty(), false, false);

    /** A directory changed a group's members. */
    static final Occasion PUSH = new Occasion(Optional.empty(), Optional.empty(), false, true);

    /** A directory made or updated a user. */
    static final Occasion PERSON = new Occasion(Optional.empty(), Optional.empty(), true, false);

    static Occasion leaving(String groupId) {
        return new Occasion(Optional.of(groupId), Optional.empty(), false, true);
    }

    /** The same, with the brake asked before. */
    static Occasion left(String groupId) {
        return new Occasion(Optional.of(groupId), Optional.empty(), false, false);
    }

    /** A target is about to go, or is gone; who is in it still is no member any more. */
    static Occasion removed(String targetId) {
        return new Occasion(Optional.of(targetId), Optional.empty(), false, false);
    }

    static Occasion byHand(String exclusiveGroupId) {
        return new Occasion(Optional.empty(), Optional.of(exclusiveGroupId), false, false);
    }
}
