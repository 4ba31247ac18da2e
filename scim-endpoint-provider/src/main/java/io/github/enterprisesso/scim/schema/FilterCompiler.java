package io.github.enterprisesso.scim.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.Filter;
import io.github.enterprisesso.scim.filter.Filter.And;
import io.github.enterprisesso.scim.filter.Filter.Comparison;
import io.github.enterprisesso.scim.filter.Filter.Not;
import io.github.enterprisesso.scim.filter.Filter.Operator;
import io.github.enterprisesso.scim.filter.Filter.Or;
import io.github.enterprisesso.scim.filter.ValueHash;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.schema.Attribute.Type;
import io.github.enterprisesso.scim.schema.Home.Column;
import io.github.enterprisesso.scim.schema.Home.Rows;
import io.github.enterprisesso.scim.schema.Home.Split;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compiles a filter (RFC 7644 section 3.4.2.2) into a condition on the row {@code u} of a user or {@code g} of a group.
 *
 * <p>An attribute with several values matches when one of them does; {@code ne} is the negation of {@code eq}, for
 * attributes with several values, too: {@code emails.type ne "work"} finds who has no address for work. Nothing is
 * equal to {@code null} but an attribute without a value. Each condition on values in other rows is a subquery of its
 * own, so that conditions on two attributes, or two on one, do not meet in one row unless brackets say so.
 */
public final class FilterCompiler {

    /** Each may be a subquery. */
    static final int MAX_COMPARISONS = 50;

    private static final String VALUE = "value";
    private static final String IN_IDS = "u.id in (";

    private final Catalogue catalogue;
    private final List<Catalogue> others;
    private final Filter whole;
    private final Map<String, Object> parameters = new LinkedHashMap<>();
    private int comparisons;
    private int aliases;

    private FilterCompiler(Catalogue catalogue, List<Catalogue> others, Filter whole) {
        this.catalogue = catalogue;
        this.others = others;
        this.whole = whole;
    }

    /** 400 {@code invalidFilter} for an attribute that the catalogue has not, and for a value that is not of its type. */
    public static Condition compile(Filter filter, Catalogue catalogue) {
        return compile(filter, catalogue, List.of());
    }

    /**
     * @param others of the resource types that are searched together with this one: an attribute that one of them has and
     *     this has not is one without a value (RFC 7644 section 3.4.2.1)
     */
    public static Condition compile(Filter filter, Catalogue catalogue, List<Catalogue> others) {
        FilterCompiler compiler = new FilterCompiler(catalogue, others, filter);
        return new Condition(compiler.condition(filter, compiler::resource), compiler.parameters);
    }

    private String condition(Filter filter, Function<Comparison, String> leaf) {
        if (filter instanceof And and) {
            return "(" + condition(and.left(), leaf) + " and " + condition(and.right(), leaf) + ")";
        }
        if (filter instanceof Or or) {
            return "(" + condition(or.left(), leaf) + " or " + condition(or.right(), leaf) + ")";
        }
        if (filter instanceof Not not) {
            return negation(condition(not.operand(), leaf));
        }
        Comparison comparison = (Comparison) filter;
        if (++comparisons > MAX_COMPARISONS) {
            throw refused("it has more than " + MAX_COMPARISONS + " comparisons");
        }
        Operator operator = comparison.operator();
        boolean isNull = operator != Operator.PR && comparison.value().isNull();
        if (isNull && operator != Operator.EQ && operator != Operator.NE) {
            throw refused("null is compared by eq and ne alone");
        }
        if (isNull) {
            String present = leaf.apply(new Comparison(comparison.path(), Operator.PR, null));
            return operator == Operator.NE ? present : negation(present);
        }
        if (operator == Operator.NE) {
            return negation(leaf.apply(new Comparison(comparison.path(), Operator.EQ, comparison.value())));
        }
        return leaf.apply(comparison);
    }

    /** Never {@code not (…)}: Hibernate's parser (7.2) falls back to a mode that takes 100 ms for each level of it. */
    private static String negation(String condition) {
        if (condition.startsWith("exists (")) {
            return "not " + condition;
        }
        return condition.startsWith(IN_IDS)
                ? "u.id not in (" + condition.substring(IN_IDS.length())
                : "case when " + condition + " then 1 else 0 end = 0";
    }

