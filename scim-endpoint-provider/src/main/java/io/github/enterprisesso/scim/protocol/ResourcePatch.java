package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.Attributes;
import io.github.enterprisesso.scim.filter.ValueFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Applies PATCH operations to the JSON of one resource (RFC 7644 section 3.5.2). What an operation took away is left
 * behind as an explicit null, so that the result reads like a PUT in which a missing attribute means "leave it".
 */
final class ResourcePatch {

    private static final String VALUE = "value";
    private static final String PRIMARY = "primary";

    /** What says nothing about which value is meant. */
    private static final Set<String> NOT_TELLING = Set.of("$ref", "display");

    private final ObjectNode resource;
    private final Predicate<AttributePath> multiValued;

    /** The resource is changed in place. */
    ResourcePatch(ObjectNode resource, Predicate<AttributePath> multiValued) {
        this.resource = resource;
        this.multiValued = multiValued;
    }

    ObjectNode apply(List<PatchOperation> operations) {
        operations.forEach(this::apply);
        return resource;
    }

    private void apply(PatchOperation operation) {
        AttributePath path = operation.path();
        if (operation.isAboutSchema()) {
            applyToSchema(operation);
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

    private void applyToSchema(PatchOperation operation) {
        if (!operation.removes()) {
            apply(operation.attributes());
            return;
        }
        String name = Attributes.nameIn(resource, operation.path().schema());
        if (name != null && resource.get(name) instanceof ObjectNode extension) {
            extension.properties().stream().map(Map.Entry::getKey).toList().forEach(extension::putNull);
        }
    }

    private void applyToAttribute(PatchOperation operation, ObjectNode home) {
        String name = nameIn(home, operation.path().attribute());
        JsonNode current = home.get(name);
        JsonNode value = operation.value();
        if (!multiValued.test(operation.path())) {
            home.set(name, operation.removes() ? JsonNodeFactory.instance.nullNode() : merged(current, value));
            return;
        }
        switch (operation.op()) {
            case REMOVE -> home.set(name, remaining(current, value));
            case REPLACE -> home.set(name, list(value));
            case ADD -> addAll(array(home, name), value);
        }
    }

    /** A remove with a value takes the named elements only: {@code "path":"members","value":[{"value":"…"}]}. */
    private static JsonNode remaining(JsonNode current, JsonNode value) {
        if (isNull(value) || current == null || !current.isArray()) {
            return JsonNodeFactory.instance.nullNode();
        }
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : current) {
            boolean named = false;
            for (JsonNode unwanted : list(value)) {
                named |= isNamedBy(unwanted, element);
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
        if (!multiValued.test(operation.path())) {
            set(object(home, name), operation);
            return;
        }
        ArrayNode elements = array(home, name);
        if (elements.isEmpty() && !operation.removes()) {
            elements.addObject();
        }
        elements.forEach(element -> set(element, operation));
        keepOnePrimary(elements, elements);
    }

    private void applyToElements(PatchOperation operation, ObjectNode home) {
        AttributePath path = operation.path();
        ArrayNode elements = array(home, nameIn(home, path.attribute()));
        ValueFilter filter = new ValueFilter(path.filter());
        List<Integer> matching = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            if (filter.matches(elements.get(i))) {
                matching.add(i);
            }
        }
        if (path.subAttribute() == null && operation.removes()) {
            for (int i = matching.size() - 1; i >= 0; i--) {
                elements.remove(matching.get(i));
            }
            return;
        }
        if (matching.isEmpty() && !operation.removes()) {
            // RFC 7644 would answer noTarget; Entra expects the element to be made.
            ObjectNode made = JsonNodeFactory.instance.objectNode();
            filter.template()
                    .orElseThrow(() -> ScimException.noTarget(path.toString(), "no element matches the filter"))
                    .forEach(made::set);
            matching.add(elements.size());
            elements.add(made);
        }
        for (int i : matching) {
            if (path.subAttribute() != null) {
                set(elements.get(i), operation);
            } else {
                elements.set(i, written(elements.get(i), operation));
            }
        }
        keepOnePrimary(elements, matching.stream().map(elements::get).toList());
    }

    /** Of an element, as of any complex value, sub-attributes that are not given stay as they are. */
    private static JsonNode written(JsonNode element, PatchOperation operation) {
        JsonNode value = operation.value();
        if (element.isValueNode() && (value.isValueNode() || value.has(VALUE))) {
            return value;
        }
        if (!element.isObject() || !value.isObject()) {
            throw ScimException.invalidValue(operation.path().toString(), "an object is expected");
        }
        return merged(element, value);
    }

    private static void set(JsonNode element, PatchOperation operation) {
        if (!(element instanceof ObjectNode complex)) {
            throw ScimException.invalidPath(operation.path().toString(), "the attribute has no sub-attributes");
        }
        String name = nameIn(complex, operation.path().subAttribute());
        if (operation.removes()) {
            complex.putNull(name);
        } else {
            complex.set(name, operation.value());
        }
    }

    /** What is there already is completed, never doubled. */
    private static void addAll(ArrayNode elements, JsonNode added) {
        for (JsonNode element : list(added)) {
            JsonNode present = null;
            for (JsonNode other : elements) {
                if (present == null && isNamedBy(element, other)) {
                    present = other;
                }
            }
            if (present == null) {
                elements.add(element);
            } else {
                merged(present, element);
            }
            keepOnePrimary(elements, List.of(present == null ? element : present));
        }
    }

    /** The value true of "primary" must appear no more than once (RFC 7643 section 2.4): the one written last has it. */
    private static void keepOnePrimary(ArrayNode elements, Iterable<JsonNode> written) {
        JsonNode primary = null;
        for (JsonNode element : written) {
            if (isPrimary(element)) {
                primary = element;
            }
        }
        if (primary == null) {
            return;
        }
        for (JsonNode element : elements) {
            if (element != primary && isPrimary(element)) {
                ((ObjectNode) element).put(nameIn((ObjectNode) element, PRIMARY), false);
            }
        }
    }

    private static boolean isPrimary(JsonNode element) {
        JsonNode primary = Attributes.find(element, PRIMARY);
        return primary != null && primary.asText().equalsIgnoreCase("true");
    }

    /** Whether what a client names is the element: by its value, and by its type if he gives one; else by all he gives. */
    private static boolean isNamedBy(JsonNode given, JsonNode element) {
        if (!given.isObject() || !element.isObject()) {
            return text(given).equals(text(element));
        }
        JsonNode value = Attributes.find(given, VALUE);
        if (!isNull(value)) {
            JsonNode type = Attributes.find(given, "type");
            return sameText(value, Attributes.find(element, VALUE))
                    && (isNull(type) || sameText(type, Attributes.find(element, "type")));
        }
        boolean telling = false;
        for (Map.Entry<String, JsonNode> sub : given.properties()) {
            if (isNull(sub.getValue()) || NOT_TELLING.contains(sub.getKey())) {
                continue;
            }
            if (!sameText(sub.getValue(), Attributes.find(element, sub.getKey()))) {
                return false;
            }
            telling = true;
        }
        return telling;
    }

    private static boolean sameText(JsonNode one, JsonNode other) {
        return !isNull(other) && one.asText().equalsIgnoreCase(other.asText());
    }

    /** Of a simple value, which may stand in an object of its own: {@code {"value":"a"}}. */
    private static String text(JsonNode simple) {
        JsonNode value = simple.isObject() ? Attributes.find(simple, VALUE) : simple;
        return value == null ? "" : value.asText();
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

    private static boolean isNull(JsonNode value) {
        return value == null || value.isNull();
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
