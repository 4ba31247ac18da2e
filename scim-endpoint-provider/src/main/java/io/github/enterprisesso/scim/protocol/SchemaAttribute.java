package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** One attribute of a schema, RFC 7643 section 7: {@code string("userName", "…").required().unique()}. */
public final class SchemaAttribute {

    private final ObjectNode json = JsonNodeFactory.instance.objectNode();

    private SchemaAttribute(String name, String type, String description) {
        json.put("name", name);
        json.put("type", type);
        json.put("multiValued", false);
        json.put("description", description);
        json.put("required", false);
        if (type.equals("string") || type.equals("reference")) {
            json.put("caseExact", false);
        }
        json.put("mutability", "readWrite");
        json.put("returned", "default");
        if (!type.equals("boolean") && !type.equals("complex")) {
            json.put("uniqueness", "none");
        }
    }

    public static SchemaAttribute string(String name, String description) {
        return new SchemaAttribute(name, "string", description);
    }

    public static SchemaAttribute bool(String name, String description) {
        return new SchemaAttribute(name, "boolean", description);
    }

    /** @param targets what it refers to: {@code User}, {@code Group} */
    public static SchemaAttribute reference(String name, String description, String... targets) {
        SchemaAttribute reference = new SchemaAttribute(name, "reference", description);
        var types = reference.json.putArray("referenceTypes");
        List.of(targets).forEach(types::add);
        return reference;
    }

    public static SchemaAttribute complex(String name, String description, SchemaAttribute... subAttributes) {
        SchemaAttribute complex = new SchemaAttribute(name, "complex", description);
        var list = complex.json.putArray("subAttributes");
        List.of(subAttributes).forEach(sub -> list.add(sub.json));
        return complex;
    }

    public SchemaAttribute required() {
        json.put("required", true);
        return this;
    }

    public SchemaAttribute multiValued() {
        json.put("multiValued", true);
        return this;
    }

    public SchemaAttribute unique() {
        json.put("uniqueness", "server");
        return this;
    }

    /** {@code readOnly}, {@code immutable} or {@code writeOnly}; what is only written is never returned. */
    public SchemaAttribute mutability(String mutability) {
        json.put("mutability", mutability);
        if (mutability.equals("writeOnly")) {
            json.put("returned", "never");
        }
        return this;
    }

    public SchemaAttribute oneOf(List<String> values) {
        var list = json.putArray("canonicalValues");
        values.forEach(list::add);
        return this;
    }

    /** A schema as /Schemas returns it. */
    public static ObjectNode schema(
            String id, String name, String description, String location, List<SchemaAttribute> attributes) {
        ObjectNode schema = JsonNodeFactory.instance.objectNode();
        schema.putArray("schemas").add(Urn.SCHEMA);
        schema.put("id", id);
        schema.put("name", name);
        schema.put("description", description);
        var list = schema.putArray("attributes");
        attributes.forEach(attribute -> list.add(attribute.json));
        schema.putObject("meta").put("resourceType", "Schema").put("location", location);
        return schema;
    }
}
