package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * A page of resources, RFC 7644 section 3.4.2.
 *
 * @param total of all pages
 * @param startIndex 1-based index of the first resource
 */
public record ListResponse(long total, int startIndex, List<ObjectNode> resources) {

    public static ListResponse all(List<ObjectNode> resources) {
        return new ListResponse(resources.size(), 1, resources);
    }

    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(Urn.LIST_RESPONSE);
        json.put("totalResults", total);
        json.put("startIndex", startIndex);
        json.put("itemsPerPage", resources.size());
        json.putArray("Resources").addAll(resources);
        return json;
    }
}
