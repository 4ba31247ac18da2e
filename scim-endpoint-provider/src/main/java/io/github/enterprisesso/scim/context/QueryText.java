package io.github.enterprisesso.scim.context;

import io.github.enterprisesso.scim.schema.Condition;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The {@code from … where …} of a set-based read, growing by conditions, each with its parameter. */
public final class QueryText {

    private final String from;
    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new LinkedHashMap<>();

    public QueryText(String from) {
        this.from = from;
    }

    public QueryText where(String condition) {
        conditions.add(condition);
        return this;
    }

    /** {@code where("u.id = %s", id)}: the value becomes a parameter of its own. */
    public QueryText where(String condition, Object value) {
        String name = "p" + parameters.size();
        parameters.put(name, value);
        conditions.add(condition.replace("%s", ":" + name));
        return this;
    }

    public QueryText where(Condition condition) {
        conditions.add(condition.text());
        parameters.putAll(condition.parameters());
        return this;
    }

    public QueryText with(String parameter, Object value) {
        parameters.put(parameter, value);
        return this;
    }

    /** What this query finds, and besides what meets that condition, which may look at another table. */
    public QueryText or(String join, String condition) {
        QueryText wider = new QueryText(from + " " + join);
        wider.conditions.add("(" + condition + " or " + String.join(" and ", conditions) + ")");
        wider.parameters.putAll(parameters);
        return wider;
    }

    /** This query with one more condition; this one stays as it is. */
    QueryText and(Condition condition) {
        QueryText narrower = new QueryText(from);
        narrower.conditions.addAll(conditions);
        narrower.parameters.putAll(parameters);
        return narrower.where(condition);
    }

    public long count(EntityManager em, String what) {
        return query(em, "select count(" + what + ")", "", Long.class).getSingleResult();
    }

    public <T> TypedQuery<T> query(EntityManager em, String select, String order, Class<T> type) {
        TypedQuery<T> query = em.createQuery(text(select) + " " + order, type);
        parameters.forEach(query::setParameter);
        return query;
    }

    /** What either finds; a parameter of both has one value. */
    public <T> TypedQuery<T> unionAll(
            EntityManager em, String select, QueryText other, String otherSelect, Class<T> type) {
        TypedQuery<T> query = em.createQuery(text(select) + " union all " + other.text(otherSelect), type);
        parameters.forEach(query::setParameter);
        other.parameters.forEach(query::setParameter);
        return query;
    }

    private String text(String select) {
        return select + " " + from + " where " + String.join(" and ", conditions);
    }
}