    private String resource(Comparison comparison) {
        AttributePath path = comparison.path();
        if (catalogue.find(path).isEmpty()
                && others.stream().anyMatch(other -> other.find(path).isPresent())) {
            return "1 = 0";
        }
        Attribute attribute = catalogue.find(path).orElseThrow(() -> unknown(path));
        if (path.filter() != null) {
            if (!attribute.isMultiValued()) {
                throw refused("'" + attribute.name() + "' has one value, which takes no filter in brackets");
            }
            Filter element = path.filter();
            if (comparison.operator() != Operator.PR || path.subAttribute() != null) {
                element = new And(element, onElement(comparison, path.subAttribute()));
            }
            return values(attribute, element);
        }
        if (attribute.isMultiValued()) {
            return comparison.operator() == Operator.PR && path.subAttribute() == null
                    ? values(attribute, null)
                    : values(attribute, onElement(comparison, path.subAttribute()));
        }
        if (!attribute.isComplex()) {
            if (path.subAttribute() != null) {
                throw unknown(path);
            }
            return single(attribute, attribute.name(), VALUE, comparison);
        }
        if (path.subAttribute() == null && comparison.operator() == Operator.PR) {
            List<String> parts = attribute.subAttributes().stream()
                    .map(sub -> single(sub, attribute.name(), sub.name(), comparison))
                    .toList();
            return "(" + String.join(" or ", parts) + ")";
        }
        Attribute sub = attribute
                .subAttribute(path.subAttribute() == null ? VALUE : path.subAttribute())
                .orElseThrow(() -> unknown(path));
        return single(sub, attribute.name(), sub.name(), comparison);
    }

    private static Comparison onElement(Comparison comparison, String sub) {
        AttributePath path = new AttributePath(null, sub == null ? VALUE : sub, null, null);
        return new Comparison(path, comparison.operator(), comparison.value());
    }

    /** @param name of the attribute on the top level, in whose rows the value is */
    private String single(Attribute attribute, String name, String sub, Comparison comparison) {
        Home home = attribute.home();
        if (home instanceof Column column) {
            return test(column, attribute, comparison);
        }
        if (home instanceof Home.Own own && own.searched() != null) {
            return test(own.searched(), attribute, comparison);
        }
        if (home instanceof Home.Own) {
            String row = alias();
            return "exists (select 1 from ScimAttributeEntity " + row + " where " + row + ".userId = u.id"
                    + own(row, name, sub) + ownTest(row, attribute, comparison) + ")";
        }
        if (home instanceof Home.Profile profile) {
            return rows(
                    profile.rows(),
                    (row, rows) -> test(rows.columns().get(VALUE).as(row), attribute, comparison));
        }
        if (home instanceof Rows rows) {
            return rows(rows, (row, all) -> test(all.columns().get(VALUE).as(row), attribute, comparison));
        }
        throw unknown(comparison.path());
    }

    /** @param element null: any value */
    private String values(Attribute attribute, Filter element) {
        Home home = attribute.home() instanceof Home.Profile profile ? profile.rows() : attribute.home();
        if (home instanceof Rows rows) {
            return values(attribute, element, rows);
        }
        if (home instanceof Home.Either either) {
            return either.origins().stream()
                    .map(rows -> values(attribute, element, rows))
                    .collect(Collectors.joining(" or ", "(", ")"));
        }
        if (home instanceof Home.Own) {
            String row = alias();
            return "exists (select 1 from ScimAttributeEntity " + row + " where " + row + ".userId = u.id"
                    + inOwnRows(attribute, element, row) + ")";
        }
        if (home instanceof Split split) {
            return split(attribute, element, split);
        }
        throw refused("'" + attribute.name() + "' cannot be searched");
    }

    private String values(Attribute attribute, Filter element, Rows rows) {
        return rows(rows, (row, all) -> element == null ? "1 = 1" : inRow(attribute, element, row, all));
    }

    /** A list of ids, not two subqueries joined by or: each half has its index, an or of both has none. */
    private String split(Attribute attribute, Filter element, Split split) {
        String first = alias();
        String row = alias();
        String inFirst = element == null ? "" : " and " + inRow(attribute, element, first, split.first());
        return IN_IDS + "select " + split.id().replace("{}", first) + " from "
                + split.first().from().replace("{}", first) + " where "
                + split.first().where().replace("{}", first) + inFirst + " union all select " + row
                + ".userId from ScimAttributeEntity " + row + " where " + row + ".realmId = :realm"
                + inOwnRows(attribute, element, row) + ")";
    }

    private String rows(Rows rows, BiFunction<String, Rows, String> test) {
        String row = alias();
        String condition = test.apply(row, rows);
        return "exists (select 1 from " + rows.from().replace("{}", row) + " where "
                + rows.where().replace("{}", row) + " and " + condition + ")";
    }

