package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.ListResponse;
import io.github.enterprisesso.scim.protocol.Paging;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A group with one page of its members. How many there are stands in the header {@code X-Total-Count}, and the address of the next
 * page in {@code Link} (RFC 8288): a Group of RFC 7643 has no place for them.
 */
final class MembersPage {

    private final ScimContext scim;
    private final ListResponse page;
    private final Paging paging;

    MembersPage(ScimContext scim, ListResponse page, Paging paging) {
        this.scim = scim;
        this.page = page;
        this.paging = paging;
    }

    /**
     * The page has a version of its own: that of the group would have to look at all members.
     *
     * @param group without members
     * @param parameters of the query, which the next page has as well
     */
    Answer answer(ObjectNode group, AttributeSelection selection, UnaryOperator<String> parameters) {
        group.putArray("members").addAll(page.resources());
        String next = next();
        EntityTag version = EntityTag.of(JsonNodeFactory.instance
                        .arrayNode()
                        .add(group)
                        .add(page.total())
                        .add(next != null))
                .writeTo(group);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Total-Count", Long.toString(page.total()));
        if (next != null) {
            String address = scim.location("Groups", group.path("id").asText());
            headers.put("Link", "<" + address + "?" + query(next, parameters) + ">; rel=\"next\"");
        }
        return Answer.ok(selection.applyTo(group)).with(version).with(headers);
    }

    /** Null: there is none. */
    private String next() {
        if (page.nextCursor() != null) {
            return "membersCursor=" + page.nextCursor();
        }
        boolean more = !paging.isByCursor()
                && !page.resources().isEmpty()
                && paging.offset() + (long) page.resources().size() < page.total();
        return more
                ? "membersStartIndex=" + (paging.startIndex() + page.resources().size())
                : null;
    }

    private String query(String next, UnaryOperator<String> parameters) {
        List<String> query = new ArrayList<>(List.of("membersCount=" + paging.count(), next));
        for (String name : List.of("attributes", "excludedAttributes")) {
            String value = parameters.apply(name);
            if (value != null) {
                query.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        }
        return String.join("&", query);
    }
}
