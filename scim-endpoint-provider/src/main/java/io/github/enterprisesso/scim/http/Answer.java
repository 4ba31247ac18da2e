package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * What the router has to say.
 *
 * @param json null for 204
 * @param location of a created resource, or of one that was asked for by another name; null: none
 * @param version of the one resource that it is about, or null
 * @param headers further ones, by name
 */
record Answer(int status, JsonNode json, String location, EntityTag version, Map<String, String> headers) {

    static Answer ok(JsonNode json) {
        return new Answer(200, json, null, null, Map.of());
    }

    static Answer created(ObjectNode resource, String location) {
        return new Answer(201, resource, location, null, Map.of());
    }

    /** The client has that version already. */
    static Answer notModified(EntityTag version) {
        return new Answer(304, null, null, version, Map.of());
    }

    Answer with(EntityTag version) {
        return new Answer(status, json, location, version, headers);
    }

    Answer with(Map<String, String> headers) {
        return new Answer(status, json, location, version, headers);
    }

    /** The same with another address in the header {@code Location}. */
    Answer at(String location) {
        return new Answer(status, json, location, version, headers);
    }

    static Answer noContent() {
        return new Answer(204, null, null, null, Map.of());
    }
}