    private String inRow(Attribute attribute, Filter element, String row, Rows rows) {
        return condition(element, comparison -> {
            Attribute sub = part(attribute, comparison.path());
            Column column = rows.columns().get(sub == attribute ? VALUE : sub.name());
            if (column == null) {
                throw refused("'" + comparison.path() + "' of '" + attribute.name() + "' cannot be searched");
            }
            return test(column.as(row), sub, comparison);
        });
    }

    /**
     * The row leads to one value, and the rows beside it hold what else it consists of. When the filter demands that a
     * part be equal to something, that part's row is the one to start from, for its index.
     */
    private String inOwnRows(Attribute attribute, Filter element, String row) {
        String ofAttribute = " and " + row + ".attribute = '" + attribute.name() + "'";
        if (element == null) {
            return ofAttribute;
        }
        List<Filter> conjuncts = new ArrayList<>();
        collect(element, conjuncts);
        Comparison start = start(conjuncts);
        StringBuilder text = new StringBuilder(ofAttribute);
        if (start != null) {
            conjuncts.remove(start);
            Attribute sub = part(attribute, start.path());
            text.append(" and ").append(row).append(".subAttribute = '").append(sub == attribute ? VALUE : sub.name());
            text.append("'").append(ownTest(row, sub, start));
        }
        for (Filter conjunct : conjuncts) {
            text.append(" and ").append(condition(conjunct, comparison -> beside(attribute, comparison, row)));
        }
        return text.toString();
    }

    private String beside(Attribute attribute, Comparison comparison, String row) {
        Attribute sub = part(attribute, comparison.path());
        String other = alias();
        return "exists (select 1 from ScimAttributeEntity " + other + " where " + other + ".userId = " + row
                + ".userId and " + other + ".itemIndex = " + row + ".itemIndex"
                + own(other, attribute.name(), sub == attribute ? VALUE : sub.name())
                + ownTest(other, sub, comparison) + ")";
    }

    private static void collect(Filter filter, List<Filter> conjuncts) {
        if (filter instanceof And and) {
            collect(and.left(), conjuncts);
            collect(and.right(), conjuncts);
        } else {
            conjuncts.add(filter);
        }
    }

    private static Comparison start(List<Filter> conjuncts) {
        Comparison start = null;
        for (Filter conjunct : conjuncts) {
            if (conjunct instanceof Comparison comparison
                    && comparison.operator() == Operator.EQ
                    && !comparison.value().isNull()
                    && (start == null || comparison.path().isAttribute(VALUE))) {
                start = comparison;
            }
        }
        return start;
    }

    /** What the comparison between brackets is about; the attribute itself when it has no parts. */
    private Attribute part(Attribute attribute, AttributePath path) {
        if (path.schema() != null || path.subAttribute() != null || path.filter() != null) {
            throw refused("'" + path + "' between brackets is no sub-attribute of '" + attribute.name() + "'");
        }
        if (!attribute.isComplex() && path.isAttribute(VALUE)) {
            return attribute;
        }
        return attribute
                .subAttribute(path.attribute())
                .orElseThrow(() -> refused("'" + attribute.name() + "' has no '" + path + "'"));
    }

    private static String own(String row, String attribute, String sub) {
        return " and " + row + ".attribute = '" + attribute + "' and " + row + ".subAttribute = '" + sub + "'";
    }

    private String ownTest(String row, Attribute attribute, Comparison comparison) {
        if (comparison.operator() == Operator.PR) {
            return "";
        }
        if (attribute.type() == Type.BOOLEAN) {
            requireEquality(attribute, comparison);
            return " and " + row + ".lowerValue = '" + bool(attribute, comparison.value()) + "'";
        }
        String text = text(attribute, comparison.value()).toLowerCase(Locale.ROOT);
        String column = row + ".lowerValue";
        return switch (comparison.operator()) {
            case EQ ->
                " and " + row + ".valueHash = " + parameter(ValueHash.of(text)) + " and " + column + " = "
                        + parameter(text);
            case CO, SW, EW ->
                " and " + column + " like " + parameter(pattern(comparison.operator(), text)) + " escape '!'";
            default -> " and " + column + sign(comparison.operator()) + parameter(text);
        };
    }

    private String test(Column column, Attribute attribute, Comparison comparison) {
        String present = column.present();
        if (comparison.operator() == Operator.PR) {
            return present == null ? "1 = 1" : "(" + present + ")";
        }
        String test = compare(column, attribute, comparison);
        return present == null ? test : "(" + present + " and " + test + ")";
    }

