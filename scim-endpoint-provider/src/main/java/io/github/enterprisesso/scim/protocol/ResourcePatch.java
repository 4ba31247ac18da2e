package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.Attributes;
import io.github.enterprisesso.scim.filter.ValueFilter;
import io.github.enterprisesso.scim.protocol.PatchOperation.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Applies PATCH operations to the JSON of one resource (RFC 7644 section 3.5.2). What an operation took away is left
 * behind as an explicit null, so that the result reads like a PUT in which a missing attribute means "leave it".
 */
final class ResourcePatch {

    private static final Set<String> MULTI_VALUED = Set.of(
            "emails",
            "phonenumbers",
            "ims",
            "photos",
            "addresses",
            "entitlements",
            "roles",
            "x509certificates",
            "schemas");

    private final ObjectNode resource;

    /** The resource is changed in place. */
    ResourcePatch(ObjectNode resource) {
        this.resource = resource;
    }

    ObjectNode apply(List<PatchOperation> operations) {
        operations.forEach(this::apply);
        return resource;
    }

    private void apply(PatchOperation operation) {
        AttributePath path = operation.path();
        if (path.attribute() == null) {
            applyToExtension(operation);
            return;
        }
        ObjectNode home = home(path);
        if (path.filter() != null) {
            applyToElements(operation, home);
        } else if (path.subAttribute() != null) {
            applyToSubAttribute(operation, home);
        } else {
            applyToAttribute(operation, home);
        }
    }

    private ObjectNode home(AttributePath path) {
        if (path.schema() == null || isCore(path.schema())) {
            return resource;
        }
        return object(resource, path.schema());
    }

    private static boolean isCore(String schema) {
        return schema.equalsIgnoreCase(Urn.USER) || schema.equalsIgnoreCase(Urn.GROUP);
    }

    /** {@code {"urn:…:User":{"department":"Sales"}}}: the attributes of the extension one by one. */
    private void applyToExtension(PatchOperation operation) {
        String schema = operation.path().schema();
        if (operation.op() == Op.REMOVE || isNull(operation.value())) {
            String name = Attributes.nameIn(resource, schema);
            if (name != null && resource.get(name).isObject()) {
                ObjectNode extension = (ObjectNode) resource.get(name);
                names(extension).forEach(extension::putNull);
            }
            return;
        }
        if (!operation.value().isObject()) {
            throw ScimException.invalidValue(schema, "an object of attributes is expected");
        }
        for (Map.Entry<String, JsonNode> attribute : operation.value().properties()) {
            apply(new PatchOperation(
                    operation.op(),
                    new AttributePath(schema, attribute.getKey(), null, null),
                    attribute.getValue(),
                    operation.named()));
        }
    }

    private void applyToAttribute(PatchOperation operation, ObjectNode home) {
        String name = nameIn(home, operation.path().attribute());
        JsonNode current = home.get(name);
        JsonNode value = operation.value();
        switch (operation.op()) {
            case REMOVE -> home.set(name, remaining(current, value));
            case REPLACE -> home.set(name, isMultiValued(name, current) ? list(value) : merged(current, value));
            case ADD -> {
                if (isMultiValued(name, current) || value.isArray()) {
                    addAll(array(home, name), value);
                } else {
                    home.set(name, merged(current, value));
                }
            }
        }
    }

    /** A remove with a value takes the named elements only: {@code "path":"members","value":[{"value":"…"}]}. */
    private static JsonNode remaining(JsonNode current, JsonNode value) {
        if (value == null || value.isNull() || current == null || !current.isArray()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : current) {
            boolean named = false;
            for (JsonNode unwanted : list(value)) {
                named |= sameValue(element, unwanted);
            }
            if (!named) {
                kept.add(element);
            }
        }
        return kept;
    }

    /** Replacing or adding a complex attribute touches the sub-attributes given (sections 3.5.2.1 and 3.5.2.3). */
    private static JsonNode merged(JsonNode current, JsonNode value) {
        if (current == null || !current.isObject() || !value.isObject()) {
            return value;
        }
        ObjectNode merged = (ObjectNode) current;
        for (Map.Entry<String, JsonNode> sub : value.properties()) {
            merged.set(nameIn(merged, sub.getKey()), sub.getValue());
        }
        return merged;
    }

