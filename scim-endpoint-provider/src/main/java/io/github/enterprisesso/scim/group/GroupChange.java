package io.github.enterprisesso.scim.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.protocol.Given;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import java.util.List;
import java.util.stream.Stream;

/** What a request wants of a group, its members apart: each attribute left alone, emptied or set. */
record GroupChange(Given<String> displayName, Given<String> externalId, Given<List<String>> roles) {

    private static final int MAX_LENGTH = 255;

    static GroupChange read(ResourceBody body, ScimConnection connection, List<String> currentRoles) {
        Given<String> displayName = text(body, "displayName");
        if (displayName.mentioned() && displayName.value() == null) {
            throw ScimException.invalidValue("displayName", "is required");
        }
        return new GroupChange(displayName, text(body, "externalId"), roles(body, connection, currentRoles));
    }

    private static Given<String> text(ResourceBody body, String name) {
        return body.attribute(name, Urn.GROUP).map(value -> {
            String text = ResourceBody.text(name, value);
            if (text != null && text.length() > MAX_LENGTH) {
                throw ScimException.invalidValue(name, "at most " + MAX_LENGTH + " characters are allowed");
            }
            return text;
        });
    }

    /** Sorted as the connection ranks them; of two spellings the one that is news counts. */
    private static Given<List<String>> roles(ResourceBody body, ScimConnection connection, List<String> current) {
        List<List<String>> given = body.candidates(connection.groupExtensions(), List.of(GroupRecord.ROLES)).stream()
                .map(value -> roles(value, connection, current))
                .toList();
        if (given.isEmpty()) {
            return Given.nothing();
        }
        return Given.of(given.stream()
                .filter(roles -> !sameRoles(roles, current))
                .findFirst()
                .orElse(given.get(0)));
    }

    /** Roles that the group has already are not questioned; those that the connection does not rank come last. */
    private static List<String> roles(JsonNode value, ScimConnection connection, List<String> current) {
        List<String> written = ResourceBody.texts(GroupRecord.ROLES, value);
        List<String> unranked = written.stream()
                .filter(role -> connection.roleValues().stream().noneMatch(role::equalsIgnoreCase))
                .distinct()
                .toList();
        for (String role : unranked) {
            if (!current.contains(role)) {
                throw ScimException.invalidValue(
                        GroupRecord.ROLES, "'" + role + "' is not one of " + connection.roleValues());
            }
        }
        Stream<String> ranked =
                connection.roleValues().stream().filter(role -> written.stream().anyMatch(role::equalsIgnoreCase));
        return Stream.concat(ranked, unranked.stream()).toList();
    }

    static boolean sameRoles(List<String> one, List<String> other) {
        return one.size() == other.size() && one.containsAll(other);
    }
}
