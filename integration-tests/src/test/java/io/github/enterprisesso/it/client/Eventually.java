package io.github.enterprisesso.it.client;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the server does after its answer. Each look is a request, which is pause enough. */
public final class Eventually {

    /** Far longer than anything here takes, so that a slow machine fails no test. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private Eventually() {}

    /** Looks until what it sees is as expected, and answers that. */
    public static <T> T get(String what, Supplier<T> look, Predicate<T> expected) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        T seen = look.get();
        while (!expected.test(seen)) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + PATIENCE + ": " + what + ", but " + seen);
            }
            seen = look.get();
        }
        return seen;
    }

    /** Looks until it is so. */
    public static void is(String what, BooleanSupplier condition) {
        get(what, condition::getAsBoolean, Boolean::booleanValue);
    }
}
