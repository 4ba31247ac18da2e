package io.github.enterprisesso.scim.protocol;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Where clients that go through a list by index have come to, so that their next page begins at a key, which an index of the
 * database finds at once, and not behind rows that must be counted out; and how long a long list was a moment ago. In this
 * node's memory and bounded; what is not remembered is counted.
 */
public final class Walks {

    /** Lists that are remembered; the least used goes first. */
    private static final int LISTS = 100;

    /** Places in a list; the oldest goes first. */
    private static final int PLACES = 500;

    /** A client that goes on is there sooner; for others an index is an index. */
    private static final long PLACE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private static final long TOTAL_NANOS = TimeUnit.SECONDS.toNanos(10);

    /** To count fewer costs nothing worth remembering. */
    private static final long LONG_LIST = 1000;

    /**
     * A place in a list.
     *
     * @param startIndex 1-based index of what follows it
     */
    record Place(int startIndex, Position position) {}

    private record Remembered(Place place, long at) {}

    private static final class Walked {
        private final NavigableMap<Integer, Remembered> places = new TreeMap<>();
        private long total = -1;
        private long countedAt;
    }

    private final Map<String, Walked> lists = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Walked> eldest) {
            return size() > LISTS;
        }
    };
    private final Map<String, Long> changes = new HashMap<>();
    private final LongSupplier nanoTime;

    public Walks() {
        this(System::nanoTime);
    }

    Walks(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** A client has written to the realm: what it lists next must show that. */
    public synchronized void changed(String realmId) {
        changes.put(realmId, now());
    }

    /** What was counted in the last ten seconds, for a client that goes on and needs no more than an idea of the end. */
    synchronized OptionalLong total(String list) {
        Walked walked = lists.get(list);
        return walked == null || walked.total < 0 || now() - walked.countedAt > TOTAL_NANOS
                ? OptionalLong.empty()
                : OptionalLong.of(walked.total);
    }

    /** The same for one that begins: of long lists only, and of none that this node has changed since. */
    synchronized OptionalLong totalOfLong(String realmId, String list) {
        OptionalLong total = total(list);
        boolean outdated = total.isEmpty()
                || total.getAsLong() < LONG_LIST
                || changes.containsKey(realmId) && changes.get(realmId) - lists.get(list).countedAt >= 0;
        return outdated ? OptionalLong.empty() : total;
    }

    long now() {
        return nanoTime.getAsLong();
    }

    synchronized void counted(String list, long total, long at) {
        Walked walked = lists.computeIfAbsent(list, none -> new Walked());
        walked.total = total;
        walked.countedAt = at;
    }

    synchronized void remember(String list, Place place) {
        NavigableMap<Integer, Remembered> places = lists.computeIfAbsent(list, none -> new Walked()).places;
        places.put(place.startIndex(), new Remembered(place, now()));
        if (places.size() > PLACES) {
            places.values().stream()
                    .min(Comparator.comparingLong(Remembered::at))
                    .ifPresent(oldest -> places.remove(oldest.place().startIndex()));
        }
    }

    synchronized Optional<Place> at(String list, int startIndex) {
        return nearest(list, startIndex).filter(place -> place.startIndex() == startIndex);
    }

    /** The last place that is not behind the index. */
    synchronized Optional<Place> nearest(String list, int startIndex) {
        Walked walked = lists.get(list);
        if (walked == null) {
            return Optional.empty();
        }
        long oldest = now() - PLACE_NANOS;
        walked.places.values().removeIf(remembered -> remembered.at() - oldest < 0);
        return Optional.ofNullable(walked.places.floorEntry(startIndex))
                .map(entry -> entry.getValue().place());
    }
}
