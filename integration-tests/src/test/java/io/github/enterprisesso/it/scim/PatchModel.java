package io.github.enterprisesso.it.scim;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a user should be after random PATCH requests: a map of flat names ({@code title}, {@code phoneNumbers/work/value}) that
 * each operation changes in one obvious way. It knows nothing of paths and filters; the operations say the same in SCIM.
 */
final class PatchModel {

    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SIMPLE =
            List.of("title", "nickName", "displayName", "locale", "name.middleName", "name.honorificPrefix");
    private static final List<String> OF_ENTERPRISE = List.of("department", "costCenter", "employeeNumber");
    private static final List<String> TYPES = List.of("work", "home", "other");
    private static final List<String> TAGS = List.of("red", "green", "blue");

    private final Random random;
    private final String tags;
    private final TreeMap<String, String> state = new TreeMap<>();
    private int fresh;

    /** @param tags the full name of a custom attribute with several values */
    PatchModel(Random random, String tags) {
        this.random = random;
        this.tags = tags;
    }

    Map<String, String> state() {
        return state;
    }

    /** A request of one to four operations, which the model follows. */
    ObjectNode request() {
        ObjectNode request = JSON.createObjectNode();
        request.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
        ArrayNode operations = request.putArray("Operations");
        for (int n = 1 + random.nextInt(4); n > 0; n--) {
            operations.add(operation());
        }
        return request;
    }

    /** The user as the model would have him: everything else in him is left out. */
    static Map<String, String> of(JsonNode user, String tags) {
        TreeMap<String, String> state = new TreeMap<>();
        for (String path : SIMPLE) {
            put(state, path, user.at("/" + path.replace('.', '/')));
        }
        JsonNode enterprise = user.path(ENTERPRISE);
        OF_ENTERPRISE.forEach(name -> put(state, name, enterprise.path(name)));
        put(state, "manager.value", enterprise.path("manager").path("value"));
        put(state, "manager.displayName", enterprise.path("manager").path("displayName"));
        for (String list : List.of("phoneNumbers", "addresses")) {
            for (JsonNode element : user.path(list)) {
                String key = list + "/" + element.path("type").asText() + "/";
                Stream.of("value", "locality", "region").forEach(part -> put(state, key + part, element.path(part)));
                if (element.path("primary").asBoolean()) {
                    state.put(key + "primary", "true");
                }
            }
        }
        int end = tags.lastIndexOf(':');
        user.path(tags.substring(0, end))
                .path(tags.substring(end + 1))
                .forEach(tag -> state.put("tags/" + tag.asText(), "true"));
        return state;
    }

    private static void put(Map<String, String> state, String key, JsonNode value) {
        if (!value.isMissingNode()) {
            state.put(key, value.asText());
        }
    }

