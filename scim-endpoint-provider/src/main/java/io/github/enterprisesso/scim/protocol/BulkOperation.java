package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.filter.Attributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One operation of a Bulk request: {@code {"method":"POST","path":"/Users","bulkId":"qwerty","data":{…}}}.
 *
 * @param method POST, PUT, PATCH or DELETE
 * @param path {@code /Users} or {@code /Users/{id}}, with groups in the place of users as well
 * @param bulkId what the other operations call the resource that this one creates; null: nothing
 * @param version which the resource must still have; null: any
 * @param data null for DELETE
 */
public record BulkOperation(String method, String path, String bulkId, String version, JsonNode data) {

    private static final List<String> METHODS = List.of("POST", "PUT", "PATCH", "DELETE");
    private static final Pattern PATH = Pattern.compile("(/(?:Users|Groups))(?:/([^/?#]+))?/?");
    private static final String REFERENCE = "bulkId:";

    /** In the path of a PATCH operation: {@code members[value eq "bulkId:qwerty"]}. */
    private static final Pattern QUOTED = Pattern.compile("\"" + REFERENCE + "([^\"]+)\"");

    static BulkOperation parse(JsonNode json, int number) {
        String where = "Operations[" + number + "]";
        if (!json.isObject()) {
            throw ScimException.invalidSyntax(where + " is no JSON object.");
        }
        String method = text(json, where, "method");
        if (method == null || !METHODS.contains(method.toUpperCase(Locale.ROOT))) {
            throw ScimException.invalidSyntax(where + ".method: one of " + METHODS + " is expected.");
        }
        method = method.toUpperCase(Locale.ROOT);
        boolean creates = method.equals("POST");
        String path = text(json, where, "path");
        Matcher parts = PATH.matcher(path == null ? "" : path);
        if (!parts.matches() || (parts.group(2) == null) != creates || ".search".equals(parts.group(2))) {
            throw ScimException.invalidSyntax(where + ".path: "
                    + (creates
                            ? "/Users or /Groups is expected with POST."
                            : "/Users/{id} or /Groups/{id} is expected with " + method + "."));
        }
        String bulkId = text(json, where, "bulkId");
        if (creates && bulkId == null) {
            throw ScimException.invalidSyntax(where + ".bulkId: is required with POST.");
        }
        JsonNode data = Attributes.find(json, "data");
        if (!method.equals("DELETE") && (data == null || !data.isObject())) {
            throw ScimException.invalidSyntax(where + ".data: an object is required with " + method + ".");
        }
        String version = creates ? null : text(json, where, "version");
        return new BulkOperation(
                method, creates ? parts.group(1) : parts.group(1) + "/" + parts.group(2), bulkId, version, data);
    }

    private static String text(JsonNode json, String where, String name) {
        JsonNode value = Attributes.find(json, name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual() || value.asText().isBlank() || value.asText().indexOf('\0') >= 0) {
            throw ScimException.invalidSyntax(where + "." + name + ": a string is expected.");
        }
        return value.asText();
    }

    public boolean creates() {
        return method.equals("POST");
    }

    public boolean isAboutGroup() {
        return path.startsWith("/Groups");
    }

    /** The bulkIds of other operations that this one names: in its path, as a value in its data, in the path of a PATCH. */
    public Set<String> references() {
        Set<String> references = new LinkedHashSet<>();
        resolve(bulkId -> {
            references.add(bulkId);
            return bulkId;
        });
        return references;
    }

    /** @param ids of resources by the bulkId that created them; of every reference */
    public BulkOperation resolved(Map<String, String> ids) {
        return resolve(ids::get);
    }

    /** Without the attributes that name one of the bulkIds anywhere in their values. */
    public BulkOperation without(Set<String> bulkIds) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        rest.setAll((ObjectNode) data);
        rest.remove(attributesNaming(bulkIds));
        return new BulkOperation(method, path, bulkId, version, rest);
    }

    /** What {@link #without} leaves out, as a PUT of the resource that this operation has created; empty: nothing was left out. */
    public Optional<BulkOperation> completion(Set<String> bulkIds, String id) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        attributesNaming(bulkIds).forEach(name -> rest.set(name, data.get(name)));
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new BulkOperation("PUT", path + "/" + id, bulkId, null, rest));
    }

    /** A GET of the resource that this operation has created. */
    public BulkOperation reading(String id) {
        return new BulkOperation("GET", path + "/" + id, null, null, null);
    }

    private List<String> attributesNaming(Set<String> bulkIds) {
        List<String> names = new ArrayList<>();
        data.properties().forEach(attribute -> {
            JsonNode alone = JsonNodeFactory.instance.objectNode().set(attribute.getKey(), attribute.getValue());
            if (!Collections.disjoint(references(alone), bulkIds)) {
                names.add(attribute.getKey());
            }
        });
        return names;
    }

    private static Set<String> references(JsonNode data) {
        return new BulkOperation("POST", "/", null, null, data).references();
    }

    private BulkOperation resolve(UnaryOperator<String> id) {
        int last = path.lastIndexOf('/') + 1;
        return new BulkOperation(
                method,
                path.substring(0, last) + text(path.substring(last), id),
                bulkId,
                version,
                data == null ? null : resolve(data, id));
    }

    private static JsonNode resolve(JsonNode node, UnaryOperator<String> id) {
        if (node.isTextual()) {
            return JsonNodeFactory.instance.textNode(text(node.asText(), id));
        }
        if (node.isArray()) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode();
            node.forEach(element -> array.add(resolve(element, id)));
            return array;
        }
        if (node.isObject()) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            node.properties().forEach(field -> {
                boolean path = field.getKey().equalsIgnoreCase("path")
                        && field.getValue().isTextual();
                object.set(
                        field.getKey(),
                        path
                                ? JsonNodeFactory.instance.textNode(
                                        quoted(field.getValue().asText(), id))
                                : resolve(field.getValue(), id));
            });
            return object;
        }
        return node;
    }

    private static String text(String text, UnaryOperator<String> id) {
        return text.startsWith(REFERENCE) ? id.apply(text.substring(REFERENCE.length())) : text;
    }

    private static String quoted(String path, UnaryOperator<String> id) {
        return QUOTED.matcher(path)
                .replaceAll(reference -> Matcher.quoteReplacement("\"" + id.apply(reference.group(1)) + "\""));
    }
}
