package io.github.enterprisesso.scim.context;

import io.github.enterprisesso.scim.schema.Condition;
import io.github.enterprisesso.scim.schema.Order;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;

/** The rows of a query in an order: from an index on, or from a key on, which costs the same at any depth. */
public final class OrderedRows {

    private final EntityManager em;
    private final QueryText query;
    private final String select;
    private final String total;
    private final int width;
    private final Order order;

    /** @param select without the key of the order, which follows in each row */
    public OrderedRows(EntityManager em, QueryText query, List<String> select, Order order) {
        this(em, query, select, order, "");
    }

    /**
     * The same rows, which say how many there are of all. For what is sorted for each page anyway: where an index has the order,
     * a page without it ends with its last row.
     */
    public static OrderedRows counted(EntityManager em, QueryText query, List<String> select, Order order) {
        return new OrderedRows(em, query, select, order, ", count(*) over ()");
    }

    private OrderedRows(EntityManager em, QueryText query, List<String> select, Order order, String total) {
        this.em = em;
        this.query = query;
        this.select = "select " + String.join(", ", select) + ", " + order.select();
        this.total = total;
        this.width = select.size();
        this.order = order;
    }

    public List<Object[]> from(int offset, int max) {
        return query.query(em, select + total, order.text(false), Object[].class)
                .setFirstResult(offset)
                .setMaxResults(max)
                .getResultList();
    }

    /** What the rows that {@link #from} has read say; empty when they say nothing, or there are none. */
    OptionalLong total(List<Object[]> rows) {
        return total.isEmpty() || rows.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of((Long) rows.get(0)[rows.get(0).length - 1]);
    }

    /** Nearest first, so backwards in the other order than {@link #from}. */
    public List<Object[]> beyond(List<Object> key, boolean backwards, int max) {
        List<Object[]> rows = new ArrayList<>();
        List<Condition> ranges = key.isEmpty() ? Collections.singletonList(null) : order.beyond(key, backwards);
        for (Condition range : ranges) {
            if (rows.size() < max) {
                QueryText ranged = range == null ? query : query.and(range);
                rows.addAll(ranged.query(em, select, order.text(backwards), Object[].class)
                        .setMaxResults(max - rows.size())
                        .getResultList());
            }
        }
        return rows;
    }

    boolean hasOneRange() {
        return !order.isNullable();
    }

    List<Object[]> behind(List<Object> key, int skipped, int max) {
        return query.and(order.beyond(key, false).get(0))
                .query(em, select, order.text(false), Object[].class)
                .setFirstResult(skipped)
                .setMaxResults(max)
                .getResultList();
    }

    /** What the order goes by in the row. */
    public List<Object> key(Object[] row) {
        List<Object> key = new ArrayList<>();
        for (int i = width; i < width + order.size(); i++) {
            key.add(row[i]);
        }
        return key;
    }
}
