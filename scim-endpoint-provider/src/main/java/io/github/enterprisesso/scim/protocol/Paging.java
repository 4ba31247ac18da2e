package io.github.enterprisesso.scim.protocol;

/**
 * Index paging of RFC 7644 section 3.4.2.4.
 *
 * @param startIndex 1-based; smaller values mean 1
 * @param count resources per page, 0 for the total alone; negative values mean 0
 */
public record Paging(int startIndex, int count) {

    /** Okta steps by 100: a page smaller than asked for while more remain would lose users. */
    public static final int DEFAULT_COUNT = 100;

    public static final int MAX_COUNT = 1000;

    public Paging {
        startIndex = Math.max(1, startIndex);
        count = Math.min(MAX_COUNT, Math.max(0, count));
    }

    /** Reads the two query parameters; either may be null. */
    public static Paging of(String startIndex, String count) {
        return new Paging(number("startIndex", startIndex, 1), number("count", count, DEFAULT_COUNT));
    }

    private static int number(String name, String text, int otherwise) {
        if (text == null || text.isBlank()) {
            return otherwise;
        }
        try {
            long value = Long.parseLong(text.trim());
            return (int) Math.max(Integer.MIN_VALUE, Math.min(Integer.MAX_VALUE, value));
        } catch (NumberFormatException e) {
            throw ScimException.invalidValue(name, "'" + text + "' is no integer");
        }
    }

    /** 0-based, for a database. */
    public int offset() {
        return startIndex - 1;
    }
}
