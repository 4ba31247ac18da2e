package io.github.enterprisesso.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Holds every answer against what the service publishes about itself: {@code /ResourceTypes} and {@code /Schemas}. What comes
 * back must be declared there, of the declared type, single or many as declared, among the canonical values, and never what is
 * never returned; lists, Bulk answers, errors and the schemas themselves must be what RFC 7643, RFC 7644 and RFC 9865 make of
 * them.
 */
final class SchemaCheck {

    private static final String MESSAGES = "urn:ietf:params:scim:api:messages:2.0:";
    private static final String LIST = MESSAGES + "ListResponse";
    private static final String BULK = MESSAGES + "BulkResponse";
    private static final String ERROR = MESSAGES + "Error";
    private static final String SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Schema";
    private static final String RESOURCE_TYPE = "urn:ietf:params:scim:schemas:core:2.0:ResourceType";
    private static final String CONFIG = "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig";

    private static final Set<String> DISCOVERY = Set.of(SCHEMA, RESOURCE_TYPE, CONFIG);

    private static final Set<String> COMMON = Set.of("schemas", "id", "externalId", "meta");
    private static final Set<String> META = Set.of("resourceType", "created", "lastModified", "location", "version");
    private static final Set<String> LIST_FIELDS = Set.of(
            "schemas", "totalResults", "startIndex", "itemsPerPage", "nextCursor", "previousCursor", "Resources");
    private static final Set<String> BULK_FIELDS =
            Set.of("method", "bulkId", "version", "location", "status", "response");

    /** RFC 7644 table 9 and RFC 9865 section 2.1. */
    private static final Set<String> SCIM_TYPES = Set.of(
            "invalidFilter",
            "tooMany",
            "uniqueness",
            "mutability",
            "invalidSyntax",
            "invalidPath",
            "noTarget",
            "invalidValue",
            "invalidVers",
            "sensitive",
            "invalidCursor",
            "expiredCursor",
            "invalidCount");

    private final Function<String, Answer> discovery;
    private Published published;

    /** @param discovery gets a path below the base URL, unchecked; asked when the first resource is seen */
    SchemaCheck(Function<String, Answer> discovery) {
        this.discovery = discovery;
    }

    /** @param path below the base URL, encoded or not */
    void read(String method, String path, Answer answer) {
        if (answer.status() >= 400) {
            error(answer);
            return;
        }
        if (answer.status() == 204 || answer.status() == 304) {
            assertThat(answer.text()).isEmpty();
            return;
        }
        assertThat(answer.header("Content-Type")).as("%s %s", method, path).isEqualTo("application/scim+json");
        // A search says in its body what it wants of a resource.
        boolean whole = !path.contains("ttributes=") && !path.contains(".search");
        JsonNode body = answer.body();
        Set<String> schemas = schemasOf(body);
        if (schemas.contains(LIST)) {
            list(body, path, whole);
        } else if (schemas.contains(BULK)) {
            bulk(body);
        } else {
            resource(body, whole);
            if (Collections.disjoint(schemas, DISCOVERY)) {
                single(method, path, answer);
            }
        }
    }

    private static void error(Answer answer) {
        assertThat(answer.header("Content-Type")).as("%s", answer).isEqualTo("application/scim+json");
        error(answer.body(), Integer.toString(answer.status()));
        String header =
                switch (answer.status()) {
                    case 401 -> "WWW-Authenticate";
                    case 405 -> "Allow";
                    case 429 -> "Retry-After";
                    default -> "X-Request-Id";
                };
        assertThat(answer.header(header)).as("%s of %s", header, answer).isNotBlank();
    }

    /** RFC 7644 section 3.12: schema, status as text, a detail, and nothing of the inside. */
    private static void error(JsonNode error, String status) {
        assertThat(names(error)).as("%s", error).isSubsetOf("schemas", "status", "scimType", "detail");
        assertThat(schemasOf(error)).as("%s", error).containsExactly(ERROR);
        assertThat(error.path("status").isTextual()).as("%s", error).isTrue();
        assertThat(error.path("status").asText()).as("%s", error).isEqualTo(status);
        assertThat(error.path("detail").asText()).as("%s", error).isNotBlank();
        if (error.has("scimType")) {
            assertThat(SCIM_TYPES)
                    .as("%s", error)
                    .contains(error.path("scimType").asText());
            assertThat(status).as("%s", error).isIn("400", "409");
        }
        assertThat(error.toString()).doesNotContain("Exception", "\\tat ", "org.keycloak", "io.github");
    }

