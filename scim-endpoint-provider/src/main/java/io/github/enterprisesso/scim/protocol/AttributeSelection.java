package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code attributes} and {@code excludedAttributes} of RFC 7644 section 3.9, on the top level of a resource:
 * {@code name.givenName} selects {@code name}. {@code id} and {@code schemas} are always returned.
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
        if (isBlank(attributes) && isBlank(excludedAttributes)) {
            return DEFAULT;
        }
        return new AttributeSelection(names(attributes), names(excludedAttributes));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static Set<String> names(String list) {
        if (isBlank(list)) {
            return Set.of();
        }
        return Arrays.stream(list.split(","))
                .map(String::trim)
                .filter(name -> !name.isEmpty())
                .map(AttributeSelection::topLevel)
                .collect(Collectors.toCollection(HashSet::new));
    }

    /** The key under which a resource holds the attribute: the schema for one of an extension. */
    private static String topLevel(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        for (String core : List.of(Urn.USER, Urn.GROUP)) {
            String prefix = core.toLowerCase(Locale.ROOT) + ":";
            if (lower.startsWith(prefix)) {
                lower = lower.substring(prefix.length());
            }
        }
        if (lower.startsWith("urn:")) {
            return lower;
        }
        int dot = lower.indexOf('.');
        return dot < 0 ? lower : lower.substring(0, dot);
    }

    /** Whether the top-level attribute is to be returned, so that nobody computes what nobody asked for. */
    public boolean includes(String attribute) {
        String name = attribute.toLowerCase(Locale.ROOT);
        if (ALWAYS.contains(name)) {
            return true;
        }
        if (!only.isEmpty()) {
            return mentions(only, name);
        }
        return !without.contains(name);
    }

    /** Whether anything but those top-level attributes, in lower case, may be asked for. */
    public boolean includesOtherThan(Set<String> attributes) {
        return only.isEmpty() || !attributes.containsAll(only);
    }

    /** An extension is meant by its own name and by the full name of one of its attributes. */
    private static boolean mentions(Set<String> names, String attribute) {
        return names.contains(attribute)
                || (attribute.startsWith("urn:") && names.stream().anyMatch(name -> name.startsWith(attribute + ":")));
    }

    public ObjectNode applyTo(ObjectNode resource) {
        if (this != DEFAULT) {
            resource.retain(names(resource));
        }
        return resource;
    }

    private List<String> names(ObjectNode resource) {
        return resource.properties().stream()
                .map(java.util.Map.Entry::getKey)
                .filter(this::includes)
                .toList();
    }
}
