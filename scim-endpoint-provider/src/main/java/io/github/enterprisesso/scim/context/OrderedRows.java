package io.github.enterprisesso.scim.context;

import io.github.enterprisesso.scim.schema.Condition;
import io.github.enterprisesso.scim.schema.Order;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The rows of a query in an order: from an index on, or from a key on, which costs the same at any depth. */
public final class OrderedRows {

    private final EntityManager em;
    private final QueryText query;
    private final String select;
    private final int width;
    private final Order order;

    /** @param select without the key of the order, which follows in each row */
    public OrderedRows(EntityManager em, QueryText query, List<String> select, Order order) {
        this.em = em;
        this.query = query;
        this.select = "select " + String.join(", ", select) + ", " + order.select();
        this.width = select.size();
        this.order = order;
    }

    public List<Object[]> from(int offset, int max) {
        return query.query(em, select, order.text(false), Object[].class)
                .setFirstResult(offset)
                .setMaxResults(max)
                .getResultList();
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
        for (int i = width; i < row.length; i++) {
            key.add(row[i]);
        }
        return key;
    }
}
