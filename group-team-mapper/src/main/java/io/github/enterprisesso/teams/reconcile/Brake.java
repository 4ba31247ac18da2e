package io.github.enterprisesso.teams.reconcile;

/**
 * Stops a push that takes too much: more than a part of a target's members, the last of them, or an administrator.
 *
 * @param percent of the members that one push may take
 */
public record Brake(int percent) {

    /**
     * Whether it stops what would be taken from one target through one mapping.
     *
     * @param members who have the target before the push
     * @param leaving how many of them would leave
     * @param administrators how many of those who would leave are administrators
     */
    public boolean stops(long members, int leaving, int administrators) {
        return leaving > 0 && (leaving >= members || leaving * 100L > percent * members || administrators > 0);
    }
}
