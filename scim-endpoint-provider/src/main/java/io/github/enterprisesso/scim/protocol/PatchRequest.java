package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.filter.Attributes;
import io.github.enterprisesso.scim.filter.FilterSyntaxException;
import io.github.enterprisesso.scim.protocol.PatchOperation.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The body of a PATCH, RFC 7644 section 3.5.2:
 * {@code {"schemas":["…:PatchOp"],"Operations":[{"op":"replace","path":"active","value":false}]}}.
 * An operation without a path is split into one per attribute, so that whoever applies them sees paths only.
 */
public record PatchRequest(List<PatchOperation> operations) {

    public static PatchRequest parse(JsonNode body) {
        JsonNode list = Attributes.find(body, "Operations");
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw ScimException.invalidSyntax("Operations: a PATCH needs a list of at least one operation.");
        }
        List<PatchOperation> operations = new ArrayList<>();
        for (JsonNode operation : list) {
            read(operation, operations);
        }
        return new PatchRequest(List.copyOf(operations));
    }

    private static void read(JsonNode operation, List<PatchOperation> operations) {
        Op op = op(Attributes.find(operation, "op"));
        JsonNode path = Attributes.find(operation, "path");
        JsonNode value = Attributes.find(operation, "value");
        if (path != null && !path.isNull() && !path.asText().isBlank()) {
            if (!path.isTextual()) {
                throw ScimException.invalidPath(path.toString(), "it is no string");
            }
            if (value == null && op != Op.REMOVE) {
                throw ScimException.invalidValue(path.asText(), "the operation has no value");
            }
            operations.add(new PatchOperation(op, path(path.asText()), value, true));
            return;
        }
        if (op == Op.REMOVE) {
            throw ScimException.noTarget("", "a remove operation needs a path");
        }
        if (value == null || !value.isObject()) {
            throw ScimException.invalidValue("value", "an operation without a path needs an object of attributes");
        }
        for (Map.Entry<String, JsonNode> attribute : value.properties()) {
            PatchOperation.unnamed(op, attribute.getKey(), attribute.getValue()).ifPresent(operations::add);
        }
    }

    private static Op op(JsonNode written) {
        if (written != null && written.isTextual()) {
            for (Op op : Op.values()) {
                if (op.name().equalsIgnoreCase(written.asText())) {
                    return op;
                }
            }
        }
        throw ScimException.invalidSyntax("op: " + (written == null ? "is missing" : written + " is unknown")
                + "; add, replace and remove are known.");
    }

    static AttributePath path(String text) {
        try {
            return AttributePath.parse(text);
        } catch (FilterSyntaxException e) {
            throw ScimException.invalidPath(text, e.getMessage());
        }
    }
}
