package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.group.GroupSchema;
import io.github.enterprisesso.scim.protocol.ListResponse;
import io.github.enterprisesso.scim.protocol.Paging;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.user.UserSchema;
import java.util.List;
import java.util.stream.Stream;

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
        config.putObject("bulk")
                .put("supported", true)
                .put("maxOperations", scim.connection().bulkOperations())
                .put("maxPayloadSize", scim.connection().maxRequestSize());
        config.putObject("filter").put("supported", true).put("maxResults", Paging.MAX_COUNT);
        config.putObject("pagination")
                .put("cursor", true)
                .put("index", true)
                .put("defaultPaginationMethod", "index")
                .put("defaultPageSize", Paging.DEFAULT_COUNT)
                .put("maxPageSize", Paging.MAX_COUNT)
                .put("cursorTimeout", scim.connection().cursorTimeout());
        config.putObject("changePassword").put("supported", scim.connection().passwordSync());
        config.putObject("sort").put("supported", true);
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
                resourceType("User", "/Users", UserSchema.of(scim)),
                resourceType("Group", "/Groups", GroupSchema.of(scim.connection())));
    }

    private ObjectNode resourceType(String name, String endpoint, Catalogue catalogue) {
        ObjectNode type = JsonNodeFactory.instance.objectNode();
        type.putArray("schemas").add(Urn.RESOURCE_TYPE);
        type.put("id", name).put("name", name).put("endpoint", endpoint);
        type.put("schema", catalogue.core().urn());
        var extensions = type.putArray("schemaExtensions");
        catalogue
                .extensions()
                .forEach(schema ->
                        extensions.addObject().put("schema", schema.urn()).put("required", false));
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
        return Stream.of(UserSchema.of(scim), GroupSchema.of(scim.connection()))
                .flatMap(catalogue -> catalogue.schemas().stream())
                .map(schema -> schema.toJson(scim.location("Schemas", schema.urn())))
                .toList();
    }
}
