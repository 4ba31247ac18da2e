package io.github.enterprisesso.scim.filter;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path of RFC 7644 figure 7: {@code [schema:]attribute[[filter]][.subAttribute]}, or a schema alone.
 *
 * @param schema the URN as written, or null
 * @param attribute null when the path is a schema alone
 * @param filter the value filter between brackets, or null
 * @param subAttribute null when the path names the attribute itself
 */
public record AttributePath(String schema, String attribute, Filter filter, String subAttribute) {

    /** A colon may follow a schema alone. Schemas carry a version ("2.0") whose dot separates nothing, and end with the resource type. */
    private static final Pattern VERSIONED_URN = Pattern.compile("(?i)(urn:.*:\\d+\\.\\d+:\\w+)(?::(.+)?)?");

    private static final Pattern NAME = Pattern.compile("[A-Za-z$][\\w$-]*");

    /** Reads {@code userName}, {@code name.givenName}, {@code emails[type eq "work"].value}, {@code urn:…:2.0:User:title}. */
    public static AttributePath parse(String text) {
        FilterParser parser = new FilterParser(text);
        AttributePath path = parser.path();
        parser.end();
        return path;
    }

    static AttributePath of(String qualifiedName, Filter filter, String subAttribute) {
        String schema = null;
        String rest = qualifiedName;
        if (qualifiedName.regionMatches(true, 0, "urn:", 0, 4)) {
            Matcher versioned = VERSIONED_URN.matcher(qualifiedName);
            if (versioned.matches()) {
                schema = versioned.group(1);
                rest = versioned.group(2);
            } else {
                int colon = qualifiedName.lastIndexOf(':');
                schema = qualifiedName.substring(0, colon);
                rest = qualifiedName.substring(colon + 1);
            }
        }
        if (rest == null) {
            if (filter != null || subAttribute != null) {
                throw new FilterSyntaxException("'" + qualifiedName + "' is a schema, not an attribute");
            }
            return new AttributePath(schema, null, null, null);
        }
        String attribute = rest;
        String sub = subAttribute;
        int dot = rest.indexOf('.');
        if (dot >= 0) {
            if (filter != null || sub != null) {
                throw new FilterSyntaxException("'" + rest + "' has more than one sub-attribute");
            }
            attribute = rest.substring(0, dot);
            sub = rest.substring(dot + 1);
        }
        requireName(attribute);
        if (sub != null) {
            requireName(sub);
        }
        return new AttributePath(schema, attribute, filter, sub);
    }

    private static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new FilterSyntaxException("'" + name + "' is not an attribute name");
        }
    }

    /** The path in lower case without its value filter: {@code emails.value}; what look-ups are keyed by. */
    public String key() {
        StringBuilder key = new StringBuilder();
        if (schema != null) {
            key.append(schema);
        }
        if (attribute != null) {
            key.append(schema == null ? "" : ":").append(attribute);
        }
        if (subAttribute != null) {
            key.append('.').append(subAttribute);
        }
        return key.toString().toLowerCase(Locale.ROOT);
    }

    public boolean isAttribute(String name) {
        return name.equalsIgnoreCase(attribute);
    }

    @Override
    public String toString() {
        String name = (schema == null ? "" : schema) + (schema == null || attribute == null ? "" : ":");
        return name
                + Objects.toString(attribute, "")
                + (filter == null ? "" : "[" + filter + "]")
                + (subAttribute == null ? "" : "." + subAttribute);
    }
}
