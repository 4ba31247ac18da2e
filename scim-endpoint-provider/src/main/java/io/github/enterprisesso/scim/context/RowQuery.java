package io.github.enterprisesso.scim.context;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.protocol.ResourceQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Resources of one type, each made from a row and what else the rows of a page need together. */
public final class RowQuery implements ResourceQuery {

    private final String resourceType;
    private final LongSupplier count;
    private final OrderedRows rows;
    private final Function<List<Object[]>, List<ObjectNode>> resources;
    private OptionalLong total = OptionalLong.empty();

    /** @param resources one for each row of a page, in their order */
    public RowQuery(
            String resourceType,
            LongSupplier count,
            OrderedRows rows,
            Function<List<Object[]>, List<ObjectNode>> resources) {
        this.resourceType = resourceType;
        this.count = count;
        this.rows = rows;
        this.resources = resources;
    }

    @Override
    public String resourceType() {
        return resourceType;
    }

    @Override
    public long total() {
        return total.isPresent() ? total.getAsLong() : count.getAsLong();
    }

    @Override
    public Stretch from(int offset, int max) {
        List<Object[]> read = rows.from(offset, max + 1);
        total = rows.total(read);
        return stretch(read, max, false);
    }

    @Override
    public Stretch beyond(List<Object> key, boolean backwards, int max) {
        return stretch(rows.beyond(key, backwards, max + 1), max, backwards);
    }

    @Override
    public boolean hasOneRange() {
        return rows.hasOneRange();
    }

    @Override
    public Stretch behind(List<Object> key, int skipped, int max) {
        return stretch(rows.behind(key, skipped, max + 1), max, false);
    }

    /** The row too many tells that there is more, and nothing else is read for it. */
    private Stretch stretch(List<Object[]> read, int max, boolean backwards) {
        List<Object[]> page = new ArrayList<>(read.subList(0, Math.min(max, read.size())));
        if (backwards) {
            Collections.reverse(page);
        }
        List<ObjectNode> json = page.isEmpty() ? List.of() : resources.apply(page);
        List<Found> found = new ArrayList<>();
        for (int i = 0; i < page.size(); i++) {
            found.add(new Found(rows.key(page.get(i)), json.get(i)));
        }
        return new Stretch(found, read.size() > max);
    }
}
