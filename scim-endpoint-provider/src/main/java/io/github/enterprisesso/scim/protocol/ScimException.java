package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * An answer other than success, named after the protocol: RFC 7644 section 3.12 and its table 9.
 * The message is the {@code detail}: it says what was wrong with which attribute and what is allowed.
 */
public final class ScimException extends RuntimeException {

    private final int status;
    private final String scimType;

    private ScimException(int status, String scimType, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.scimType = scimType;
    }

    public static ScimException invalidFilter(String filter, String reason) {
        return new ScimException(400, "invalidFilter", "The filter '" + filter + "' cannot be used: " + reason + ".");
    }

    public static ScimException invalidSyntax(String reason) {
        return new ScimException(400, "invalidSyntax", reason);
    }

    public static ScimException invalidPath(String path, String reason) {
        return new ScimException(400, "invalidPath", "The path '" + path + "' cannot be used: " + reason + ".");
    }

    public static ScimException noTarget(String path, String reason) {
        return new ScimException(400, "noTarget", "The path '" + path + "' has no target: " + reason + ".");
    }

    public static ScimException invalidValue(String attribute, String reason) {
        return new ScimException(400, "invalidValue", attribute + ": " + reason + ".");
    }

    /** RFC 9865 section 2.1, as the next two. */
    public static ScimException invalidCursor() {
        return new ScimException(
                400,
                "invalidCursor",
                "cursor: it is none that this service gave for this list with this filter and order;"
                        + " an empty one asks for the first page.");
    }

    public static ScimException expiredCursor(long seconds) {
        return new ScimException(
                400,
                "expiredCursor",
                "cursor: it was given more than " + seconds
                        + " seconds ago; an empty one asks for the first page again.");
    }

    public static ScimException invalidCount(String name, String count, int max) {
        return new ScimException(
                400,
                "invalidCount",
                name + ": '" + count + "' is no integer from 1 on; the most of one page are " + max + ".");
    }

    public static ScimException mutability(String attribute, String reason) {
        return new ScimException(400, "mutability", attribute + ": " + reason + ".");
    }

    public static ScimException uniqueness(String attribute, String reason) {
        return new ScimException(409, "uniqueness", attribute + ": " + reason + ".");
    }

    /** For what stands in the way and is no duplicate. */
    public static ScimException conflict(String reason) {
        return new ScimException(409, null, reason);
    }

    public static ScimException unauthorized(String reason) {
        return new ScimException(401, null, reason);
    }

    public static ScimException forbidden(String reason) {
        return new ScimException(403, null, reason);
    }

    public static ScimException notFound(String what) {
        return new ScimException(404, null, what + " was not found.");
    }

    public static ScimException methodNotAllowed(String method, String path) {
        return new ScimException(405, null, method + " is not available on " + path + ".");
    }

    public static ScimException preconditionFailed(String reason) {
        return new ScimException(412, null, reason);
    }

    public static ScimException payloadTooLarge(int limit) {
        return new ScimException(413, null, "The request is larger than " + limit + " bytes.");
    }

    /** RFC 7644 section 3.7.4. */
    public static ScimException tooManyOperations(int most) {
        return new ScimException(413, null, "A Bulk request has at most " + most + " operations (maxOperations).");
    }

    public static ScimException unsupportedMediaType(String given) {
        return new ScimException(
                415,
                null,
                "The body is '" + (given == null ? "of no media type" : given)
                        + "'; application/scim+json and application/json are understood.");
    }

    /** The answer carries {@code Retry-After} as well. */
    public static ScimException tooManyRequests(int perMinute, int seconds) {
        return new ScimException(
                429, null, "More than " + perMinute + " requests a minute; try again in " + seconds + " seconds.");
    }

    /** Nothing of the cause leaves the server; it stands in the log. */
    public static ScimException internal() {
        return new ScimException(500, null, "The request failed; the cause is in the server log.");
    }

    public int status() {
        return status;
    }

    /** One of RFC 7644 table 9 or RFC 9865 section 2.1, or null where they have none. */
    public String scimType() {
        return scimType;
    }

    /** {@code {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"409","scimType":"uniqueness","detail":"…"}} */
    public ObjectNode toJson() {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.putArray("schemas").add(Urn.ERROR);
        json.put("status", Integer.toString(status));
        if (scimType != null) {
            json.put("scimType", scimType);
        }
        return json.put("detail", getMessage());
    }
}
