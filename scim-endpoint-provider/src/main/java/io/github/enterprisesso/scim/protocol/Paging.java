package io.github.enterprisesso.scim.protocol;

import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Which part of a list is asked for: by index (RFC 7644 section 3.4.2.4) or, when there is a cursor, by that
 * (RFC 9865 section 2). When both are given, the cursor counts.
 *
 * @param startIndex 1-based; smaller values mean 1
 * @param count resources per page, 0 for the total alone; by index negative values mean 0, by cursor both are 400
 *     {@code invalidCount}
 * @param cursor null: by index; empty: the first page by cursor
 */
public record Paging(int startIndex, int count, String cursor) {

    /** Okta steps by 100: a page smaller than asked for while more remain would lose users. */
    public static final int DEFAULT_COUNT = 100;

    public static final int MAX_COUNT = 1000;

    public Paging {
        startIndex = Math.max(1, startIndex);
        count = Math.min(MAX_COUNT, Math.max(0, count));
    }

    /** Reads the query parameters; each may be null. */
    public static Paging of(String startIndex, String count, String cursor) {
        return of("startIndex", startIndex, "count", count, cursor);
    }

    /**
     * Reads {@code membersStartIndex}, {@code membersCount} and {@code membersCursor}, which say of the members of a group what
     * those of a list say of it.
     *
     * @return empty when none is given: all members are asked for
     */
    public static Optional<Paging> ofMembers(UnaryOperator<String> parameter) {
        String startIndex = parameter.apply("membersStartIndex");
        String count = parameter.apply("membersCount");
        String cursor = parameter.apply("membersCursor");
        return startIndex == null && count == null && cursor == null
                ? Optional.empty()
                : Optional.of(of("membersStartIndex", startIndex, "membersCount", count, cursor));
    }

    private static Paging of(String indexName, String startIndex, String countName, String count, String cursor) {
        if (cursor == null) {
            return new Paging(
                    number(startIndex, 1, () -> invalid(indexName, startIndex)),
                    number(count, DEFAULT_COUNT, () -> invalid(countName, count)),
                    null);
        }
        int perPage = number(count, DEFAULT_COUNT, () -> ScimException.invalidCount(countName, count, MAX_COUNT));
        if (perPage < 1) {
            throw ScimException.invalidCount(countName, count, MAX_COUNT);
        }
        return new Paging(1, perPage, cursor.trim());
    }

    private static ScimException invalid(String name, String text) {
        return ScimException.invalidValue(name, "'" + text + "' is no integer");
    }

    private static int number(String text, int otherwise, Supplier<ScimException> refusal) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.trim());
            return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
        } catch (NumberFormatException e) {
            throw refusal.get();
        }
    }

    public boolean isByCursor() {
        return cursor != null;
    }

    /** 0-based, for a database. */
    public int offset() {
        return startIndex - 1;
    }
}
