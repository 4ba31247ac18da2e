package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.AttributePath;

/**
 * One operation of RFC 7644 section 3.5.2.
 *
 * @param path never null: a path-less operation has become one operation per attribute
 * @param value a JSON value, or null for a remove without one
 * @param named whether the client wrote the path: what it names must exist and be writable, while what merely stands in
 *     the object of a path-less operation is passed over like in a PUT (Okta sends the {@code id} along)
 */
public record PatchOperation(Op op, AttributePath path, JsonNode value, boolean named) {

    /** Written in any case: Entra capitalises. */
    public enum Op {
        ADD,
        REPLACE,
        REMOVE
    }
}