    private ObjectNode operation() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> simple();
            case 2 -> pathLess();
            case 3 -> enterprise();
            case 4 -> manager();
            case 5, 6 -> phone();
            case 7 -> phones();
            case 8 -> address();
            default -> tag();
        };
    }

    private String word() {
        return "w" + ++fresh;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private String anyCase(String text) {
        return random.nextInt(4) == 0 ? text.toUpperCase() : text;
    }

    private ObjectNode write(String path, Object value) {
        String op = one(List.of("add", "replace", "Add", "Replace", "REPLACE"));
        ObjectNode operation = JSON.createObjectNode().put("op", op);
        if (path != null) {
            operation.put("path", path);
        }
        return operation.set("value", JSON.valueToTree(value));
    }

    private ObjectNode remove(String path) {
        return JSON.createObjectNode()
                .put("op", one(List.of("remove", "Remove")))
                .put("path", path);
    }

    private ObjectNode simple() {
        String name = one(SIMPLE);
        String path = one(List.of(name, anyCase(name), CORE + ":" + name));
        if (random.nextInt(3) == 0) {
            state.remove(name);
            return random.nextBoolean() ? remove(path) : write(path, null);
        }
        String value = word();
        state.put(name, value);
        return write(path, value);
    }

    private ObjectNode pathLess() {
        ObjectNode value = JSON.createObjectNode();
        for (String name : List.of(one(SIMPLE), one(SIMPLE))) {
            String word = word();
            state.put(name, word);
            value.put(name, word);
        }
        String word = word();
        state.put("department", word);
        if (random.nextBoolean()) {
            value.put(ENTERPRISE + ":department", word);
        } else {
            value.putObject(ENTERPRISE).put("department", word);
        }
        value.put("id", "not-his").put("unknown", "ignored");
        return write(null, value);
    }

    private ObjectNode enterprise() {
        String name = one(OF_ENTERPRISE);
        if (random.nextInt(6) == 0) {
            OF_ENTERPRISE.forEach(state::remove);
            state.remove("manager.value");
            state.remove("manager.displayName");
            return remove(ENTERPRISE);
        }
        if (random.nextInt(3) == 0) {
            state.remove(name);
            return remove(ENTERPRISE + ":" + name);
        }
        String value = word();
        state.put(name, value);
        return random.nextBoolean()
                ? write(anyCase(ENTERPRISE) + ":" + name, value)
                : write(ENTERPRISE, Map.of(name, value));
    }

    private ObjectNode manager() {
        String path = ENTERPRISE + ":manager";
        String value = word();
        switch (random.nextInt(4)) {
            case 0 -> {
                state.remove("manager.displayName");
                state.put("manager.value", value);
                return write(path, value);
            }
            case 1 -> {
                state.put("manager.displayName", value);
                return write(path + ".displayName", value);
            }
            case 2 -> {
                state.put("manager.value", value);
                return write(path, Map.of("value", value));
            }
            default -> {
                state.remove("manager.value");
                state.remove("manager.displayName");
                return remove(path);
            }
        }
    }

    private ObjectNode phone() {
        String type = one(TYPES);
        String key = "phoneNumbers/" + type + "/";
        String element = "phoneNumbers[type " + anyCase("eq") + " \"" + anyCase(type) + "\"]";
        boolean there = state.containsKey(key + "value");
        int choice = random.nextInt(4);
        if (choice == 0) {
            forget(key);
            return remove(element);
        }
        if (choice == 1 && there) {
            TYPES.forEach(other -> state.remove("phoneNumbers/" + other + "/primary"));
            state.put(key + "primary", "true");
            return write(element + ".primary", random.nextBoolean() ? true : "True");
        }
        String value = word();
        state.put(key + "value", value);
        // Made by its path it gets the type as the filter spells it.
        return write(there ? element + ".value" : "phoneNumbers[type eq \"" + type + "\"].value", value);
    }

    private ObjectNode phones() {
        String type = one(TYPES);
        String key = "phoneNumbers/" + type + "/";
        String value = word();
        Map<String, ?> element = Map.of("type", type, "value", value);
        if (random.nextBoolean() && !state.containsKey(key + "value")) {
            state.put(key + "value", value);
            return write("phoneNumbers", List.of(element)).put("op", "add");
        }
        if (random.nextBoolean() && state.containsKey(key + "value")) {
            String present = state.get(key + "value");
            forget(key);
            return remove("phoneNumbers").set("value", JSON.valueToTree(List.of(Map.of("value", present))));
        }
        forget("phoneNumbers/");
        state.put(key + "value", value);
        return write("phoneNumbers", List.of(element)).put("op", "replace");
    }

    private ObjectNode address() {
        String type = one(TYPES);
        String key = "addresses/" + type + "/";
        String path = "addresses[type eq \"" + type + "\"]";
        if (random.nextInt(4) == 0) {
            forget(key);
            return remove(path);
        }
        String part = one(List.of("locality", "region"));
        String value = word();
        state.put(key + part, value);
        return random.nextBoolean() ? write(path + "." + part, value) : write(path, Map.of(part, value));
    }

    private ObjectNode tag() {
        String tag = one(TAGS);
        switch (random.nextInt(4)) {
            case 0 -> {
                state.put("tags/" + tag, "true");
                return write(tags, List.of(Map.of("value", tag))).put("op", "Add");
            }
            case 1 -> {
                state.put("tags/" + tag, "true");
                return write(tags, tag).put("op", "add");
            }
            case 2 -> {
                state.remove("tags/" + tag);
                return random.nextBoolean()
                        ? remove(tags + "[value eq \"" + tag + "\"]")
                        : remove(tags).set("value", JSON.valueToTree(List.of(Map.of("value", tag))));
            }
            default -> {
                forget("tags/");
                state.put("tags/" + tag, "true");
                return write(tags, List.of(tag)).put("op", "replace");
            }
        }
    }

    private void forget(String prefix) {
        state.keySet().removeIf(key -> key.startsWith(prefix));
    }
}