    private void applyToSubAttribute(PatchOperation operation, ObjectNode home) {
        String name = nameIn(home, operation.path().attribute());
        JsonNode current = home.get(name);
        if (isMultiValued(name, current)) {
            ArrayNode elements = array(home, name);
            if (elements.isEmpty() && operation.op() != Op.REMOVE) {
                elements.addObject();
            }
            elements.forEach(element -> set(element, operation));
        } else {
            set(object(home, name), operation);
        }
    }

    private void applyToElements(PatchOperation operation, ObjectNode home) {
        AttributePath path = operation.path();
        ArrayNode elements = array(home, nameIn(home, path.attribute()));
        ValueFilter filter = new ValueFilter(path.filter());
        List<JsonNode> matching = new ArrayList<>();
        elements.forEach(element -> {
            if (filter.matches(element)) {
                matching.add(element);
            }
        });
        if (operation.op() == Op.REMOVE && path.subAttribute() == null) {
            elements.removeIf(matching::contains);
            return;
        }
        if (matching.isEmpty() && operation.op() != Op.REMOVE) {
            // RFC 7644 would answer noTarget; Entra expects the element to be made.
            ObjectNode made = elements.addObject();
            filter.template()
                    .orElseThrow(() -> ScimException.noTarget(path.toString(), "no element matches the filter"))
                    .forEach(made::set);
            matching.add(made);
        }
        for (JsonNode element : matching) {
            if (path.subAttribute() != null) {
                set(element, operation);
            } else if (element.isObject() && operation.value().isObject()) {
                merged(element, operation.value());
            } else {
                throw ScimException.invalidValue(path.toString(), "an object is expected");
            }
        }
    }

    private static void set(JsonNode element, PatchOperation operation) {
        if (!element.isObject()) {
            throw ScimException.invalidPath(operation.path().toString(), "the attribute has no sub-attributes");
        }
        ObjectNode complex = (ObjectNode) element;
        String name = nameIn(complex, operation.path().subAttribute());
        if (operation.op() == Op.REMOVE) {
            complex.putNull(name);
        } else {
            complex.set(name, operation.value());
        }
    }

    private static void addAll(ArrayNode elements, JsonNode added) {
        for (JsonNode element : list(added)) {
            boolean present = false;
            for (JsonNode other : elements) {
                present |= other.equals(element);
            }
            if (present) {
                continue;
            }
            if (element.path("primary").asBoolean()) {
                elements.forEach(other -> {
                    if (other instanceof ObjectNode complex && complex.has("primary")) {
                        complex.put("primary", false);
                    }
                });
            }
            elements.add(element);
        }
    }

    private static boolean sameValue(JsonNode element, JsonNode other) {
        JsonNode value = element.isObject() ? element.path("value") : element;
        JsonNode unwanted = other.isObject() ? other.path("value") : other;
        return value.asText().equalsIgnoreCase(unwanted.asText());
    }

    private static ArrayNode list(JsonNode value) {
        if (value instanceof ArrayNode array) {
            return array;
        }
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        if (!isNull(value)) {
            list.add(value);
        }
        return list;
    }

    private static boolean isMultiValued(String name, JsonNode current) {
        return (current != null && current.isArray()) || MULTI_VALUED.contains(name.toLowerCase(Locale.ROOT));
    }

    private static boolean isNull(JsonNode value) {
        return value == null || value.isNull();
    }

    private static List<String> names(ObjectNode object) {
        return object.properties().stream().map(Map.Entry::getKey).toList();
    }

    private static String nameIn(ObjectNode object, String name) {
        String written = Attributes.nameIn(object, name);
        return written == null ? name : written;
    }

    private static ObjectNode object(ObjectNode parent, String name) {
        String written = nameIn(parent, name);
        return parent.get(written) instanceof ObjectNode object ? object : parent.putObject(written);
    }

    private static ArrayNode array(ObjectNode parent, String name) {
        return parent.get(name) instanceof ArrayNode array ? array : parent.putArray(name);
    }
}
