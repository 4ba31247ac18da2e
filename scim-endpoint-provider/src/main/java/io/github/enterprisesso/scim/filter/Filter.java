package io.github.enterprisesso.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** A filter of RFC 7644 section 3.4.2.2. {@link #toString()} gives it back in the protocol's own words. */
public sealed interface Filter {

    /** {@code userName eq "jane"}; the value is a JSON string, number, boolean or null, and null for {@code pr}. */
    record Comparison(AttributePath path, Operator operator, JsonNode value) implements Filter {
        @Override
        public String toString() {
            return operator == Operator.PR ? path + " pr" : path + " " + operator + " " + value;
        }
    }

    record And(Filter left, Filter right) implements Filter {
        @Override
        public String toString() {
            return "(" + left + " and " + right + ")";
        }
    }

    record Or(Filter left, Filter right) implements Filter {
        @Override
        public String toString() {
            return "(" + left + " or " + right + ")";
        }
    }

    record Not(Filter operand) implements Filter {
        @Override
        public String toString() {
            return "not (" + operand + ")";
        }
    }

    /** The operators of RFC 7644 table 3, written in any case. */
    enum Operator {
        EQ,
        NE,
        CO,
        SW,
        EW,
        PR,
        GT,
        GE,
        LT,
        LE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Reads a whole filter; throws {@link FilterSyntaxException} with the place where it stops being one. */
    static Filter parse(String text) {
        FilterParser parser = new FilterParser(text);
        Filter filter = parser.filter();
        parser.end();
        return filter;
    }
}