    private void list(JsonNode body, String path, boolean whole) {
        assertThat(names(body)).as(path).isSubsetOf(LIST_FIELDS);
        assertThat(schemasOf(body)).as(path).containsExactly(LIST);
        assertThat(body.path("Resources").isArray()).as(path).isTrue();
        int size = body.path("Resources").size();
        assertThat(body.path("itemsPerPage").asInt(-1)).as(path).isEqualTo(size);
        assertThat(body.path("totalResults").isIntegralNumber()).as(path).isTrue();
        assertThat(body.path("totalResults").asInt()).as(path).isGreaterThanOrEqualTo(size);
        assertThat(body.path("startIndex").isIntegralNumber() || path.contains("cursor") || path.contains(".search"))
                .as("startIndex of %s", path)
                .isTrue();
        Set<JsonNode> ids = new HashSet<>();
        for (JsonNode resource : body.path("Resources")) {
            resource(resource, whole);
            assertThat(ids.add(resource.path("id")))
                    .as("%s comes once in %s", resource, path)
                    .isTrue();
        }
    }

    /** RFC 7644 section 3.7.3. */
    private static void bulk(JsonNode body) {
        assertThat(names(body)).containsExactlyInAnyOrder("schemas", "Operations");
        assertThat(schemasOf(body)).containsExactly(BULK);
        assertThat(body.path("Operations").isArray()).isTrue();
        for (JsonNode operation : body.path("Operations")) {
            String method = operation.path("method").asText();
            boolean creates = method.equals("POST");
            assertThat(names(operation)).as("%s", operation).isSubsetOf(BULK_FIELDS);
            assertThat(method).as("%s", operation).isIn("POST", "PUT", "PATCH", "DELETE");
            assertThat(operation.has("bulkId") || !creates)
                    .as("bulkId of %s", operation)
                    .isTrue();
            assertThat(operation.path("status").isTextual()).as("%s", operation).isTrue();
            int status = operation.path("status").asInt();
            assertThat(status).as("%s", operation).isBetween(200, 599);
            assertThat(operation.has("location"))
                    .as("location of %s", operation)
                    .isEqualTo(status < 400 || !creates);
            assertThat(operation.has("response"))
                    .as("response of %s", operation)
                    .isEqualTo(status >= 400);
            assertThat(operation.has("version"))
                    .as("version of %s", operation)
                    .isEqualTo(status < 400 && !method.equals("DELETE"));
            if (status >= 400) {
                error(operation.path("response"), operation.path("status").asText());
            }
        }
    }

    /** RFC 7644 sections 3.3, 3.11 and 3.14: where it is and which version, whatever part of it was asked for. */
    private static void single(String method, String path, Answer answer) {
        JsonNode meta = answer.body().path("meta");
        if (answer.status() == 201 || path.startsWith("/Me")) {
            assertThat(answer.header("Location"))
                    .as("%s %s", method, path)
                    .isNotEmpty()
                    .isIn(meta.path("location").asText(answer.header("Location")));
        }
        assertThat(answer.header("ETag"))
                .as("%s %s", method, path)
                .isNotEmpty()
                .isEqualTo(meta.path("version").asText(answer.header("ETag")));
    }

    private void resource(JsonNode resource, boolean whole) {
        Set<String> schemas = schemasOf(resource);
        if (schemas.contains(SCHEMA)) {
            schema(resource);
        } else if (schemas.contains(RESOURCE_TYPE)) {
            resourceType(resource);
        } else if (schemas.contains(CONFIG)) {
            config(resource);
        } else {
            stored(resource, whole);
        }
    }

    /** Users and groups. The schemas may have changed since they were read: who fails by them is held against the present ones. */
    private synchronized void stored(JsonNode resource, boolean whole) {
        if (published == null) {
            published = Published.by(discovery);
        } else {
            try {
                published.check(resource, whole);
                return;
            } catch (AssertionError perhapsOfOlderSchemas) {
                published = Published.by(discovery);
            }
        }
        published.check(resource, whole);
    }

    /** RFC 7643 section 7. */
    private static void schema(JsonNode schema) {
        assertThat(schemasOf(schema)).containsExactly(SCHEMA);
        assertThat(names(schema)).isSubsetOf("schemas", "id", "name", "description", "attributes", "meta");
        assertThat(schema.path("id").asText()).startsWith("urn:");
        assertThat(schema.path("attributes").isEmpty()).as("%s", schema).isFalse();
        meta(schema, "Schema", "/v2/Schemas/" + schema.path("id").asText());
        unique(schema.path("attributes"));
        schema.path("attributes").forEach(SchemaCheck::definition);
    }

