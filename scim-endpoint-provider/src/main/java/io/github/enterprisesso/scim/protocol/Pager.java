package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.protocol.ResourceQuery.Found;
import io.github.enterprisesso.scim.protocol.ResourceQuery.Stretch;
import io.github.enterprisesso.scim.protocol.Walks.Step;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Cuts pages, by index and by cursor, out of a list that is made of the resources of one type or, one after another, of several. */
public final class Pager {

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
    public Pager(String list, List<ResourceQuery> queries, Supplier<Cursors> cursors, Walks walks) {
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
        Optional<Step> step =
                count == 0 || paging.offset() == 0 ? Optional.empty() : walks.at(list, paging.startIndex());
        if (step.isPresent()) {
            read(step.get().position(), false, count);
        } else if (count > 0) {
            skip(paging.offset(), count);
        }
        long countedAt = walks.now();
        long total;
        if (step.isPresent() && more && walks.isFresh(step.get())) {
            // It tells no client to stop too early: when no more is found, the total is counted anew.
            total = Math.max(step.get().total(), paging.offset() + (long) count + 1);
            countedAt = step.get().countedAt();
        } else if (step.isEmpty() && count > 0 && !more && (paging.offset() == 0 || !found.isEmpty())) {
            total = paging.offset() + (long) found.size();
        } else {
            total = total();
        }
        if (more && found.size() == count) {
            walks.remember(
                    list, paging.startIndex() + count, new Step(positions.get(positions.size() - 1), total, countedAt));
        }
        return new ListResponse(total, paging.startIndex(), resources());
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
