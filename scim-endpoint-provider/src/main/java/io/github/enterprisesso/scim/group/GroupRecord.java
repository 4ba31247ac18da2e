package io.github.enterprisesso.scim.group;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.ValueNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.Urn;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;

/**
 * A pushed group.
 *
 * @param members null when nobody asked for them
 * @param created milliseconds since the epoch, or null
 */
record GroupRecord(
        String id,
        String name,
        String externalId,
        List<String> roles,
        List<Member> members,
        Long created,
        Long lastModified) {

    private static final JsonFactory FACTORY = new JsonFactory();

    /** Name of the roles in the group extension. */
    static final String ROLES = "LambdatestRoles";

    /** @param display of a user the e-mail address as Keycloak keeps it, else the user name; of a group its name */
    record Member(Kind kind, String id, String display) {

        enum Kind {
            USER("User"),
            GROUP("Group");

            private final String type;

            Kind(String type) {
                this.type = type;
            }

            String type() {
                return type;
            }
        }

        private String location(ScimContext scim) {
            return scim.location(kind.type + "s", id);
        }

        ObjectNode toJson(ScimContext scim) {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("value", id)
                    .put("display", display)
                    .put("$ref", location(scim))
                    .put("type", kind.type);
        }
    }

    GroupRecord modifiedAt(Long time) {
        return new GroupRecord(id, name, externalId, roles, members, created, time);
    }

    ObjectNode toJson(ScimContext scim, AttributeSelection selection) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        String extension = scim.connection().groupExtensions().get(0);
        var schemas = json.putArray("schemas").add(Urn.GROUP);
        if (!roles.isEmpty()) {
            schemas.add(extension);
        }
        json.put("id", id);
        if (externalId != null) {
            json.put("externalId", externalId);
        }
        json.put("displayName", name);
        if (members != null) {
            json.set("members", selection.includesAllOf("members") ? membersAsText(scim) : membersAsTree(scim));
        }
        if (!roles.isEmpty()) {
            var list = json.putObject(extension).putArray(ROLES);
            roles.forEach(list::add);
        }
        ObjectNode meta = json.putObject("meta").put("resourceType", "Group");
        if (created != null) {
            meta.put("created", Instant.ofEpochMilli(created).toString());
        }
        Long modified = lastModified == null ? created : lastModified;
        if (modified != null) {
            meta.put("lastModified", Instant.ofEpochMilli(modified).toString());
        }
        meta.put("location", scim.location("Groups", id));
        return selection.applyTo(json);
    }

    private ArrayNode membersAsTree(ScimContext scim) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        members.forEach(member -> list.add(member.toJson(scim)));
        return list;
    }

    /** The same, written once for the answer and its version: ten thousand members as a tree cost more than their query. */
    private ValueNode membersAsText(ScimContext scim) {
        StringWriter text = new StringWriter(members.size() * 200 + 2);
        try (JsonGenerator json = FACTORY.createGenerator(text)) {
            json.writeStartArray();
            for (Member member : members) {
                json.writeStartObject();
                json.writeStringField("value", member.id());
                json.writeStringField("display", member.display());
                json.writeStringField("$ref", member.location(scim));
                json.writeStringField("type", member.kind().type);
                json.writeEndObject();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return JsonNodeFactory.instance.rawValueNode(
                new RawValue((SerializableString) new SerializedString(text.toString())));
    }
}
