package io.github.enterprisesso.scim.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.enterprisesso.scim.context.QueryText;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.Filter;
import io.github.enterprisesso.scim.filter.Filter.And;
import io.github.enterprisesso.scim.filter.Filter.Comparison;
import io.github.enterprisesso.scim.filter.Filter.Operator;
import io.github.enterprisesso.scim.filter.ValueFilter;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import java.util.Locale;

/** Turns a filter on Users into conditions on indexed columns. Never lower(column): it would pass the index by. */
final class UserFilter {

    static final String KNOWN = "userName, externalId, id, emails.value and active, compared by eq and joined by and";

    private final Filter whole;
    private final QueryText query;
    private final String connectionId;

    private UserFilter(Filter whole, QueryText query, String connectionId) {
        this.whole = whole;
        this.query = query;
        this.connectionId = connectionId;
    }

    static void addTo(QueryText query, Filter filter, String connectionId) {
        new UserFilter(filter, query, connectionId).add(filter);
    }

    private void add(Filter filter) {
        if (filter instanceof And and) {
            add(and.left());
            add(and.right());
        } else if (filter instanceof Comparison comparison && comparison.operator() == Operator.EQ) {
            add(comparison);
        } else {
            throw refused();
        }
    }

    private ScimException refused() {
        return ScimException.invalidFilter(whole.toString(), "users can be found by " + KNOWN);
    }

    private void add(Comparison comparison) {
        AttributePath path = comparison.path();
        if (path.schema() != null && !path.schema().equalsIgnoreCase(Urn.USER)) {
            throw refused();
        }
        JsonNode value = comparison.value();
        switch (path.withoutSchema().key()) {
            case "username" -> query.where("u.username = %s", lower(value));
            case "id" -> query.where("u.id = %s", text(value));
            case "externalid" ->
                query.where("s.connectionId = %s", connectionId).where("s.externalId = %s", text(value));
            case "emails", "emails.value" -> {
                query.where("u.email = %s", lower(value));
                if (path.filter() != null && !isOnlyEmail(path.filter())) {
                    query.where("1 = 0");
                }
            }
            case "active" -> query.where("u.enabled = %s", bool(value));
            default -> throw refused();
        }
    }

    /** Keycloak keeps one e-mail address: it is the work address and the primary one. */
    private static boolean isOnlyEmail(Filter filter) {
        return new ValueFilter(filter)
                .matches(JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "work")
                        .put("primary", true));
    }

    private String text(JsonNode value) {
        if (!value.isTextual()) {
            throw ScimException.invalidFilter(whole.toString(), value + " is no string");
        }
        return value.asText();
    }

    private String lower(JsonNode value) {
        return text(value).toLowerCase(Locale.ROOT);
    }

    private boolean bool(JsonNode value) {
        if (value.isBoolean()) {
            return value.asBoolean();
        }
        return switch (lower(value)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ScimException.invalidFilter(whole.toString(), value + " is neither true nor false");
        };
    }
}
