package io.github.enterprisesso.scim.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.utils.JsonUtils;
import io.github.enterprisesso.scim.connection.ScimConnectionFactory;
import io.github.enterprisesso.scim.protocol.PatchRequest;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.schema.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.component.ComponentModel;

/**
 * PATCH as others have read RFC 7644: the operations of UnboundID's SCIM SDK do to generated users what ours do. Left out is
 * where we answer clients that the RFC does not foresee (an element that no filter finds is made, a remove may name values)
 * and what the SDK does not look at ({@code primary}, values that are there already).
 */
class PatchOracleTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final List<String> LISTS = List.of("emails", "phoneNumbers", "addresses");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Catalogue CATALOGUE = UserSchema.of(
            new ScimConnectionFactory().create(null, new ComponentModel()).connection(), null);

    private Random random;
    private int fresh;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 7644, 7643, 20, 65, 99})
    @DisplayName("RFC 7644 section 3.5.2 the same result as an independent implementation")
    void sameResult(long seed) throws Exception {
        random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            ObjectNode user = user();
            List<ObjectNode> operations = new ArrayList<>();
            ObjectNode expected = user.deepCopy();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                ObjectNode operation = operation(expected);
                operations.add(operation);
                JsonUtils.getObjectReader()
                        .forType(PatchOperation.class)
                        .<PatchOperation>readValue(operation.toString())
                        .apply(expected);
            }
            ObjectNode request = JSON.createObjectNode();
            request.putArray("Operations").addAll(operations);

            assertThat(settled(patched(user.deepCopy(), request)))
                    .as("seed %s: %s patched by %s", seed, user, operations)
                    .isEqualTo(settled(expected));
        }
    }

    private static JsonNode patched(ObjectNode user, JsonNode request) {
        var operations = UserPatch.applicable(PatchRequest.parse(request).operations(), CATALOGUE);
        return ResourceBody.patched(user, operations, CATALOGUE::isMultiValued).json();
    }

    private ObjectNode user() {
        ObjectNode user = JSON.createObjectNode();
        for (String simple : List.of("title", "nickName", "locale")) {
            if (random.nextBoolean()) {
                user.put(simple, word());
            }
        }
        if (random.nextBoolean()) {
            user.set("name", name());
        }
        for (String list : LISTS) {
            ArrayNode elements = user.putArray(list);
            for (String type : List.of("work", "home", "other")) {
                if (random.nextInt(3) == 0) {
                    elements.add(element(list, type));
                }
            }
        }
        if (random.nextBoolean()) {
            user.set(ENTERPRISE, enterprise());
        }
        return user;
    }

    private ObjectNode name() {
        return some("givenName", "familyName", "middleName", "honorificPrefix");
    }

    private ObjectNode enterprise() {
        ObjectNode extension = some("department", "costCenter", "division");
        if (random.nextBoolean()) {
            extension.set("manager", some("value", "displayName"));
        }
        return extension;
    }

    /** At least one of them. */
    private ObjectNode some(String... names) {
        ObjectNode some = JSON.createObjectNode();
        for (String name : names) {
            if (random.nextBoolean()) {
                some.put(name, word());
            }
        }
        return some.isEmpty() ? some.put(names[0], word()) : some;
    }

    private ObjectNode element(String list, String type) {
        ObjectNode element = list.equals("addresses")
                ? some("locality", "region", "country")
                : some("value").put("value", word());
        return element.put("type", type);
    }

    private String word() {
        return "w" + ++fresh;
    }

    private ObjectNode operation(ObjectNode current) {
        return switch (random.nextInt(7)) {
            case 0 -> withoutPath();
            case 1 -> onSimple();
            case 2 -> onName(current);
            case 3 -> onList();
            case 4, 5 -> onElements(current);
            default -> onExtension(current);
        };
    }

    private ObjectNode writing(String path, JsonNode value) {
        ObjectNode operation = JSON.createObjectNode().put("op", random.nextBoolean() ? "add" : "replace");
        if (path != null) {
            operation.put("path", path);
        }
        return operation.set("value", value);
    }

    /** The SDK adds to an element only what it does not have yet. */
    private ObjectNode replacing(String path, JsonNode value) {
        return writing(path, value).put("op", "replace");
    }

    private static ObjectNode removing(String path) {
        return JSON.createObjectNode().put("op", "remove").put("path", path);
    }

    private ObjectNode withoutPath() {
        ObjectNode value = some("title", "nickName", "displayName");
        if (random.nextBoolean()) {
            value.set("name", name());
        }
        if (random.nextBoolean()) {
            value.set(ENTERPRISE, enterprise());
        }
        if (random.nextInt(3) == 0) {
            value.putArray("phoneNumbers").add(element("phoneNumbers", word()));
        }
        return writing(null, value);
    }

    private ObjectNode onSimple() {
        String path = List.of("title", "nickName", "displayName").get(random.nextInt(3));
        return random.nextInt(3) == 0 ? removing(path) : writing(path, JSON.valueToTree(word()));
    }

    private ObjectNode onName(ObjectNode current) {
        if (random.nextBoolean()) {
            return writing("name", name());
        }
        String path = "name." + List.of("middleName", "honorificPrefix").get(random.nextInt(2));
        boolean there = current.path("name").has(path.substring(5));
        return there && random.nextBoolean() ? removing(path) : writing(path, JSON.valueToTree(word()));
    }

    private ObjectNode onList() {
        String list = LISTS.get(random.nextInt(LISTS.size()));
        if (random.nextInt(4) == 0) {
            return removing(list);
        }
        ArrayNode value = JSON.createArrayNode();
        for (int i = random.nextInt(3); i >= 0; i--) {
            value.add(element(list, word()));
        }
        return writing(list, value);
    }

    /** On an element that is there: by its type. */
    private ObjectNode onElements(ObjectNode current) {
        String list = LISTS.get(random.nextInt(LISTS.size()));
        JsonNode elements = current.path(list);
        if (elements.isEmpty()) {
            return onList();
        }
        String type = elements.get(random.nextInt(elements.size())).path("type").asText();
        String element = list + "[type " + (random.nextBoolean() ? "eq" : "EQ") + " \"" + type + "\"]";
        String sub = list.equals("addresses") ? "locality" : "value";
        return switch (random.nextInt(4)) {
            case 0 -> removing(element);
            case 1 -> replacing(element, element(list, type));
            default -> replacing(element + "." + sub, JSON.valueToTree(word()));
        };
    }

    private ObjectNode onExtension(ObjectNode current) {
        return switch (random.nextInt(5)) {
            case 0 -> writing(ENTERPRISE + ":", enterprise());
            case 1 -> current.has(ENTERPRISE) ? removing(ENTERPRISE + ":") : writing(ENTERPRISE + ":", enterprise());
            case 2 -> writing(ENTERPRISE + ":manager", some("value", "displayName"));
            case 3 -> writing(ENTERPRISE + ":manager.displayName", JSON.valueToTree(word()));
            default -> {
                String path =
                        ENTERPRISE + ":" + List.of("department", "costCenter").get(random.nextInt(2));
                yield random.nextInt(3) == 0 ? removing(path) : writing(path, JSON.valueToTree(word()));
            }
        };
    }

    /** What is null or empty is not there; the SDK lists the schemas as it goes. */
    private static JsonNode settled(JsonNode json) {
        if (json.isArray()) {
            ArrayNode list = JSON.createArrayNode();
            json.forEach(element -> list.add(settled(element)));
            return list;
        }
        if (!json.isObject()) {
            return json;
        }
        ObjectNode object = JSON.createObjectNode();
        for (Map.Entry<String, JsonNode> field : json.properties()) {
            JsonNode value = settled(field.getValue());
            boolean nothing = value.isNull() || value.isContainerNode() && value.isEmpty();
            if (!nothing && !field.getKey().equals("schemas")) {
                object.set(field.getKey(), value);
            }
        }
        return object;
    }
}
