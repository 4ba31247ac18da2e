package io.github.enterprisesso.scim.http;

import static io.github.enterprisesso.scim.protocol.SchemaAttribute.bool;
import static io.github.enterprisesso.scim.protocol.SchemaAttribute.complex;
import static io.github.enterprisesso.scim.protocol.SchemaAttribute.reference;
import static io.github.enterprisesso.scim.protocol.SchemaAttribute.string;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ListResponse;
import io.github.enterprisesso.scim.protocol.Paging;
import io.github.enterprisesso.scim.protocol.SchemaAttribute;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import java.util.ArrayList;
import java.util.List;

/** What RFC 7644 section 4 lets a client ask about the service: true for this connection, and nothing that is not built. */
final class Discovery {

    private final ScimContext scim;

    Discovery(ScimContext scim) {
        this.scim = scim;
    }

    ObjectNode serviceProviderConfig() {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.putArray("schemas").add(Urn.SERVICE_PROVIDER_CONFIG);
        config.putObject("patch").put("supported", true);
        config.putObject("bulk").put("supported", false).put("maxOperations", 0).put("maxPayloadSize", 0);
        config.putObject("filter").put("supported", true).put("maxResults", Paging.MAX_COUNT);
        config.putObject("changePassword").put("supported", scim.connection().passwordSync());
        config.putObject("sort").put("supported", false);
        config.putObject("etag").put("supported", true);
        config.putArray("authenticationSchemes")
                .addObject()
                .put("type", "oauthbearertoken")
                .put("name", "Bearer token")
                .put("description", "A token of the SCIM connection, sent as Authorization: Bearer <token>")
                .put("specUri", "https://www.rfc-editor.org/info/rfc6750")
                .put("primary", true);
        if (scim.connection().basicAuthentication()) {
            config.withArray("authenticationSchemes")
                    .addObject()
                    .put("type", "httpbasic")
                    .put("name", "HTTP Basic")
                    .put("description", "Any user name, and a token of the SCIM connection as the password")
                    .put("specUri", "https://www.rfc-editor.org/info/rfc7617");
        }
        config.putObject("meta")
                .put("resourceType", "ServiceProviderConfig")
                .put("location", scim.baseUrl() + "/ServiceProviderConfig");
        return config;
    }

    JsonNode resourceTypes() {
        return ListResponse.all(listOfResourceTypes()).toJson();
    }

    JsonNode resourceType(String id) {
        return byId(listOfResourceTypes(), id, "Resource type ");
    }

    private List<ObjectNode> listOfResourceTypes() {
        return List.of(
                resourceType("User", "/Users", Urn.USER, userExtension()),
                resourceType("Group", "/Groups", Urn.GROUP, groupExtension()));
    }

    private ObjectNode resourceType(String name, String endpoint, String schema, String extension) {
        ObjectNode type = JsonNodeFactory.instance.objectNode();
        type.putArray("schemas").add(Urn.RESOURCE_TYPE);
        type.put("id", name).put("name", name).put("endpoint", endpoint).put("schema", schema);
        type.putArray("schemaExtensions").addObject().put("schema", extension).put("required", false);
        type.putObject("meta")
                .put("resourceType", "ResourceType")
                .put("location", scim.location("ResourceTypes", name));
        return type;
    }

    JsonNode schemas() {
        return ListResponse.all(listOfSchemas()).toJson();
    }

    JsonNode schema(String id) {
        return byId(listOfSchemas(), id, "Schema ");
    }

    private static ObjectNode byId(List<ObjectNode> all, String id, String what) {
        return all.stream()
                .filter(one -> one.path("id").asText().equalsIgnoreCase(id))
                .findFirst()
                .orElseThrow(() -> ScimException.notFound(what + id));
    }

    private List<ObjectNode> listOfSchemas() {
        return List.of(
                schema(Urn.USER, "User", "A person", userAttributes()),
                schema(Urn.GROUP, "Group", "A pushed group", groupAttributes()),
                schema(userExtension(), "User extension", "What the organization adds to a person", List.of(role())),
                schema(groupExtension(), "Group extension", "What the organization adds to a group", List.of(roles())));
    }

    private ObjectNode schema(String id, String name, String description, List<SchemaAttribute> attributes) {
        return SchemaAttribute.schema(id, name, description, scim.location("Schemas", id), attributes);
    }

    private String userExtension() {
        return scim.connection().userExtensions().get(0);
    }

    private String groupExtension() {
        return scim.connection().groupExtensions().get(0);
    }

    private List<SchemaAttribute> userAttributes() {
        SchemaAttribute userName = string("userName", "Unique name, usually an e-mail address; compared without case")
                .required()
                .unique();
        List<SchemaAttribute> attributes = new ArrayList<>(List.of(
                scim.connection().userNameChange() ? userName : userName.mutability("immutable"),
                complex(
                        "name",
                        "The person's name",
                        string("formatted", "Given and family name").mutability("readOnly"),
                        string("givenName", "Given name").required(),
                        string("familyName", "Family name").required()),
                bool("active", "Whether the person may log in"),
                complex(
                                "emails",
                                "E-mail addresses; the primary one is kept",
                                string("value", "The address"),
                                string("type", "Always work").oneOf(List.of("work")),
                                bool("primary", "Always true"))
                        .multiValued(),
                complex(
                                "groups",
                                "The pushed groups of the person",
                                string("value", "Id of the group").mutability("readOnly"),
                                reference("$ref", "Address of the group", "Group")
                                        .mutability("readOnly"),
                                string("display", "Name of the group").mutability("readOnly"),
                                string("type", "Always direct").mutability("readOnly"))
                        .multiValued()
                        .mutability("readOnly")));
        if (scim.connection().passwordSync()) {
            attributes.add(string("password", "Becomes the person's password").mutability("writeOnly"));
        }
        return attributes;
    }

    private static List<SchemaAttribute> groupAttributes() {
        return List.of(
                string("displayName", "Name, unique among the connection's groups without case")
                        .required()
                        .unique(),
                complex(
                                "members",
                                "The members of the group",
                                string("value", "Id of the user").mutability("immutable"),
                                reference("$ref", "Address of the user", "User").mutability("immutable"),
                                string("display", "E-mail address of the user").mutability("readOnly"),
                                string("type", "Always User")
                                        .oneOf(List.of("User"))
                                        .mutability("immutable"))
                        .multiValued());
    }

    private SchemaAttribute role() {
        return string("OrganizationRole", "The person's role in the organization")
                .oneOf(scim.connection().roleValues());
    }

    private SchemaAttribute roles() {
        return string("LambdatestRoles", "Roles in the organization of every member of the group")
                .multiValued()
                .oneOf(scim.connection().roleValues());
    }
}
