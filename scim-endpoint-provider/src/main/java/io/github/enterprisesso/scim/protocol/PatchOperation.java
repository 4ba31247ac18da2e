package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.FilterSyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One operation of RFC 7644 section 3.5.2.
 *
 * @param path never null: a path-less operation has become one operation per attribute
 * @param value a JSON value, or null for a remove without one
 * @param named whether the client wrote the path: what it names must exist and be writable, while what merely stands in
 *     the object of a path-less operation is passed over like in a PUT (Okta sends the {@code id} along)
 */
public record PatchOperation(Op op, AttributePath path, JsonNode value, boolean named) {

    /**
     * An operation on a schema with an object of attributes ({@code "urn:…:2.0:User":{"department":"Sales"}}) comes to one per
     * attribute; none of them is named. Keys that are no path are passed over.
     */
    public List<PatchOperation> attributes() {
        if (!value.isObject()) {
            throw ScimException.invalidValue(path.schema(), "an object of attributes is expected");
        }
        List<PatchOperation> operations = new ArrayList<>();
        value.properties()
                .forEach(attribute -> unnamed(op, path.schema() + ":" + attribute.getKey(), attribute.getValue())
                        .ifPresent(operations::add));
        return operations;
    }

    /** Whether it is about all attributes of a schema. */
    public boolean isAboutSchema() {
        return path.attribute() == null;
    }

    /** Whether it takes away, be it with a value of null. */
    public boolean removes() {
        return op == Op.REMOVE || value == null || value.isNull();
    }

    public PatchOperation at(AttributePath resolved) {
        return new PatchOperation(op, resolved, value, named);
    }

    /** For a key of an object; empty for one that is no path, unless it has the brackets of one: then 400. */
    static Optional<PatchOperation> unnamed(Op op, String key, JsonNode value) {
        try {
            return Optional.of(new PatchOperation(op, AttributePath.parse(key), value, false));
        } catch (FilterSyntaxException e) {
            if (key.contains("[")) {
                throw ScimException.invalidPath(key, e.getMessage());
            }
            return Optional.empty();
        }
    }

    /** Written in any case: Entra capitalises. */
    public enum Op {
        ADD,
        REPLACE,
        REMOVE
    }
}
