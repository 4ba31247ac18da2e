package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.protocol.ResourceQuery.Found;
import io.github.enterprisesso.scim.protocol.ResourceQuery.Stretch;
import io.github.enterprisesso.scim.protocol.Walks.Place;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** Cuts pages, by index and by cursor, out of a list that is made of the resources of one type or, one after another, of several. */
public final class Pager {

    private final String realmId;
    private final String list;
    private final List<ResourceQuery> queries;
    private final Supplier<Cursors> cursors;
    private final Walks walks;
    private final Map<ResourceQuery, Long> totals = new HashMap<>();
    private final List<Found> found = new ArrayList<>();
    private final List<Position> positions = new ArrayList<>();
    private boolean more;

    /**
     * @param list what is listed for whom, with which filter, in which order
     * @param queries the types, in the order of the list
     * @param cursors asked only when the list is paged by cursor
     */
    public Pager(String realmId, String list, List<ResourceQuery> queries, Supplier<Cursors> cursors, Walks walks) {
        this.realmId = realmId;
        this.list = list;
        this.queries = queries;
        this.cursors = cursors;
        this.walks = walks;
    }

    public ListResponse page(Paging paging) {
        return paging.isByCursor() ? byCursor(paging) : byIndex(paging);
    }

    private ListResponse byCursor(Paging paging) {
        Cursors codec = cursors.get();
        Cursor cursor = paging.cursor().isEmpty() ? null : codec.read(paging.cursor());
        boolean backwards = cursor != null && cursor.backwards();
        read(cursor == null ? null : cursor.position(), backwards, paging.count());
        if (backwards && found.isEmpty()) {
            // Those before are gone by now: what is left begins with the first page.
            return byCursor(new Paging(1, paging.count(), ""));
        }
        long total = cursor != null ? cursor.total() : more ? total() : found.size();
        boolean next = !found.isEmpty() && (backwards || more);
        boolean previous = !found.isEmpty() && (backwards ? more : cursor != null);
        return new ListResponse(
                total,
                null,
                resources(),
                next ? codec.write(new Cursor(positions.get(positions.size() - 1), false, total)) : null,
                previous ? codec.write(new Cursor(positions.get(0), true, total)) : null);
    }

    private ListResponse byIndex(Paging paging) {
        int count = paging.count();
        boolean exact = count > 0 && !readAt(paging.offset(), count);
        long total;
        if (more) {
            // It tells no client to stop too early: when no more is found, the total is counted anew.
            OptionalLong known = paging.offset() == 0 ? walks.totalOfLong(realmId, list) : walks.total(list);
            total = Math.max(known.orElseGet(this::count), paging.offset() + (long) count + 1);
        } else if (exact && (paging.offset() == 0 || !found.isEmpty())) {
            total = paging.offset() + (long) found.size();
        } else {
            // The end of a walk is where it was expected, or it is counted anew.
            long end = paging.offset() + (long) found.size();
            total = count > 0 && walks.total(list).equals(OptionalLong.of(end)) ? end : count();
        }
        if (more && found.size() == count) {
            walks.remember(list, new Place(paging.startIndex() + count, positions.get(positions.size() - 1)));
        }
        return new ListResponse(total, paging.startIndex(), resources());
    }

    private long count() {
        // Before it is counted: what is written meanwhile counts as later.
        long now = walks.now();
        long total = total();
        walks.counted(list, total, now);
        return total;
    }

    /** Whether it begins at a place that is remembered, which the list may have moved away from. */
    private boolean readAt(int offset, int max) {
        int startIndex = offset + 1;
        boolean one = queries.size() == 1;
        Optional<Place> known = offset == 0
                ? Optional.empty()
                : one && queries.get(0).hasOneRange() ? walks.nearest(list, startIndex) : walks.at(list, startIndex);
        if (known.isEmpty()) {
            if (one && offset > 0) {
                skipTo(offset, max);
            } else {
                skip(offset, max);
            }
            return false;
        }
        Place place = known.get();
        if (place.startIndex() == startIndex) {
            read(place.position(), false, max);
        } else {
            ResourceQuery query = queries.get(0);
            int skipped = startIndex - place.startIndex() - 1;
            takeBehind(startIndex, query, query.behind(place.position().key(), skipped, max + 1));
        }
        return true;
    }

    /** Counts rows out. */
    private void skipTo(int offset, int max) {
        ResourceQuery query = queries.get(0);
        takeBehind(offset + 1, query, query.from(offset - 1, max + 1));
    }

    /**
     * Remembers the place that counting rows out has led to.
     *
     * @param stretch begins with the one row before the index
     */
    private void takeBehind(int startIndex, ResourceQuery query, Stretch stretch) {
        take(query, stretch, false);
        if (!found.isEmpty()) {
            found.remove(0);
            walks.remember(list, new Place(startIndex, positions.remove(0)));
        }
    }

    private void read(Position from, boolean backwards, int max) {
        List<ResourceQuery> ahead = new ArrayList<>(queries);
        if (backwards) {
            Collections.reverse(ahead);
        }
        List<Object> key = from == null ? List.of() : from.key();
        boolean reached = from == null;
        for (ResourceQuery query : ahead) {
            reached = reached || query.resourceType().equals(from.resourceType());
            if (reached && !more) {
                take(query, query.beyond(key, backwards, max - found.size()), backwards);
                key = List.of();
            }
        }
    }

    private void skip(int offset, int max) {
        int left = offset;
        for (ResourceQuery query : queries) {
            if (more) {
                return;
            }
            Stretch stretch = query.from(left, max - found.size());
            take(query, stretch, false);
            if (!stretch.found().isEmpty() || more) {
                left = 0;
            } else if (left > 0 && queries.size() > 1) {
                left = (int) Math.max(0, left - total(query));
            }
        }
    }

    private void take(ResourceQuery query, Stretch stretch, boolean inFront) {
        found.addAll(inFront ? 0 : found.size(), stretch.found());
        List<Position> places = stretch.found().stream()
                .map(one -> new Position(query.resourceType(), one.key()))
                .toList();
        positions.addAll(inFront ? 0 : positions.size(), places);
        more = stretch.more();
    }

    private long total() {
        return queries.stream().mapToLong(this::total).sum();
    }

    private long total(ResourceQuery query) {
        return totals.computeIfAbsent(query, ResourceQuery::total);
    }

    private List<ObjectNode> resources() {
        return found.stream().map(Found::resource).toList();
    }
}
