package io.github.enterprisesso.scim.schema;

import io.github.enterprisesso.scim.filter.AttributePath;
import java.util.List;
import java.util.Optional;

/**
 * The attributes of a resource type.
 *
 * @param core its own schema; the common attributes of RFC 7643 section 3.1 stand in it, too
 */
public record Catalogue(Schema core, List<Schema> extensions) {

    /** The attribute on the top level of its schema that the path is about. */
    public Optional<Attribute> find(AttributePath path) {
        if (path.attribute() == null) {
            return Optional.empty();
        }
        return schema(path.schema()).flatMap(schema -> schema.attribute(path.attribute()));
    }

    public boolean isMultiValued(AttributePath path) {
        return find(path).map(Attribute::isMultiValued).orElse(false);
    }

    /** Whether the attribute of the own schema, or its sub-attribute if one is named, may only be read. */
    public boolean isReadOnly(String name, String sub) {
        return core.attribute(name)
                .flatMap(attribute -> sub == null ? Optional.of(attribute) : attribute.subAttribute(sub))
                .map(Attribute::isReadOnly)
                .orElse(false);
    }

    /** The schema of that URN or alias; the resource type's own for null. */
    public Optional<Schema> schema(String urn) {
        if (urn == null || core.isCalled(urn)) {
            return Optional.of(core);
        }
        return extensions.stream().filter(schema -> schema.isCalled(urn)).findFirst();
    }

    public List<Schema> schemas() {
        return java.util.stream.Stream.concat(java.util.stream.Stream.of(core), extensions.stream())
                .toList();
    }
}
