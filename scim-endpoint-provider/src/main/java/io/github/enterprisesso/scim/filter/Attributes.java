package io.github.enterprisesso.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** Attribute names of a JSON resource, compared as RFC 7643 section 2.1 wants it: without case. */
public final class Attributes {

    private Attributes() {}

    /** The value of the attribute, or null when the resource has none of that name or is no object. */
    public static JsonNode find(JsonNode resource, String name) {
        String written = nameIn(resource, name);
        return written == null ? null : resource.get(written);
    }

    /** How the resource itself writes the name, or null when it has no such attribute. */
    public static String nameIn(JsonNode resource, String name) {
        if (resource == null || !resource.isObject() || name == null) {
            return null;
        }
        if (resource.has(name)) {
            return name;
        }
        for (Iterator<String> names = resource.fieldNames(); names.hasNext(); ) {
            String written = names.next();
            if (written.equalsIgnoreCase(name)) {
                return written;
            }
        }
        return null;
    }
}
