package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * {@code attributes} and {@code excludedAttributes} of RFC 7644 section 3.9, down to sub-attributes:
 * {@code name.givenName}, {@code emails.value}, {@code urn:…:User:department}. {@code id} and {@code schemas} are always
 * returned. When both are given, {@code attributes} counts.
 */
public final class AttributeSelection {

    public static final AttributeSelection DEFAULT = new AttributeSelection(Set.of(), Set.of());

    private static final Set<String> ALWAYS = Set.of("id", "schemas");

    private final Set<String> only;
    private final Set<String> without;

    private AttributeSelection(Set<String> only, Set<String> without) {
        this.only = only;
        this.without = without;
    }

    /** Reads the two query parameters, comma-separated; either may be null. */
    public static AttributeSelection of(String attributes, String excludedAttributes) {
        return of(list(attributes), list(excludedAttributes));
    }

    public static AttributeSelection of(List<String> attributes, List<String> excludedAttributes) {
        Set<String> only = paths(attributes);
        Set<String> without = paths(excludedAttributes);
        return only.isEmpty() && without.isEmpty() ? DEFAULT : new AttributeSelection(only, without);
    }

    private static List<String> list(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(","));
    }

    private static Set<String> paths(Collection<String> written) {
        Set<String> paths = new HashSet<>();
        for (String path : written) {
            if (path != null && !path.isBlank()) {
                paths.add(withoutCoreSchema(path.trim().toLowerCase(Locale.ROOT)));
            }
        }
        return paths;
    }

    private static String withoutCoreSchema(String path) {
        for (String core : List.of(Urn.USER, Urn.GROUP)) {
            String prefix = core.toLowerCase(Locale.ROOT) + ":";
            if (path.startsWith(prefix)) {
                return path.substring(prefix.length());
            }
        }
        return path;
    }

    /** Whether the top-level attribute is to be returned, so that nobody computes what nobody asked for. */
    public boolean includes(String attribute) {
        String name = attribute.toLowerCase(Locale.ROOT);
        if (ALWAYS.contains(name)) {
            return true;
        }
        if (!only.isEmpty()) {
            return only.contains(name) || !below(only, name).isEmpty();
        }
        return !without.contains(name);
    }

    /** Whether the top-level attribute is to be returned with all its sub-attributes. */
    public boolean includesAllOf(String attribute) {
        String name = attribute.toLowerCase(Locale.ROOT);
        return includes(name)
                && (only.isEmpty() || only.contains(name))
                && below(without, name).isEmpty();
    }

    /** Whether anything but those top-level attributes, in lower case, may be asked for. */
    public boolean includesOtherThan(Set<String> attributes) {
        return only.isEmpty() || !attributes.containsAll(only);
    }

    /** Whether nothing but, perhaps, that top-level attribute is left out. */
    public boolean isAllBut(String attribute) {
        return only.isEmpty() && Set.of(attribute.toLowerCase(Locale.ROOT)).containsAll(without);
    }

    public ObjectNode applyTo(ObjectNode resource) {
        if (!only.isEmpty()) {
            Set<String> wanted = new HashSet<>(only);
            wanted.addAll(ALWAYS);
            keep(resource, wanted);
        } else if (!without.isEmpty()) {
            Set<String> unwanted = new HashSet<>(without);
            unwanted.removeAll(ALWAYS);
            drop(resource, unwanted);
        }
        return resource;
    }

    private static void keep(ObjectNode json, Set<String> wanted) {
        for (String name : names(json)) {
            String key = name.toLowerCase(Locale.ROOT);
            if (wanted.contains(key)) {
                continue;
            }
            Set<String> parts = below(wanted, key);
            List<ObjectNode> values = objects(json.get(name));
            boolean emptyList = json.get(name).isArray() && json.get(name).isEmpty();
            if (parts.isEmpty() || values.isEmpty() && !emptyList) {
                json.remove(name);
            } else {
                values.forEach(value -> keep(value, parts));
            }
        }
    }

    private static void drop(ObjectNode json, Set<String> unwanted) {
        for (String name : names(json)) {
            String key = name.toLowerCase(Locale.ROOT);
            if (unwanted.contains(key)) {
                json.remove(name);
                continue;
            }
            Set<String> parts = below(unwanted, key);
            if (!parts.isEmpty()) {
                objects(json.get(name)).forEach(value -> drop(value, parts));
            }
        }
    }

    /** What the paths say about the parts of the attribute; a schema is followed by a colon. */
    private static Set<String> below(Set<String> paths, String attribute) {
        String prefix = attribute + (attribute.startsWith("urn:") ? ":" : ".");
        Set<String> parts = new HashSet<>();
        for (String path : paths) {
            if (path.startsWith(prefix)) {
                parts.add(path.substring(prefix.length()));
            }
        }
        return parts;
    }

    private static List<ObjectNode> objects(JsonNode value) {
        if (value instanceof ObjectNode object) {
            return List.of(object);
        }
        List<ObjectNode> objects = new ArrayList<>();
        value.forEach(element -> {
            if (element instanceof ObjectNode object) {
                objects.add(object);
            }
        });
        return objects;
    }

    private static List<String> names(ObjectNode json) {
        return json.properties().stream().map(Map.Entry::getKey).toList();
    }
}
