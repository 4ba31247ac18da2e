package io.github.enterprisesso.localrun;

import java.math.BigInteger;
import java.security.SecureRandom;

/** Secrets of this machine's demo, made when they are first needed. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String READABLE = "abcdefghjkmnpqrstuvwxyz23456789";

    private Secrets() {}

    /** 160 random bits, in base 36. */
    static String opaque() {
        return new BigInteger(160, RANDOM).toString(36);
    }

    /** Something a person can type: three groups of four letters and digits without look-alikes, 59 random bits. */
    static String typeable() {
        return letters(4) + "-" + letters(4) + "-" + letters(4);
    }

    /** Like the one that Okta sends with every new user. */
    static String dummyPassword() {
        return letters(8);
    }

    private static String letters(int count) {
        StringBuilder letters = new StringBuilder();
        RANDOM.ints(count, 0, READABLE.length()).mapToObj(READABLE::charAt).forEach(letters::append);
        return letters.toString();
    }
}
