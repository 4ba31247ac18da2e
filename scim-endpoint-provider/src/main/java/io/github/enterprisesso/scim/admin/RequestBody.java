package io.github.enterprisesso.scim.admin;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.StorableText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON body whose fields are read one by one; what is wrong with them is collected and refused at once. */
final class RequestBody {

    /** Of the years that ISO-8601 writes with four digits. */
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

    private final JsonNode json;
    private final Map<String, String> errors = new LinkedHashMap<>();

    RequestBody(JsonNode json, List<String> known) {
        if (json == null || !json.isObject()) {
            throw Refusal.fields(400, Map.of("body", "must be a JSON object"));
        }
        this.json = json;
        json.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                errors.put(name, "is unknown; known are " + known);
            }
        });
    }

    boolean has(String field) {
        return json.hasNonNull(field);
    }

    JsonNode get(String field) {
        return json.get(field);
    }

    String text(String field) {
        JsonNode value = json.get(field);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().length() > 255) {
            reject(field, "must be a string of at most 255 characters");
            return null;
        }
        return isStorable(field, value.asText()) ? value.asText().trim() : null;
    }

    /** Rejects the field unless a database takes the text. */
    boolean isStorable(String field, String text) {
        String refusal = StorableText.refusal(text);
        if (refusal != null) {
            reject(field, "must be a text that can be stored: " + refusal);
        }
        return refusal == null;
    }

    /** ISO-8601 with an offset, in the future; null when it is refused, too. */
    Instant futureInstant(String field, Instant now) {
        String text = text(field);
        if (text == null) {
            return null;
        }
        try {
            Instant time = OffsetDateTime.parse(text).toInstant();
            if (!time.isAfter(now) || time.isAfter(LAST)) {
                reject(field, "must be in the future, and not after " + LAST);
                return null;
            }
            return time;
        } catch (DateTimeException e) {
            reject(field, "must be a time such as 2027-01-31T00:00:00Z");
            return null;
        }
    }

    /** ISO-8601, between nothing and {@code most}. */
    Duration duration(String field, Duration otherwise, Duration most) {
        String text = text(field);
        if (text == null) {
            return otherwise;
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.compareTo(most) > 0) {
                reject(field, "must be between PT0S and " + most);
            }
            return duration;
        } catch (DateTimeException e) {
            reject(field, "must be a duration such as PT12H or P7D");
            return otherwise;
        }
    }

    void reject(String field, String message) {
        errors.put(field, message);
    }

    void requireValid() {
        if (!errors.isEmpty()) {
            throw Refusal.fields(400, errors);
        }
    }
}
