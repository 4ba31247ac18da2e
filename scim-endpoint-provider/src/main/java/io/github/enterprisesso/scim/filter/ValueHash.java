package io.github.enterprisesso.scim.filter;

/** What an equal value is looked up by: values are too long for the index of some databases. FNV-1a, 64 bits. */
public final class ValueHash {

    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private ValueHash() {}

    /** @param lowerCase the value in lower case */
    public static long of(String lowerCase) {
        long hash = OFFSET;
        for (int i = 0; i < lowerCase.length(); i++) {
            hash = (hash ^ lowerCase.charAt(i)) * PRIME;
        }
        return hash;
    }
}
