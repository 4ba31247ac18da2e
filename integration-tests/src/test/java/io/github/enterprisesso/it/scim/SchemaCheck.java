package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Holds every answer against what the service publishes about itself: {@code /ResourceTypes} and {@code /Schemas}. What comes
 * back must be declared there, of the declared type, single or many as declared, among the canonical values, and never
 * what is never returned.
 */
final class SchemaCheck implements ScimClient.Reader {

    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final Set<String> COMMON = Set.of("schemas", "id", "externalId", "meta");

    private final ScimClient plain;
    private final Map<String, Map<String, JsonNode>> schemas = new LinkedHashMap<>();
    private final Map<String, JsonNode> resourceTypes = new LinkedHashMap<>();

    private SchemaCheck(ScimClient plain) {
        this.plain = plain;
    }

    /** The client, with an eye on all that it is answered. */
    static ScimClient on(ScimClient client) {
        return client.readBy(new SchemaCheck(client));
    }

    @Override
    public void read(String method, String path, Answer answer) {
        if (answer.status() >= 400) {
            Scim.assertError(answer, answer.status(), answer.at("/scimType").isEmpty() ? null : answer.at("/scimType"));
            return;
        }
        if (answer.status() == 204 || answer.status() == 304) {
            assertThat(answer.text()).isEmpty();
            return;
        }
        assertThat(answer.header("Content-Type")).as("%s %s", method, path).isEqualTo("application/scim+json");
        boolean whole = !path.contains("ttributes=") && !method.equals("PATCH");
        JsonNode body = answer.body();
        if (path.matches("/(Users|Groups)(/[^?]*)?(\\?.*)?")) {
            load();
            if (body.path("schemas").path(0).asText().equals(LIST)) {
                list(body, path, whole);
            } else {
                resource(body, path, whole);
                single(answer, whole);
            }
        }
    }

    private synchronized void load() {
        if (!schemas.isEmpty()) {
            return;
        }
        for (JsonNode schema : plain.get("/Schemas").body().path("Resources")) {
            schemas.put(schema.path("id").asText(), byName(schema.path("attributes")));
        }
        for (JsonNode type : plain.get("/ResourceTypes").body().path("Resources")) {
            resourceTypes.put(type.path("name").asText(), type);
        }
    }

    private static Map<String, JsonNode> byName(JsonNode attributes) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        attributes.forEach(attribute -> byName.put(attribute.path("name").asText(), attribute));
        return byName;
    }

    private void list(JsonNode body, String path, boolean whole) {
        assertThat(body.path("totalResults").isIntegralNumber()).as(path).isTrue();
        assertThat(body.path("itemsPerPage").asInt(-1))
                .as(path)
                .isEqualTo(body.path("Resources").size());
        assertThat(body.path("Resources").isArray()).as(path).isTrue();
        body.path("Resources").forEach(resource -> resource(resource, path, whole));
    }

    private void single(Answer answer, boolean whole) {
        if (!answer.body().has("meta")) {
            return;
        }
        if (answer.status() == 201) {
            assertThat(answer.header("Location")).isEqualTo(answer.at("/meta/location"));
        }
        if (whole) {
            assertThat(answer.header("ETag")).isNotEmpty().isEqualTo(answer.at("/meta/version"));
        }
    }

    private void resource(JsonNode resource, String path, boolean whole) {
        String name = path.startsWith("/Users") ? "User" : "Group";
        JsonNode type = resourceTypes.get(name);
        String core = type.path("schema").asText();
        Set<String> extensions = new HashSet<>(type.path("schemaExtensions").findValuesAsText("schema"));
        Set<String> named = schemasOf(resource);
        assertThat(named).as("schemas of %s", resource).contains(core);
        assertThat(resource.path("id").isTextual()).as("id of %s", resource).isTrue();
        for (Map.Entry<String, JsonNode> field : resource.properties()) {
            if (extensions.contains(field.getKey())) {
                assertThat(named).as("schemas of %s", resource).contains(field.getKey());
                object(field.getValue(), schemas.get(field.getKey()), field.getKey());
            } else if (!COMMON.contains(field.getKey())) {
                attribute(field.getValue(), schemas.get(core).get(field.getKey()), field.getKey());
            }
        }
        assertThat(named).as("schemas of %s", resource).isSubsetOf(with(extensions, core));
        if (resource.has("externalId")) {
            assertThat(resource.path("externalId").isTextual()).isTrue();
        }
        if (whole) {
            meta(resource, name);
            schemas.get(core)
                    .forEach((attribute, declared) -> assertThat(resource.has(attribute)
                                    || !declared.path("required").asBoolean())
                            .as("%s is required in %s", attribute, resource)
                            .isTrue());
        }
    }

    private static Set<String> schemasOf(JsonNode resource) {
        Set<String> named = new LinkedHashSet<>();
        for (JsonNode schema : resource.path("schemas")) {
            assertThat(named.add(schema.asText())).as("schemas of %s", resource).isTrue();
        }
        return named;
    }

    private static Set<String> with(Set<String> extensions, String core) {
        Set<String> all = new HashSet<>(extensions);
        all.add(core);
        return all;
    }

    private static void meta(JsonNode resource, String type) {
        JsonNode meta = resource.path("meta");
        assertThat(meta.path("resourceType").asText()).isEqualTo(type);
        assertThat(meta.path("location").asText())
                .endsWith("/v2/" + type + "s/" + resource.path("id").asText());
        if (meta.has("created")) {
            assertThat(Instant.parse(meta.path("created").asText()))
                    .isBeforeOrEqualTo(Instant.parse(meta.path("lastModified").asText()));
        }
    }

    private void object(JsonNode value, Map<String, JsonNode> declared, String path) {
        assertThat(value.isObject()).as("%s = %s is an object", path, value).isTrue();
        assertThat(value.isEmpty()).as("%s has something in it", path).isFalse();
        value.properties()
                .forEach(field ->
                        attribute(field.getValue(), declared.get(field.getKey()), path + "." + field.getKey()));
    }

    private void attribute(JsonNode value, JsonNode declared, String path) {
        assertThat(declared).as("%s is declared", path).isNotNull();
        assertThat(declared.path("returned").asText()).as(path).isNotEqualTo("never");
        assertThat(value.isArray())
                .as("%s = %s", path, value)
                .isEqualTo(declared.path("multiValued").asBoolean());
        int primaries = 0;
        for (JsonNode one : value.isArray() ? value : List.of(value)) {
            single(one, declared, path);
            primaries += one.path("primary").asBoolean() ? 1 : 0;
        }
        assertThat(primaries).as("primary ones in %s = %s", path, value).isLessThan(2);
    }

    private void single(JsonNode value, JsonNode declared, String path) {
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
                    case "dateTime" -> value.isTextual() && Instant.parse(value.asText()) != null;
                    default -> value.isTextual() && !value.asText().isEmpty();
                };
        assertThat(fits).as("%s = %s is a %s", path, value, type).isTrue();
        List<String> canonical = Stream.of(declared.path("canonicalValues"))
                .flatMap(values -> {
                    Stream.Builder<String> texts = Stream.builder();
                    values.forEach(one -> texts.add(one.asText()));
                    return texts.build();
                })
                .toList();
        if (!canonical.isEmpty()) {
            assertThat(canonical).as(path).contains(value.asText());
        }
    }
}
