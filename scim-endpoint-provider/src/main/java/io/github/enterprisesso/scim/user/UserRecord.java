package io.github.enterprisesso.scim.user;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.Urn;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A user as the connection sees him.
 *
 * @param userName as the client wrote it last, as long as Keycloak's own spelling differs in case only
 * @param email as for userName; null: none
 * @param owned whether this connection provisions him; otherwise nobody does
 * @param emailType what the client called his address: work, unless it said otherwise
 * @param role his organization role, or null
 * @param attributes what is kept outside Keycloak's columns
 * @param groups his pushed groups
 * @param created milliseconds since the epoch, or null
 */
record UserRecord(
        String id,
        String userName,
        String givenName,
        String familyName,
        String email,
        String emailType,
        boolean active,
        String externalId,
        boolean owned,
        String role,
        UserAttributes attributes,
        List<GroupRef> groups,
        Long created,
        Long lastModified) {

    /** Name of the organization role in the user extension. */
    static final String ROLE = "OrganizationRole";

    /** The same, as Okta apps set up after older guides call it. */
    static final String OLDER_ROLE = "LambdatestOrganizationRole";

    /** Type of an address that nobody gave a type. */
    static final String EMAIL_TYPE = "work";

    record GroupRef(String id, String name) {}

    static String asWritten(String stored, String written) {
        return written != null && written.equalsIgnoreCase(stored) ? written : stored;
    }

    UserRecord with(String role, UserAttributes attributes, List<GroupRef> groups) {
        return new UserRecord(
                id,
                userName,
                givenName,
                familyName,
                email,
                emailType,
                active,
                externalId,
                owned,
                role,
                attributes,
                groups,
                created,
                lastModified);
    }

    ObjectNode toJson(ScimContext scim, AttributeSelection selection) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        String extension = scim.connection().userExtensions().get(0);
        var schemas = json.putArray("schemas").add(Urn.USER);
        if (role != null) {
            schemas.add(extension);
        }
        json.put("id", id);
        if (externalId != null) {
            json.put("externalId", externalId);
        }
        json.put("userName", userName);
        ObjectNode name = JsonNodeFactory.instance.objectNode();
        putIfPresent(name, "formatted", fullName());
        putIfPresent(name, "givenName", givenName);
        putIfPresent(name, "familyName", familyName);
        if (!name.isEmpty()) {
            json.set("name", name);
        }
        json.put("active", active);
        if (email != null) {
            json.putArray("emails")
                    .addObject()
                    .put("value", email)
                    .put("type", emailType)
                    .put("primary", true);
        }
        if (role != null) {
            json.putObject(extension).put(ROLE, role);
        }
        attributes.putInto(json);
        if (groups != null) {
            var list = json.putArray("groups");
            for (GroupRef group : groups) {
                list.addObject()
                        .put("value", group.id())
                        .put("display", group.name())
                        .put("$ref", scim.location("Groups", group.id()))
                        .put("type", "direct");
            }
        }
        ObjectNode meta = json.putObject("meta").put("resourceType", "User");
        if (created != null) {
            meta.put("created", Instant.ofEpochMilli(created).toString());
        }
        Long modified = lastModified == null ? created : lastModified;
        if (modified != null) {
            meta.put("lastModified", Instant.ofEpochMilli(modified).toString());
        }
        meta.put("location", scim.location("Users", id));
        return selection.applyTo(json);
    }

    /** What name.formatted shows as long as it is not set. */
    String fullName() {
        List<String> parts =
                Stream.of(givenName, familyName).filter(part -> part != null).toList();
        return parts.isEmpty() ? null : String.join(" ", parts);
    }

    private static void putIfPresent(ObjectNode json, String name, String value) {
        if (value != null) {
            json.put(name, value);
        }
    }
}
