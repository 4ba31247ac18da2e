package io.github.enterprisesso.scim.schema;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A condition of a query in HQL. It is true or false for every row and never null, so that its negation gives the others.
 *
 * @param parameters by name, each used in the text
 */
public record Condition(String text, Map<String, Object> parameters) {

    /**
     * One of the values, each a parameter of its own: a query with a parameter that holds several is translated to SQL anew each
     * time it is sent. Their number is rounded up to a power of two, so that there are few different texts.
     *
     * @param parameter how the names of the parameters begin
     * @param values at least one
     */
    public static Condition among(String column, String parameter, Collection<?> values) {
        List<Object> all = new ArrayList<>(values);
        int rounded = Integer.highestOneBit(2 * all.size() - 1);
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < rounded; i++) {
            parameters.put(parameter + i, all.get(Math.min(i, all.size() - 1)));
        }
        return new Condition(
                rounded == 1
                        ? column + " = :" + parameter + "0"
                        : column + " in (:" + String.join(", :", parameters.keySet()) + ")",
                parameters);
    }
}
