package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A page of resources, RFC 7644 section 3.4.2 and RFC 9865 section 2.
 *
 * @param total of all pages
 * @param startIndex 1-based index of the first resource; null: paged by cursor
 * @param nextCursor null: this is the last page, or it is not paged by cursor
 * @param previousCursor null: this is the first page, or it is not paged by cursor
 */
public record ListResponse(
        long total, Integer startIndex, List<ObjectNode> resources, String nextCursor, String previousCursor) {

    public ListResponse(long total, int startIndex, List<ObjectNode> resources) {
        this(total, startIndex, resources, null, null);
    }

    public static ListResponse all(List<ObjectNode> resources) {
        return new ListResponse(resources.size(), 1, resources);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(Urn.LIST_RESPONSE);
        json.put("totalResults", total);
        if (startIndex != null) {
            json.put("startIndex", startIndex);
        }
        json.put("itemsPerPage", resources.size());
        if (previousCursor != null) {
            json.put("previousCursor", previousCursor);
        }
        if (nextCursor != null) {
            json.put("nextCursor", nextCursor);
        }
        json.putArray("Resources").addAll(resources);
        return json;
    }
}