    private String compare(Column column, Attribute attribute, Comparison comparison) {
        Operator operator = comparison.operator();
        if (attribute.type() == Type.BOOLEAN) {
            requireEquality(attribute, comparison);
            return column.text() + " = " + bool(attribute, comparison.value());
        }
        if (attribute.type() == Type.DATE_TIME) {
            return column.text()
                    + sign(requireOrder(attribute, operator))
                    + parameter(instant(attribute, comparison.value()));
        }
        String text = isNumber(attribute) ? number(attribute, comparison) : text(attribute, comparison.value());
        if (column.lowerCase()) {
            text = text.toLowerCase(Locale.ROOT);
        }
        boolean like = operator == Operator.CO || operator == Operator.SW || operator == Operator.EW;
        boolean folded = !attribute.isCaseExact() && !column.lowerCase();
        String parameter = parameter(like ? pattern(operator, text) : text);
        return (folded ? "lower(" + column.text() + ")" : column.text())
                + (like ? " like " : sign(operator))
                + (folded ? "lower(" + parameter + ")" : parameter)
                + (like ? " escape '!'" : "");
    }

    private static String sign(Operator operator) {
        return switch (operator) {
            case EQ -> " = ";
            case GT -> " > ";
            case GE -> " >= ";
            case LT -> " < ";
            case LE -> " <= ";
            default -> throw new IllegalArgumentException(operator.toString());
        };
    }

    private static String pattern(Operator operator, String text) {
        String escaped = text.replace("!", "!!").replace("%", "!%").replace("_", "!_");
        return switch (operator) {
            case CO -> "%" + escaped + "%";
            case SW -> escaped + "%";
            default -> "%" + escaped;
        };
    }

    private void requireEquality(Attribute attribute, Comparison comparison) {
        if (comparison.operator() != Operator.EQ) {
            throw refused("'" + attribute.name() + "' is true or false; it is compared by eq, ne and pr");
        }
    }

    private static boolean isNumber(Attribute attribute) {
        return attribute.type() == Type.INTEGER || attribute.type() == Type.DECIMAL;
    }

    /**
     * User attributes are text, and no database of Keycloak's turns text into numbers without failing at the first that is
     * none: so numbers are equal when they are written alike, and have no order.
     */
    private String number(Attribute attribute, Comparison comparison) {
        String text = text(attribute, comparison.value()).trim();
        switch (comparison.operator()) {
            case CO, SW, EW -> {
                return text;
            }
            case EQ -> {
                try {
                    BigDecimal number = new BigDecimal(text).stripTrailingZeros();
                    boolean whole = attribute.type() == Type.INTEGER && number.scale() <= 0 && number.scale() > -20;
                    return whole ? number.toPlainString() : text;
                } catch (NumberFormatException e) {
                    throw refused("'" + attribute.name() + "' is a number, " + comparison.value() + " is none");
                }
            }
            default ->
                throw refused("'" + attribute.name() + "' is a number; it is compared by eq, ne, co, sw, ew and pr");
        }
    }

    private Operator requireOrder(Attribute attribute, Operator operator) {
        if (operator == Operator.CO || operator == Operator.SW || operator == Operator.EW) {
            throw refused("'" + attribute.name() + "' is a time; it is compared by eq, ne, gt, ge, lt, le and pr");
        }
        return operator;
    }

    private String text(Attribute attribute, JsonNode value) {
        if (!value.isTextual() && !(value.isNumber() && isNumber(attribute))) {
            throw refused("'" + attribute.name() + "' is a " + (isNumber(attribute) ? "number" : "string") + ", "
                    + value + " is none");
        }
        if (value.asText().indexOf('\0') >= 0) {
            throw refused("the character U+0000 is not allowed");
        }
        return value.asText();
    }

    /** Entra sends the string. */
    private boolean bool(Attribute attribute, JsonNode value) {
        String text = value.isBoolean() || value.isTextual() ? value.asText().toLowerCase(Locale.ROOT) : "";
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused("'" + attribute.name() + "' is true or false, " + value + " is neither");
        };
    }

    private long instant(Attribute attribute, JsonNode value) {
        try {
            Instant instant = OffsetDateTime.parse(text(attribute, value)).toInstant();
            return instant.toEpochMilli();
        } catch (DateTimeParseException | ArithmeticException e) {
            throw refused("'" + attribute.name() + "' is a time like 2026-01-31T09:00:00Z, " + value + " is none");
        }
    }

    private String parameter(Object value) {
        String name = "f" + parameters.size();
        parameters.put(name, value);
        return ":" + name;
    }

    private String alias() {
        return "x" + aliases++;
    }

    private ScimException unknown(AttributePath path) {
        return refused("there is no attribute '" + path + "' to search for");
    }

    private ScimException refused(String reason) {
        return ScimException.invalidFilter(whole.toString(), reason);
    }
}
