package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the router has to say.
 *
 * @param json null for 204
 * @param location of a created resource, or null
 */
record Answer(int status, JsonNode json, String location) {

    static Answer ok(JsonNode json) {
        return new Answer(200, json, null);
    }

    static Answer created(ObjectNode resource) {
        return new Answer(201, resource, resource.path("meta").path("location").asText(null));
    }

    static Answer noContent() {
        return new Answer(204, null, null);
    }
}
