package io.github.enterprisesso.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.Filter.And;
import io.github.enterprisesso.scim.filter.Filter.Comparison;
import io.github.enterprisesso.scim.filter.Filter.Not;
import io.github.enterprisesso.scim.filter.Filter.Or;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A filter between brackets, asked about one element of a multi-valued attribute. Strings compare without case. */
public record ValueFilter(Filter filter) {

    public boolean matches(JsonNode element) {
        return matches(filter, element);
    }

    private static boolean matches(Filter filter, JsonNode element) {
        if (filter instanceof And and) {
            return matches(and.left(), element) && matches(and.right(), element);
        }
        if (filter instanceof Or or) {
            return matches(or.left(), element) || matches(or.right(), element);
        }
        if (filter instanceof Not not) {
            return !matches(not.operand(), element);
        }
        Comparison comparison = (Comparison) filter;
        String part = comparison.path().attribute();
        boolean simple = element.isValueNode() && "value".equalsIgnoreCase(part);
        return compare(simple ? element : Attributes.find(element, part), comparison);
    }

    private static boolean compare(JsonNode actual, Comparison comparison) {
        boolean present = actual != null && !actual.isNull();
        JsonNode expected = comparison.value();
        return switch (comparison.operator()) {
            case PR -> present;
            case EQ -> present ? text(actual).equals(text(expected)) : expected.isNull();
            case NE -> present ? !text(actual).equals(text(expected)) : !expected.isNull();
            case CO -> present && text(actual).contains(text(expected));
            case SW -> present && text(actual).startsWith(text(expected));
            case EW -> present && text(actual).endsWith(text(expected));
            case GT -> present && text(actual).compareTo(text(expected)) > 0;
            case GE -> present && text(actual).compareTo(text(expected)) >= 0;
            case LT -> present && text(actual).compareTo(text(expected)) < 0;
            case LE -> present && text(actual).compareTo(text(expected)) <= 0;
        };
    }

    private static String text(JsonNode value) {
        return value.asText().toLowerCase(Locale.ROOT);
    }

    /**
     * The sub-attributes that an element must have to match, if the filter is a conjunction of {@code eq}: what a client
     * that writes to {@code emails[type eq "work"].value} wants created when nothing matches (Entra does).
     */
    public Optional<Map<String, JsonNode>> template() {
        Map<String, JsonNode> template = new LinkedHashMap<>();
        return collect(filter, template) ? Optional.of(template) : Optional.empty();
    }

    private static boolean collect(Filter filter, Map<String, JsonNode> template) {
        if (filter instanceof And and) {
            return collect(and.left(), template) && collect(and.right(), template);
        }
        if (filter instanceof Comparison comparison && comparison.operator() == Filter.Operator.EQ) {
            template.put(comparison.path().attribute(), comparison.value());
            return true;
        }
        return false;
    }
}
