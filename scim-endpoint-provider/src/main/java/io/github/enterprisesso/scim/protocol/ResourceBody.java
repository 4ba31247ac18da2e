package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.Attributes;
import io.github.enterprisesso.scim.filter.StorableText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What a client sent as a resource, asked for by attribute. Names compare without case; an attribute of a schema may stand
 * in the nested object, as RFC 7643 section 3.3 has it, or flat under its full name ({@code "urn:…:User:department"}).
 */
public record ResourceBody(JsonNode json) {

    public ResourceBody {
        if (json == null || !json.isObject()) {
            throw ScimException.invalidSyntax("The body is no JSON object.");
        }
    }

    /** The attribute of the resource's own schema. */
    public Given<JsonNode> attribute(String name, String coreSchema) {
        return first(candidates(List.of(coreSchema), List.of(name), true));
    }

    /** {@code complex("name", "givenName", …)}; not mentioned when the object is not, and null when the object is null. */
    public Given<JsonNode> subAttribute(String name, String sub, String coreSchema) {
        JsonNode dotted = Attributes.find(json, name + "." + sub);
        if (dotted != null) {
            return Given.of(dotted);
        }
        Given<JsonNode> complex = attribute(name, coreSchema);
        if (!complex.mentioned()) {
            return Given.nothing();
        }
        if (complex.value() == null || complex.value().isNull()) {
            return Given.of(null);
        }
        if (!complex.value().isObject()) {
            throw ScimException.invalidValue(name, "an object is expected");
        }
        JsonNode value = Attributes.find(complex.value(), sub);
        return value == null ? Given.nothing() : Given.of(value);
    }

    /**
     * Every value that the body gives the attribute, under any of the schemas and names by which it is known. A client
     * that merges its own attributes into what it read may send the attribute under two of them.
     */
    public List<JsonNode> candidates(List<String> schemas, List<String> names) {
        return candidates(schemas, names, false);
    }

    private List<JsonNode> candidates(List<String> schemas, List<String> names, boolean core) {
        List<JsonNode> values = new ArrayList<>();
        for (String name : names) {
            if (core) {
                add(values, Attributes.find(json, name));
            }
            for (String schema : schemas) {
                add(values, Attributes.find(json, schema + ":" + name));
                add(values, Attributes.find(Attributes.find(json, schema), name));
            }
        }
        return values;
    }

    private static void add(List<JsonNode> values, JsonNode value) {
        if (value != null) {
            values.add(value);
        }
    }

    private static Given<JsonNode> first(List<JsonNode> values) {
        return values.isEmpty() ? Given.nothing() : Given.of(values.get(0));
    }

    /** A string, trimmed; empty and null both empty the attribute. */
    public static String text(String attribute, JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isValueNode()) {
            throw ScimException.invalidValue(attribute, "a string is expected");
        }
        String refusal = StorableText.refusal(value.asText());
        if (refusal != null) {
            throw ScimException.invalidValue(attribute, refusal);
        }
        String text = value.asText().trim();
        return text.isEmpty() ? null : text;
    }

    /** true, false, or the same as a string in any case: Entra sends {@code "False"}. Null when empty. */
    public static Boolean bool(String attribute, JsonNode value) {
        String text = text(attribute, value);
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw ScimException.invalidValue(attribute, "'" + text + "' is neither true nor false");
        };
    }

    /** The strings of a list of strings, of {@code {"value":"…"}} objects, or of one of either; empty for null, 400 for other objects. */
    public static List<String> texts(String attribute, JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value == null || value.isNull()) {
            return texts;
        }
        for (JsonNode element : value.isArray() ? value : List.of(value)) {
            JsonNode wrapped = Attributes.find(element, "value");
            String text = text(attribute, wrapped == null ? element : wrapped);
            if (text != null) {
                texts.add(text);
            }
        }
        return texts;
    }

    /** Whether the path means the attribute, written with or without the schema that it belongs to. */
    public static boolean means(AttributePath path, String name, String coreSchema) {
        return path.isAttribute(name) && (path.schema() == null || path.schema().equalsIgnoreCase(coreSchema));
    }

    /** The resource as it was read, changed by the operations; {@code multiValued} tells which paths name a list. */
    public static ResourceBody patched(
            ObjectNode resource, List<PatchOperation> operations, Predicate<AttributePath> multiValued) {
        return new ResourceBody(new ResourcePatch(resource, multiValued).apply(operations));
    }
}
