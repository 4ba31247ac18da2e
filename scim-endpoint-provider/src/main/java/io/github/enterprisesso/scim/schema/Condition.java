package io.github.enterprisesso.scim.schema;

import java.util.Collection;
import java.util.Map;

/**
 * A condition of a query in HQL. It is true or false for every row and never null, so that its negation gives the others.
 *
 * @param parameters by name, each used in the text
 */
public record Condition(String text, Map<String, Object> parameters) {

    /**
     * One of the values. Hibernate translates a query with {@code in} anew each time it is sent, which for one value is a waste.
     */
    public static Condition among(String column, String parameter, Collection<?> values) {
        return values.size() == 1
                ? new Condition(
                        column + " = :" + parameter,
                        Map.of(parameter, values.iterator().next()))
                : new Condition(column + " in (:" + parameter + ")", Map.of(parameter, values));
    }
}
