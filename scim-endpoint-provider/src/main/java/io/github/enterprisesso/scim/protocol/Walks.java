package io.github.enterprisesso.scim.protocol;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where clients that go through a list by index have come to, so that their next page begins at a key, which an index of the
 * database finds at once, and not behind rows that must be counted out. In this node's memory and bounded; a page
 * that is not remembered is counted out.
 */
public final class Walks {

    /** Pages that are remembered; the least used goes first. */
    private static final int MOST = 1000;

    /** A client that goes on is there sooner; for others an index is an index. */
    private static final long REMEMBERED_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long TOTAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /**
     * What the page before has left.
     *
     * @param total of all pages
     * @param countedAt by {@link #now()}
     */
    record Step(Position position, long total, long countedAt) {}

    private record Remembered(Step step, long at) {}

    private final Map<String, Remembered> steps = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
            return size() > MOST;
        }
    };
    private final LongSupplier nanoTime;

    public Walks() {
        this(System::nanoTime);
    }

    Walks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    boolean isFresh(Step step) {
        return now() - step.countedAt() <= TOTAL_NANOS;
    }

    synchronized void remember(String list, int startIndex, Step step) {
        steps.put(key(list, startIndex), new Remembered(step, now()));
    }

    synchronized Optional<Step> at(String list, int startIndex) {
        Remembered remembered = steps.get(key(list, startIndex));
        return remembered == null || now() - remembered.at() > REMEMBERED_NANOS
                ? Optional.empty()
                : Optional.of(remembered.step());
    }

    private static String key(String list, int startIndex) {
        return startIndex + " " + list;
    }
}
