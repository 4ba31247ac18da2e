package io.github.enterprisesso.scim.schema;

import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Sorting;
import io.github.enterprisesso.scim.schema.Attribute.Type;
import io.github.enterprisesso.scim.schema.Home.Column;
import io.github.enterprisesso.scim.schema.Home.Rows;

/**
 * Compiles {@code sortBy} (RFC 7644 section 3.4.2.3) into an {@code order by} on the row {@code u} of a user or {@code g}
 * of a group. Of several values the first counts; who has none comes last, and first in descending order.
 */
public final class Order {

    private Order() {}

    /** @param otherwise the column that orders the rest, unique among the rows: {@code u.username} */
    public static String by(Sorting sorting, Catalogue catalogue, String otherwise) {
        String direction = sorting.descending() ? " desc" : "";
        if (sorting.by() == null) {
            return "order by " + otherwise + direction;
        }
        String key = key(sorting, catalogue);
        return key.equals(otherwise)
                ? "order by " + key + direction
                : "order by " + key + direction + (sorting.descending() ? " nulls first, " : " nulls last, ")
                        + otherwise;
    }

    private static String key(Sorting sorting, Catalogue catalogue) {
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
        return key(sorting, attribute, part);
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
