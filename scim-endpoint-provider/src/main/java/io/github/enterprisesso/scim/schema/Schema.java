package io.github.enterprisesso.scim.schema;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.protocol.Urn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A schema of a resource type.
 *
 * @param names its URN first, then those by which it is accepted as well
 * @param attributes grows while the catalogue is made
 */
public record Schema(List<String> names, String title, String description, List<Attribute> attributes) {

    public static Schema of(String urn, String title, String description, List<Attribute> attributes) {
        return new Schema(List.of(urn), title, description, new ArrayList<>(attributes));
    }

    public String urn() {
        return names.get(0);
    }

    public boolean isCalled(String urn) {
        return names.stream().anyMatch(urn::equalsIgnoreCase);
    }

    public Optional<Attribute> attribute(String name) {
        return attributes.stream().filter(one -> one.is(name)).findFirst();
    }

    /** As /Schemas returns it, RFC 7643 section 7. */
    public ObjectNode toJson(String location) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("schemas").add(Urn.SCHEMA);
        schema.put("id", urn()).put("name", title).put("description", description);
        var list = schema.putArray("attributes");
        attributes.stream().filter(one -> !one.isCommon()).forEach(one -> list.add(one.toJson()));
        schema.putObject("meta").put("resourceType", "Schema").put("location", location);
        return schema;
    }
}
