package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.Attributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The body of a Bulk request, RFC 7644 section 3.7:
 * {@code {"schemas":["…:BulkRequest"],"failOnErrors":1,"Operations":[{"method":"POST","path":"/Users","bulkId":"qwerty","data":{…}}]}}.
 *
 * @param failOnErrors after how many errors the rest is left undone
 */
public record BulkRequest(int failOnErrors, List<BulkOperation> operations) {

    /** 400 for what is no Bulk request, and 413 for too large a one, before anything is done. */
    public static BulkRequest parse(ResourceBody body, int maxOperations) {
        JsonNode list = Attributes.find(body.json(), "Operations");
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw ScimException.invalidSyntax("Operations: a Bulk request needs a list of at least one operation.");
        }
        if (list.size() > maxOperations) {
            throw ScimException.tooManyOperations(maxOperations);
        }
        List<BulkOperation> operations = new ArrayList<>();
        Map<String, Integer> numbers = new HashMap<>();
        for (JsonNode json : list) {
            BulkOperation operation = BulkOperation.parse(json, operations.size());
            if (operation.creates()) {
                Integer first = numbers.putIfAbsent(operation.bulkId(), operations.size());
                if (first != null) {
                    throw ScimException.invalidSyntax("Operations[" + operations.size() + "].bulkId: '"
                            + operation.bulkId() + "' is that of Operations[" + first + "] already.");
                }
            }
            operations.add(operation);
        }
        return new BulkRequest(failOnErrors(body.json()), List.copyOf(operations));
    }

    private static int failOnErrors(JsonNode body) {
        JsonNode value = Attributes.find(body, "failOnErrors");
        if (value == null || value.isNull()) {
            return Integer.MAX_VALUE;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 0) {
            throw ScimException.invalidValue("failOnErrors", "a whole number from 1 is expected");
        }
        // Clients that always send their default mean none.
        return value.asInt() == 0 ? Integer.MAX_VALUE : value.asInt();
    }

    /**
     * The numbers of the operations in the steps in which they are to be done: in the order sent, but each after those that
     * create what it refers to. What refers to each other in a circle is one step.
     */
    public List<List<Integer>> steps() {
        return new BulkOrder(operations).steps();
    }
}
