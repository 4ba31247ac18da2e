package io.github.enterprisesso.scim.protocol;

import java.util.function.Supplier;

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
        if (cursor == null) {
            return new Paging(
                    number(startIndex, 1, () -> invalid("startIndex", startIndex)),
                    number(count, DEFAULT_COUNT, () -> invalid("count", count)),
                    null);
        }
        int perPage = number(count, DEFAULT_COUNT, () -> ScimException.invalidCount(count, MAX_COUNT));
        if (perPage < 1) {
            throw ScimException.invalidCount(count, MAX_COUNT);
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
