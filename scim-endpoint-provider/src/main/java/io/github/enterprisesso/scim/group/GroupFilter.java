package io.github.enterprisesso.scim.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.context.QueryText;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.Filter;
import io.github.enterprisesso.scim.filter.Filter.And;
import io.github.enterprisesso.scim.filter.Filter.Comparison;
import io.github.enterprisesso.scim.filter.Filter.Operator;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import java.util.Locale;

/** Turns a filter on Groups into conditions. Names are compared without case, among the groups of the connection. */
final class GroupFilter {

    private static final String KNOWN =
            "displayName, externalId, id and members.value, compared by eq and joined by and";

    private final Filter whole;
    private final QueryText query;

    private GroupFilter(Filter whole, QueryText query) {
        this.whole = whole;
        this.query = query;
    }

    static void addTo(QueryText query, Filter filter) {
        new GroupFilter(filter, query).add(filter);
    }

    private void add(Filter filter) {
        if (filter instanceof And and) {
            add(and.left());
            add(and.right());
        } else if (filter instanceof Comparison comparison && comparison.operator() == Operator.EQ) {
            add(comparison.path(), text(comparison.value()));
        } else {
            throw refused();
        }
    }

    private void add(AttributePath path, String value) {
        if (path.filter() != null || path.schema() != null && !path.schema().equalsIgnoreCase(Urn.GROUP)) {
            throw refused();
        }
        switch (path.withoutSchema().key()) {
            case "displayname" -> query.where("lower(g.name) = %s", value.toLowerCase(Locale.ROOT));
            case "id" -> query.where("g.id = %s", value);
            case "externalid" ->
                query.where(
                        "exists (select 1 from GroupAttributeEntity e"
                                + " where e.group = g and e.name = 'externalId' and e.value = %s)",
                        value);
            case "members", "members.value" ->
                query.where(
                        "exists (select 1 from UserGroupMembershipEntity m where m.groupId = g.id and m.user.id = %s)",
                        value);
            default -> throw refused();
        }
    }

    private String text(JsonNode value) {
        if (!value.isTextual()) {
            throw ScimException.invalidFilter(whole.toString(), value + " is no string");
        }
        return value.asText();
    }

    private ScimException refused() {
        return ScimException.invalidFilter(whole.toString(), "groups can be found by " + KNOWN);
    }
}
