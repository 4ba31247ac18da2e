package io.github.enterprisesso.scim.group;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.Urn;
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

    /** Name of the roles in the group extension. */
    static final String ROLES = "LambdatestRoles";

    /** @param display of a user the e-mail address, else the user name; of a group its name */
    record Member(Kind kind, String id, String display) {

        enum Kind {
            USER("User"),
            GROUP("Group");

            private final String type;

            Kind(String type) {
                this.type = type;
            }
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
            var list = json.putArray("members");
            for (Member member : members) {
                list.addObject()
                        .put("value", member.id())
                        .put("display", member.display())
                        .put("$ref", scim.location(member.kind().type + "s", member.id()))
                        .put("type", member.kind().type);
            }
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
}
