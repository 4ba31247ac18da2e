package io.github.enterprisesso.scim.filter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.scim.filter.Filter.And;
import io.github.enterprisesso.scim.filter.Filter.Comparison;
import io.github.enterprisesso.scim.filter.Filter.Not;
import io.github.enterprisesso.scim.filter.Filter.Operator;
import io.github.enterprisesso.scim.filter.Filter.Or;
import java.util.Locale;

/** Recursive descent over RFC 7644 figure 1; {@code not} binds tighter than {@code and}, {@code and} than {@code or}. */
final class FilterParser {

    /** More than any client writes, less than what would hurt. */
    static final int MAX_LENGTH = 4096;

    static final int MAX_DEPTH = 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String text;
    private int position;
    private int depth;

    FilterParser(String text) {
        if (text == null || text.isBlank()) {
            throw new FilterSyntaxException("it is empty");
        }
        if (text.length() > MAX_LENGTH) {
            throw new FilterSyntaxException("it is longer than " + MAX_LENGTH + " characters");
        }
        this.text = text;
    }

    Filter filter() {
        if (++depth > MAX_DEPTH) {
            throw new FilterSyntaxException("it is nested deeper than " + MAX_DEPTH + " levels");
        }
        Filter left = conjunction();
        while (word("or")) {
            left = new Or(left, conjunction());
        }
        depth--;
        return left;
    }

    private Filter conjunction() {
        Filter left = term();
        while (word("and")) {
            left = new And(left, term());
        }
        return left;
    }

    private Filter term() {
        skipSpaces();
        int start = position;
        if (word("not")) {
            skipSpaces();
            if (peek() == '(') {
                return new Not(group());
            }
            position = start;
        }
        return peek() == '(' ? group() : comparison();
    }

    private Filter group() {
        expect('(');
        Filter inner = filter();
        skipSpaces();
        expect(')');
        return inner;
    }

    private Filter comparison() {
        AttributePath path = path();
        skipSpaces();
        if (path.filter() != null && path.subAttribute() == null && !startsOperator()) {
            // "emails[type eq \"work\"]" alone: some element matches.
            return new Comparison(path, Operator.PR, null);
        }
        Operator operator = operator(path);
        return new Comparison(path, operator, operator == Operator.PR ? null : value(path));
    }

    private boolean startsOperator() {
        return position < text.length() && Character.isLetter(peek()) && !lookingAt("and") && !lookingAt("or");
    }

    /** Reads a path up to the first space, bracket or the end. */
    AttributePath path() {
        skipSpaces();
        String name = name();
        if (peek() != '[') {
            return AttributePath.of(name, null, null);
        }
        position++;
        Filter filter = filter();
        skipSpaces();
        expect(']');
        if (peek() != '.') {
            return AttributePath.of(name, filter, null);
        }
        position++;
        return AttributePath.of(name, filter, name());
    }

    private String name() {
        int start = position;
        while (position < text.length() && " ()[]\"".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        if (start == position) {
            throw new FilterSyntaxException("an attribute name is missing at position " + start);
        }
        return text.substring(start, position);
    }

    private Operator operator(AttributePath path) {
        int start = position;
        while (position < text.length() && Character.isLetter(peek())) {
            position++;
        }
        String written = text.substring(start, position);
        for (Operator operator : Operator.values()) {
            if (operator.name().equalsIgnoreCase(written)) {
                return operator;
            }
        }
        throw new FilterSyntaxException("'" + path + "' is followed by '" + written
                + "'; allowed are eq, ne, co, sw, ew, pr, gt, ge, lt and le");
    }

    private JsonNode value(AttributePath path) {
        skipSpaces();
        int start = position;
        if (peek() == '"') {
            position++;
            while (position < text.length() && peek() != '"') {
                position += peek() == '\\' ? 2 : 1;
            }
            if (position >= text.length()) {
                throw new FilterSyntaxException("the string after '" + path + "' does not end");
            }
            position++;
        } else {
            while (position < text.length() && " )]".indexOf(peek()) < 0) {
                position++;
            }
        }
        String literal = text.substring(start, position);
        try {
            JsonNode value = JSON.readTree(isKeyword(literal) ? literal.toLowerCase(Locale.ROOT) : literal);
            String refusal = value.isTextual() ? StorableText.refusal(value.asText()) : null;
            if (refusal != null) {
                throw new FilterSyntaxException("in the value at position " + start + " " + refusal);
            }
            if (value.isValueNode() && !value.isMissingNode()) {
                return value;
            }
        } catch (JsonProcessingException notJson) {
            // Answered below, with the place.
        }
        throw new FilterSyntaxException("'" + literal + "' at position " + start
                + " is no value; strings stand in double quotes, and true, false, null and numbers without");
    }

    private static boolean isKeyword(String literal) {
        return literal.equalsIgnoreCase("true")
                || literal.equalsIgnoreCase("false")
                || literal.equalsIgnoreCase("null");
    }

    private boolean word(String word) {
        skipSpaces();
        if (!lookingAt(word)) {
            return false;
        }
        position += word.length();
        return true;
    }

    private boolean lookingAt(String word) {
        int end = position + word.length();
        return text.regionMatches(true, position, word, 0, word.length())
                && (end == text.length() || text.charAt(end) == ' ' || text.charAt(end) == '(');
    }

    private void expect(char expected) {
        if (peek() != expected) {
            throw new FilterSyntaxException("'" + expected + "' is missing at position " + position);
        }
        position++;
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private void skipSpaces() {
        while (peek() == ' ') {
            position++;
        }
    }

    void end() {
        skipSpaces();
        if (position < text.length()) {
            throw new FilterSyntaxException(
                    "'" + text.substring(position) + "' at position " + position + " is too much");
        }
    }
}
