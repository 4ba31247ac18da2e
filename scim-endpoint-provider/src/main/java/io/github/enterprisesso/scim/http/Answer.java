package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the router has to say.
 *
 * @param json null for 204
 * @param location of a created resource, or of one that was asked for by another name; null: none
 * @param version of the one resource that it is about, or null
 */
record Answer(int status, JsonNode json, String location, EntityTag version) {

    static Answer ok(JsonNode json) {
        return new Answer(200, json, null, null);
    }

    static Answer created(ObjectNode resource, String location) {
        return new Answer(201, resource, location, null);
    }

    /** The client has that version already. */
    static Answer notModified(EntityTag version) {
        return new Answer(304, null, null, version);
    }

    Answer with(EntityTag version) {
        return new Answer(status, json, location, version);
    }

    /** The same with another address in the header {@code Location}. */
    Answer at(String location) {
        return new Answer(status, json, location, version);
    }

    static Answer noContent() {
        return new Answer(204, null, null, null);
    }
}
