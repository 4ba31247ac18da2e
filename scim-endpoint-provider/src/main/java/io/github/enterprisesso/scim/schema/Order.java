package io.github.enterprisesso.scim.schema;

import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Sorting;
import io.github.enterprisesso.scim.schema.Attribute.Type;
import io.github.enterprisesso.scim.schema.Home.Column;
import io.github.enterprisesso.scim.schema.Home.Rows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Compiles {@code sortBy} (RFC 7644 section 3.4.2.3) into an order of the rows {@code u} of users or {@code g} of groups. Of
 * several values the first counts; who has none comes last, and first in descending order. It is total: by its key a row
 * is found again, and those beyond it are ranges, which an index serves where there is one.
 */
public final class Order {

    /**
     * @param nullable whether a row may have none; it is the greatest, then
     * @param same columns that have the same value in every row
     */
    private record Key(String expression, boolean nullable, boolean descending, List<String> same) {

        Key(String expression, boolean nullable, boolean descending) {
            this(expression, nullable, descending, List.of());
        }

        String compared(String sign, String parameter) {
            return Stream.concat(Stream.of(expression), same.stream())
                    .map(column -> column + sign + parameter)
                    .collect(Collectors.joining(" and "));
        }
    }

    private final List<Key> keys;

    private Order(List<Key> keys) {
        this.keys = keys;
    }

    /**
     * @param others of the resource types in the same list: an attribute that one of them has and this has not is one without
     *     a value
     * @param otherwise the columns that order the rest, never null and unique together: {@code u.username}
     */
    public static Order by(Sorting sorting, Catalogue catalogue, List<Catalogue> others, List<String> otherwise) {
        List<Key> keys = new ArrayList<>();
        String first = sorting.by() == null ? null : key(sorting, catalogue, others);
        boolean own = first == null || first.equals(otherwise.get(0));
        if (!own) {
            keys.add(new Key(first, true, sorting.descending()));
        }
        for (String column : otherwise) {
            keys.add(new Key(column, false, own && keys.isEmpty() && sorting.descending()));
        }
        return new Order(keys);
    }

    /**
     * By a column that is unique and never null.
     *
     * @param same in a table that is joined by it. A range is said of both: no database concludes the one from the other, and it
     *     would read the other from its beginning
     */
    public static Order by(String column, String same) {
        return new Order(List.of(new Key(column, false, false, List.of(same))));
    }

    /** Whether rows may lack what the order goes by first: they are a range of their own in {@link #beyond}. */
    public boolean isNullable() {
        return keys.get(0).nullable();
    }

    /** How many keys there are. */
    public int size() {
        return keys.size();
    }

    /** The keys, each with the name by which {@link #text} knows it. */
    public String select() {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> keys.get(i).expression() + " as k" + i)
                .collect(Collectors.joining(", "));
    }

    public String text(boolean backwards) {
        return IntStream.range(0, keys.size())
                .mapToObj(i -> "k" + i + direction(keys.get(i), backwards))
                .collect(Collectors.joining(", ", "order by ", ""));
    }

    private static String direction(Key key, boolean backwards) {
        boolean descending = key.descending() != backwards;
        String nulls = key.nullable() ? (descending ? " nulls first" : " nulls last") : "";
        return (descending ? " desc" : "") + nulls;
    }

    /**
     * The rows behind that of the key, backwards those before it, as ranges: all rows of the one come before those of the next.
     *
     * @param key one value for each of {@link #select}
     */
    public List<Condition> beyond(List<Object> key, boolean backwards) {
        if (key.size() != keys.size()) {
            throw ScimException.invalidCursor();
        }
        Key first = keys.get(0);
        boolean descending = first.descending() != backwards;
        String expression = first.expression();
        if (!first.nullable()) {
            return List.of(condition(strictly(0, backwards), key));
        }
        if (key.get(0) != null) {
            Condition others = condition(strictly(0, backwards), key);
            return descending ? List.of(others) : List.of(others, condition(expression + " is null", key));
        }
        Condition without = condition(expression + " is null and " + strictly(1, backwards), key);
        return descending ? List.of(without, condition(expression + " is not null", key)) : List.of(without);
    }

    /** Beyond in the keys from that one on; a range of its own first, for its index. */
    private String strictly(int index, boolean backwards) {
        Key key = keys.get(index);
        String sign = key.descending() != backwards ? " < " : " > ";
        String parameter = ":k" + index;
        String beyond = key.compared(sign, parameter);
        if (index == keys.size() - 1) {
            return beyond;
        }
        return "(" + key.expression() + sign.stripTrailing() + "= " + parameter + " and (" + beyond + " or "
                + strictly(index + 1, backwards) + "))";
    }

    private Condition condition(String text, List<Object> key) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < key.size(); i++) {
            if (text.contains(":k" + i)) {
                parameters.put("k" + i, key.get(i));
            }
        }
        return new Condition(text, parameters);
    }

    /** Null: every resource of the type has the same. */
    private static String key(Sorting sorting, Catalogue catalogue, List<Catalogue> others) {
        if (catalogue.find(sorting.by()).isEmpty()
                && others.stream().anyMatch(other -> other.find(sorting.by()).isPresent())) {
            return null;
        }
        Attribute attribute = catalogue.find(sorting.by()).orElseThrow(() -> refused(sorting));
        Attribute part = attribute;
        if (attribute.isComplex()) {
            String sub =
                    sorting.by().subAttribute() == null ? "value" : sorting.by().subAttribute();
            part = attribute.subAttribute(sub).orElseThrow(() -> refused(sorting));
        } else if (sorting.by().subAttribute() != null) {
            throw refused(sorting);
        }
        if (sorting.by().filter() != null) {
            throw refused(sorting);
        }
        String key = key(sorting, attribute, part);
        return key.startsWith("'") ? null : key;
    }

    private static String key(Sorting sorting, Attribute attribute, Attribute part) {
        String sub = part == attribute ? "value" : part.name();
        Home home = attribute.isMultiValued() || part == attribute ? attribute.home() : part.home();
        if (home instanceof Home.Either either) {
            home = either.origins().get(0);
        }
        if (home instanceof Column column) {
            return folded(column, part);
        }
        if (home instanceof Home.Own own) {
            return own.searched() != null
                    ? folded(own.searched(), part)
                    : "(select o.lowerValue from ScimAttributeEntity o where o.userId = u.id and o.attribute = '"
                            + attribute.name() + "' and o.itemIndex = 0 and o.subAttribute = '" + sub + "')";
        }
        if (home instanceof Home.Profile profile) {
            return first(profile.rows(), "value", part);
        }
        if (home instanceof Rows rows && rows.columns().containsKey(sub)) {
            return first(rows, sub, part);
        }
        if (home instanceof Home.Split && sub.equals("value")) {
            return "u.email";
        }
        throw refused(sorting);
    }

    private static String first(Rows rows, String sub, Attribute part) {
        return "(select min(" + folded(rows.columns().get(sub).as("o"), part) + ") from "
                + rows.from().replace("{}", "o") + " where " + rows.where().replace("{}", "o") + ")";
    }

    private static String folded(Column column, Attribute attribute) {
        boolean text = attribute.type() == Type.STRING || attribute.type() == Type.REFERENCE;
        return text && !attribute.isCaseExact() && !column.lowerCase() ? "lower(" + column.text() + ")" : column.text();
    }

    private static ScimException refused(Sorting sorting) {
        return ScimException.invalidValue("sortBy", "there is no attribute '" + sorting.by() + "' to sort by");
    }
}
