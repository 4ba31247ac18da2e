package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What became of one operation of a Bulk request.
 *
 * @param location of the resource; null when it was not created
 * @param version of the resource, or null
 * @param error null: it was done
 */
public record BulkResult(BulkOperation operation, int status, String location, String version, ScimException error) {

    public static BulkResult done(BulkOperation operation, int status, String location, String version) {
        return new BulkResult(operation, status, location, version, null);
    }

    public static BulkResult failed(BulkOperation operation, String location, ScimException error) {
        return new BulkResult(operation, error.status(), operation.creates() ? null : location, null, error);
    }

    /** {@code {"method":"POST","bulkId":"qwerty","location":"…","version":"W/\"…\"","status":"201"}}; an error in {@code response} */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("method", operation.method());
        if (operation.bulkId() != null) {
            json.put("bulkId", operation.bulkId());
        }
        if (version != null) {
            json.put("version", version);
        }
        if (location != null) {
            json.put("location", location);
        }
        json.put("status", Integer.toString(status));
        if (error != null) {
            json.set("response", error.toJson());
        }
        return json;
    }
}