    private static void definition(JsonNode attribute) {
        String name = attribute.path("name").asText();
        assertThat(name).matches("\\$ref|[A-Za-z][A-Za-z0-9_-]*");
        for (String field : List.of("multiValued", "required")) {
            assertThat(attribute.path(field).isBoolean())
                    .as("%s of %s", field, name)
                    .isTrue();
        }
        String type = attribute.path("type").asText();
        assertThat(type)
                .as(name)
                .isIn("string", "boolean", "decimal", "integer", "dateTime", "reference", "binary", "complex");
        assertThat(attribute.path("description").asText()).as(name).isNotBlank();
        assertThat(attribute.path("mutability").asText())
                .as(name)
                .isIn("readOnly", "readWrite", "immutable", "writeOnly");
        assertThat(attribute.path("returned").asText()).as(name).isIn("always", "never", "default", "request");
        assertThat(attribute.path("uniqueness").asText("none")).as(name).isIn("none", "server", "global");
        assertThat(attribute.has("referenceTypes")).as(name).isEqualTo(type.equals("reference"));
        assertThat(attribute.has("subAttributes")).as(name).isEqualTo(type.equals("complex"));
        unique(attribute.path("subAttributes"));
        attribute.path("subAttributes").forEach(sub -> {
            assertThat(sub.path("type").asText()).as(name).isNotEqualTo("complex");
            definition(sub);
        });
    }

    private static void unique(JsonNode attributes) {
        Set<String> seen = new HashSet<>();
        attributes.forEach(
                attribute -> assertThat(seen.add(attribute.path("name").asText().toLowerCase()))
                        .as("%s is declared once", attribute.path("name"))
                        .isTrue());
    }

    /** RFC 7643 section 6. */
    private static void resourceType(JsonNode type) {
        String name = type.path("name").asText();
        assertThat(schemasOf(type)).containsExactly(RESOURCE_TYPE);
        assertThat(type.path("id").asText()).isEqualTo(name).isNotBlank();
        assertThat(type.path("endpoint").asText()).isEqualTo("/" + name + "s");
        assertThat(type.path("schema").asText()).startsWith("urn:");
        type.path("schemaExtensions").forEach(extension -> {
            assertThat(extension.path("schema").asText()).startsWith("urn:");
            assertThat(extension.path("required").isBoolean()).isTrue();
        });
        meta(type, "ResourceType", "/v2/ResourceTypes/" + name);
    }

    /** RFC 7643 section 5 and RFC 9865 section 4. */
    private static void config(JsonNode config) {
        assertThat(schemasOf(config)).containsExactly(CONFIG);
        for (String feature : List.of("patch", "bulk", "filter", "changePassword", "sort", "etag")) {
            assertThat(config.path(feature).path("supported").isBoolean())
                    .as(feature)
                    .isTrue();
        }
        for (String number : List.of("/bulk/maxOperations", "/bulk/maxPayloadSize", "/filter/maxResults")) {
            assertThat(config.at(number).isIntegralNumber()).as(number).isTrue();
        }
        for (String way : List.of("cursor", "index")) {
            assertThat(config.path("pagination").path(way).isBoolean()).as(way).isTrue();
        }
        assertThat(config.path("authenticationSchemes").isEmpty()).isFalse();
        config.path("authenticationSchemes").forEach(scheme -> {
            assertThat(scheme.path("type").asText())
                    .isIn("oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest");
            assertThat(scheme.path("name").asText()).isNotBlank();
            assertThat(scheme.path("description").asText()).isNotBlank();
        });
        meta(config, "ServiceProviderConfig", "/v2/ServiceProviderConfig");
    }

    private static void meta(JsonNode resource, String type, String location) {
        JsonNode meta = resource.path("meta");
        assertThat(names(meta)).as("%s", meta).isSubsetOf(META);
        assertThat(meta.path("resourceType").asText()).isEqualTo(type);
        assertThat(meta.path("location").asText()).endsWith(location);
        if (meta.has("created")) {
            assertThat(instant(meta.path("created"))).isBeforeOrEqualTo(instant(meta.path("lastModified")));
        }
    }

