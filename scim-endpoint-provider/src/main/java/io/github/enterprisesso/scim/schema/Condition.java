package io.github.enterprisesso.scim.schema;

import java.util.Map;

/**
 * A condition of a query in HQL. It is true or false for every row and never null, so that its negation gives the others.
 *
 * @param parameters by name, each used in the text
 */
public record Condition(String text, Map<String, Object> parameters) {}
