package io.github.enterprisesso.teams.admin;

/** Bounds for pages of a list. */
final class Paging {

    private static final int MOST = 1000;

    private Paging() {}

    static int from(int first) {
        return Math.max(first, 0);
    }

    static int atMost(int max) {
        return max < 0 ? MOST : Math.min(max, MOST);
    }
}
