package io.github.enterprisesso.teams.reconcile;

import java.util.Collection;
import java.util.List;

/**
 * Some of many users, in the order of their ids: who was looked at stays looked at, wherever it is interrupted.
 *
 * @param userIds who is to be looked at now
 * @param done how many are behind when these are
 * @param total how many there are
 */
public record Part(List<String> userIds, int done, int total) {

    /**
     * @param after id of the user after whom to begin; null for the beginning
     * @param max how many; negative for all
     */
    public static Part of(Collection<String> all, String after, int max) {
        List<String> sorted = all.stream().distinct().sorted().toList();
        int from = after == null
                ? 0
                : (int) sorted.stream().filter(id -> id.compareTo(after) <= 0).count();
        int to = max < 0 ? sorted.size() : (int) Math.min((long) from + max, sorted.size());
        return new Part(sorted.subList(from, to), to, sorted.size());
    }

    public int remaining() {
        return total - done;
    }

    /** Where the next part begins; null when nothing remains. */
    public String next(String after) {
        if (remaining() == 0) {
            return null;
        }
        return userIds.isEmpty() ? after : userIds.get(userIds.size() - 1);
    }
}
