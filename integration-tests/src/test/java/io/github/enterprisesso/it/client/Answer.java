package io.github.enterprisesso.it.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;

/** What a server answered: status, headers, the text as sent, and the same as JSON where it is JSON. */
public record Answer(int status, HttpHeaders headers, String text, JsonNode body) {

    static Answer of(HttpResponse<String> response) {
        return of(response.statusCode(), response.headers().map(), response.body());
    }

    /** What another HTTP client got. */
    public static Answer of(int status, Map<String, List<String>> headers, String text) {
        return new Answer(status, HttpHeaders.of(headers, (name, value) -> true), text, json(text));
    }

    private static JsonNode json(String text) {
        if (text == null || text.isBlank()) {
            return MissingNode.getInstance();
        }
        try {
            return Json.MAPPER.readTree(text);
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        }
    }

    /** The value at a JSON pointer, for example {@code at("/emails/0/value")}, as text; empty where there is none. */
    public String at(String pointer) {
        return body.at(pointer).asText();
    }

    public String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    @Override
    public String toString() {
        return status + " " + text;
    }
}