    private static Instant instant(JsonNode value) {
        try {
            return Instant.parse(value.asText());
        } catch (DateTimeParseException e) {
            throw new AssertionError(value + " is no time", e);
        }
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new LinkedHashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Set<String> schemasOf(JsonNode resource) {
        Set<String> named = new LinkedHashSet<>();
        for (JsonNode schema : resource.path("schemas")) {
            assertThat(named.add(schema.asText())).as("schemas of %s", resource).isTrue();
        }
        assertThat(named).as("schemas of %s", resource).isNotEmpty();
        return named;
    }

    /**
     * What the service says of its resources.
     *
     * @param types by the URN of their own schema
     * @param schemas the attributes by name, by URN
     */
    private record Published(Map<String, JsonNode> types, Map<String, Map<String, JsonNode>> schemas) {

        static Published by(Function<String, Answer> discovery) {
            Map<String, JsonNode> types = new LinkedHashMap<>();
            Map<String, Map<String, JsonNode>> schemas = new LinkedHashMap<>();
            for (JsonNode type : resources(discovery, "/ResourceTypes")) {
                resourceType(type);
                types.put(type.path("schema").asText(), type);
            }
            for (JsonNode schema : resources(discovery, "/Schemas")) {
                schema(schema);
                schemas.put(schema.path("id").asText(), byName(schema.path("attributes")));
            }
            return new Published(types, schemas);
        }

        private static JsonNode resources(Function<String, Answer> discovery, String path) {
            Answer answer = discovery.apply(path);
            assertThat(answer.status()).as("%s: %s", path, answer).isEqualTo(200);
            return answer.body().path("Resources");
        }

        private static Map<String, JsonNode> byName(JsonNode attributes) {
            Map<String, JsonNode> byName = new LinkedHashMap<>();
            attributes.forEach(attribute -> byName.put(attribute.path("name").asText(), attribute));
            return byName;
        }

        void check(JsonNode resource, boolean whole) {
            Set<String> named = schemasOf(resource);
            List<String> cores = named.stream().filter(types::containsKey).toList();
            assertThat(cores).as("resource type of %s", resource).hasSize(1);
            String core = cores.get(0);
            JsonNode type = types.get(core);
            Set<String> extensions = new HashSet<>(type.path("schemaExtensions").findValuesAsText("schema"));
            extensions.retainAll(named);
            assertThat(named.size()).as("schemas of %s", resource).isEqualTo(1 + extensions.size());
            assertThat(resource.path("id").isTextual()).as("id of %s", resource).isTrue();
            for (Map.Entry<String, JsonNode> field : resource.properties()) {
                if (extensions.contains(field.getKey())) {
                    object(field.getValue(), schemas.get(field.getKey()), field.getKey());
                } else if (!COMMON.contains(field.getKey())) {
                    attribute(field.getValue(), schemas.get(core).get(field.getKey()), field.getKey());
                }
            }
            if (resource.has("externalId")) {
                assertThat(resource.path("externalId").isTextual()).isTrue();
            }
            if (whole || resource.path("meta").has("location")) {
                String name = type.path("name").asText();
                meta(
                        resource,
                        name,
                        "/v2" + type.path("endpoint").asText() + "/"
                                + resource.path("id").asText());
            }
            if (whole) {
                extensions.forEach(extension -> assertThat(resource.has(extension))
                        .as("%s has what it names", resource)
                        .isTrue());
                schemas.get(core)
                        .forEach((attribute, declared) -> assertThat(resource.has(attribute)
                                        || !declared.path("required").asBoolean())
                                .as("%s is required in %s", attribute, resource)
                                .isTrue());
            }
        }

        private static void object(JsonNode value, Map<String, JsonNode> declared, String path) {
            assertThat(value.isObject()).as("%s = %s is an object", path, value).isTrue();
            assertThat(value.isEmpty()).as("%s has something in it", path).isFalse();
            value.properties()
                    .forEach(field ->
                            attribute(field.getValue(), declared.get(field.getKey()), path + "." + field.getKey()));
        }

        private static void attribute(JsonNode value, JsonNode declared, String path) {
            assertThat(declared).as("%s is declared", path).isNotNull();
            assertThat(declared.path("returned").asText()).as(path).isNotEqualTo("never");
            assertThat(value.isArray())
                    .as("%s = %s", path, value)
                    .isEqualTo(declared.path("multiValued").asBoolean());
            int primaries = 0;
            for (JsonNode one : value.isArray() ? value : List.of(value)) {
                simple(one, declared, path);
                primaries += one.path("primary").asBoolean() ? 1 : 0;
            }
            assertThat(primaries).as("primary ones in %s = %s", path, value).isLessThan(2);
        }

        private static void simple(JsonNode value, JsonNode declared, String path) {
            String type = declared.path("type").asText();
            if (type.equals("complex")) {
                object(value, byName(declared.path("subAttributes")), path);
                return;
            }
            boolean fits =
                    switch (type) {
                        case "boolean" -> value.isBoolean();
                        case "integer" -> value.isIntegralNumber();
                        case "decimal" -> value.isNumber();
                        case "dateTime" -> value.isTextual() && instant(value).isAfter(Instant.MIN);
                        default -> value.isTextual() && !value.asText().isEmpty();
                    };
            assertThat(fits).as("%s = %s is a %s", path, value, type).isTrue();
            if (declared.has("canonicalValues")) {
                List<String> canonical = StreamSupport.stream(
                                declared.path("canonicalValues").spliterator(), false)
                        .map(JsonNode::asText)
                        .toList();
                assertThat(canonical).as(path).contains(value.asText());
            }
        }
    }
}
