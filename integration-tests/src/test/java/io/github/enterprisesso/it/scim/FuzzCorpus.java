package io.github.enterprisesso.it.scim;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests that no honest client sends, generated: the same seed makes the same ones. */
final class FuzzCorpus {

    /** What the connection allows in a Bulk request. */
    static final int MOST_OPERATIONS = 20;

    private static final String JSON_TYPE = "application/scim+json";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> ATTRIBUTES = List.of(
            "schemas",
            "id",
            "externalId",
            "userName",
            "name",
            "name.givenName",
            "displayName",
            "active",
            "emails",
            "phoneNumbers",
            "addresses",
            "roles",
            "groups",
            "members",
            "password",
            "meta",
            "title",
            "photos",
            ENTERPRISE,
            ENTERPRISE + ":manager",
            Scim.USER_EXTENSION,
            Scim.USER_EXTENSION + ":OrganizationRole",
            Scim.GROUP_EXTENSION,
            Scim.GROUP_EXTENSION + ":LambdatestRoles",
            "$ref",
            "",
            "nonsense",
            "urn:",
            ":",
            "constructor",
            "__proto__");

    private static final List<String> PATHS = List.of(
            "userName",
            "active",
            "name",
            "name.givenName",
            "name.formatted",
            "emails",
            "emails.value",
            "emails[type eq \"work\"]",
            "emails[type eq \"work\"].value",
            "emails[primary eq true].primary",
            "addresses[type eq \"x\"].locality",
            "phoneNumbers[value co \"1\"]",
            "phoneNumbers[not (type pr)].value",
            "members",
            "members[value eq \"x\"]",
            "members[value eq \"\\u0000\"]",
            "members.value",
            "groups",
            "id",
            "meta.created",
            "schemas",
            "password",
            ENTERPRISE,
            ENTERPRISE + ":",
            ENTERPRISE + ":manager",
            ENTERPRISE + ":manager.value.x",
            Scim.USER_EXTENSION + ":OrganizationRole",
            "displayName",
            "externalId",
            "",
            " ",
            ".",
            "..",
            "a.b.c",
            "[",
            "]",
            "emails[",
            "emails[]",
            "emails[type eq \"work\"",
            "emails[type eq \"work\"]]",
            "emails[type eq]",
            "emails[[type pr]]",
            "urn:",
            "urn:x",
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "urn:ietf:params:scim:schemas:core:2.0:Group:members",
            "$ref",
            "\u0000",
            "\ud800",
            "é",
            "title title",
            "title;drop table user_entity",
            "nonsense");

    private static final List<String> FILTERS = List.of(
            "userName eq \"a\"",
            "userName EQ \"fuzz@acme.test\"",
            "active eq true",
            "active eq \"true\"",
            "active gt true",
            "id pr",
            "not (id pr)",
            "emails[type eq \"work\"]",
            "emails[type eq \"work\" and value co \"@\"].value sw \"f\"",
            "emails co \"a\"",
            "name pr",
            "name.givenName ne null",
            "meta.created gt \"2020-01-01T00:00:00Z\"",
            "meta.lastModified lt \"nonsense\"",
            "meta.created gt \"+999999999-12-31T23:59:59.999999999Z\"",
            "members eq \"x\"",
            "members.value eq \"\\u0000\"",
            "groups.value eq \"\\ud800\"",
            "userName eq \"\\u0000\"",
            "title eq \"\\ud83d\"",
            "externalId eq 1e400",
            "externalId eq 99999999999999999999999999",
            "userName eq \"%' or 1=1 --\"",
            "userName co \"%_\\\\\"",
            "userName sw \"\"",
            "title ew \"\\uD83D\\uDE00\"",
            "(((((userName pr)))))",
            "userName eq \"a\" and",
            "and",
            "or or or",
            "not",
            "not not (id pr)",
            "()",
            "((",
            "\"",
            "\\",
            "userName eq 'a'",
            "userName eq",
            "eq \"a\"",
            "urn:",
            "urn:x:y eq 1",
            ENTERPRISE + ":manager.value eq \"m\"",
            ENTERPRISE + ":manager pr",
            "password eq \"x\"",
            "schemas eq \"x\"",
            "addresses.locality co \"\"",
            "roles pr",
            "displayName eq \"F\"",
            "userName[value eq 1]",
            "emails[emails[type pr]]",
            "userName.x.y eq 1",
            "é eq \"é\"");

    private static final List<String> PARAMETERS = List.of(
            "startIndex", "count", "sortBy", "sortOrder", "attributes", "excludedAttributes", "cursor", "nonsense", "");

    /**
     * @param path raw, below the base URL
     * @param body null for none
     */
    record Request(String method, String path, Map<String, String> headers, byte[] body) {

        @Override
        public String toString() {
            String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
            return method + " " + path + " " + headers + " "
                    + (text.length() > 600 ? text.substring(0, 600) + "…" : text);
        }
    }

    private final Random random;
    private final String user;
    private final String group;

    /** @param user id of one to write to */
    FuzzCorpus(long seed, String user, String group) {
        this.random = new Random(seed);
        this.user = user;
        this.group = group;
    }

    Request body() {
        String path = one(
                List.of("/Users", "/Groups", "/Users/" + user, "/Groups/" + group, "/Users/.search", "/Bulk", "/Me"));
        String method = path.endsWith("s") || path.endsWith("search") || path.endsWith("Bulk")
                ? "POST"
                : one(List.of("PUT", "PATCH"));
        byte[] body =
                switch (random.nextInt(6)) {
                    case 0 -> broken();
                    case 1 -> bytes(patch());
                    default -> bytes(resource());
                };
        return new Request(method, path, Map.of("Content-Type", JSON_TYPE), body);
    }

    Request patchOperations() {
        String path = random.nextInt(3) == 0 ? "/Groups/" + group : "/Users/" + user;
        return new Request("PATCH", path, Map.of("Content-Type", JSON_TYPE), bytes(patch()));
    }

    Request query() {
        String path = one(List.of("/Users", "/Groups", "/Users/" + user, "/Schemas", "/ResourceTypes", "/Me", "/"));
        Map<String, String> query = new LinkedHashMap<>();
        if (random.nextInt(4) > 0) {
            query.put("filter", filter());
        }
        for (int n = random.nextInt(3); n > 0; n--) {
            query.put(one(PARAMETERS), parameter());
        }
        if (random.nextInt(4) == 0) {
            ObjectNode body = JSON.createObjectNode();
            query.forEach(body::put);
            query.keySet().forEach(name -> {
                if (random.nextInt(4) == 0) {
                    body.set(name, weird(2));
                }
            });
            return new Request(
                    "POST",
                    one(List.of("/.search", "/Users/.search", "/Groups/.search")),
                    Map.of("Content-Type", JSON_TYPE),
                    bytes(body));
        }
        return new Request(
                "GET",
                path + "?"
                        + query.entrySet().stream()
                                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                                .collect(Collectors.joining("&")),
                Map.of(),
                null);
    }

    Request pathOrHeader() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", JSON_TYPE);
        String path = one(List.of("/Users/" + user, "/Groups/" + group));
        String method = one(List.of("GET", "PUT", "PATCH", "POST", "DELETE"));
        if (method.equals("DELETE")) {
            path = "/Users/no-such-user";
        }
        if (random.nextBoolean()) {
            path = one(List.of(
                    "/Users/%F0%9F%98%80",
                    "/Users/%ED%A0%80",
                    "/Users/%C3%28",
                    "/Users/..%2F..%2Fadmin",
                    "/Users/%2e%2e/Groups",
                    "/Users//",
                    "//Users",
                    "/Users/" + "x".repeat(3000),
                    "/Users/;a=b",
                    "/Users/" + user + ";a=b",
                    "/Users/" + user + "/x/y/z",
                    "/users",
                    "/USERS",
                    "/Users/%25",
                    "/Users/'%20or%201=1--",
                    "/Schemas/%5B",
                    "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User/x",
                    "/ResourceTypes/%F0%9F%98%80",
                    "/.search",
                    "/Bulk",
                    "/Me",
                    "/Me/x",
                    "/ServiceProviderConfig/x",
                    "/%20",
                    "/v2",
                    "/Users/.search",
                    "/Users/.search/x",
                    "/Users/null"));
        } else {
            String header = one(List.of(
                    "If-Match", "If-None-Match", "Authorization", "Content-Type", "Accept", "X-HTTP-Method-Override"));
            headers.put(
                    header,
                    one(List.of(
                                    "",
                                    "*",
                                    "W/",
                                    "W/\"\"",
                                    "\"",
                                    ",,,",
                                    "W/\"x\", *, \"y",
                                    "x".repeat(4000),
                                    "Bearer",
                                    "Bearer ",
                                    "Bearer x y z",
                                    "Basic",
                                    "Basic %%%",
                                    "Basic OjpYOg==",
                                    "Digest a=b",
                                    "é",
                                    "application/json;charset=nonsense",
                                    "application/scim+json; charset=utf-16",
                                    "APPLICATION/JSON",
                                    "application/json, text/plain",
                                    ";",
                                    "/",
                                    "*/*",
                                    "text/xml",
                                    "multipart/form-data; boundary=x",
                                    "DELETE"))
                            .replace("é", "e"));
        }
        boolean writes = !method.equals("GET") && !method.equals("DELETE");
        return new Request(method, path, headers, writes ? bytes(resource()) : null);
    }

    /** Mostly sound operations, so that many are done beside those that are not; they refer to each other at random. */
    Request bulk() {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode operations = body.putArray("Operations");
        int number = random.nextInt(8) == 0 ? MOST_OPERATIONS + 1 : 1 + random.nextInt(6);
        for (int i = 0; i < number; i++) {
            operations.add(operation("b" + i));
        }
        if (random.nextInt(3) == 0) {
            body.set("failOnErrors", random.nextInt(4) == 0 ? weird(1) : JSON.valueToTree(random.nextInt(3)));
        }
        switch (random.nextInt(15)) {
            case 0 -> operations.add(weird(2));
            case 1 -> body.set(one(List.of("Operations", "schemas", "failOnErrors")), weird(2));
            default -> body.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:BulkRequest");
        }
        byte[] bytes = random.nextInt(25) == 0 ? broken() : bytes(body);
        return new Request("POST", "/Bulk", Map.of("Content-Type", JSON_TYPE), bytes);
    }

    private ObjectNode operation(String bulkId) {
        String method = one(List.of("POST", "POST", "POST", "PUT", "PATCH", "PATCH", "DELETE"));
        boolean ofGroup = random.nextBoolean();
        String endpoint = ofGroup ? "/Groups" : "/Users";
        // The group that the other requests write to is to stay.
        String target =
                one(List.of(reference(), ofGroup ? method.equals("DELETE") ? "nobody" : group : user, "nobody"));
        ObjectNode operation = JSON.createObjectNode();
        operation.put("method", method);
        operation.put("path", method.equals("POST") ? endpoint : endpoint + "/" + target);
        if (method.equals("POST") || random.nextInt(4) == 0) {
            operation.put("bulkId", method.equals("POST") ? bulkId : one(List.of("b0", "x", "bulkId:b0")));
        }
        if (!method.equals("DELETE")) {
            operation.set("data", method.equals("PATCH") ? bulkPatch(ofGroup) : bulkData(ofGroup));
        }
        if (random.nextInt(3) == 0) {
            operation.put("version", one(List.of("W/\"x\"", "*", "\"", "W/")));
        }
        if (random.nextInt(40) == 0) {
            operation.set(one(List.of("method", "path", "bulkId", "data", "version", "nonsense")), weird(2));
        }
        if (random.nextInt(60) == 0) {
            operation.put(
                    "path",
                    one(List.of(
                            "/Users/",
                            "Users",
                            "/Bulk",
                            "/Me",
                            "/Users/x/y",
                            "/../Users",
                            "/Users?x",
                            "/Users/%2e",
                            "")));
        }
        return operation;
    }

    private String reference() {
        return "bulkId:" + one(List.of("b0", "b1", "b2", "b3", "b4", "b5", "b20", "unheard-of", "", "bulkId:b0"));
    }

    private JsonNode bulkData(boolean ofGroup) {
        if (random.nextInt(4) == 0) {
            return resource();
        }
        ObjectNode data = ofGroup
                ? JSON.createObjectNode().put("displayName", "Bulk " + random.nextInt(100))
                : (ObjectNode) Scim.json(Scim.user("bulk-" + random.nextInt(200) + "@acme.test"));
        if (ofGroup) {
            data.set("members", members());
        } else if (random.nextBoolean()) {
            data.putObject(ENTERPRISE).putObject("manager").put("value", reference());
        }
        return data;
    }

    private ArrayNode members() {
        ArrayNode members = JSON.createArrayNode();
        for (int n = random.nextInt(4); n > 0; n--) {
            members.addObject().put("value", one(List.of(reference(), reference(), reference(), user, "nobody")));
        }
        return members;
    }

    private JsonNode bulkPatch(boolean ofGroup) {
        if (!ofGroup || random.nextInt(3) == 0) {
            return patch();
        }
        ObjectNode patch = JSON.createObjectNode();
        ArrayNode operations = patch.putArray("Operations");
        operations.addObject().put("op", "add").put("path", "members").set("value", members());
        if (random.nextBoolean()) {
            operations.addObject().put("op", "remove").put("path", "members[value eq \"" + reference() + "\"]");
        }
        return patch;
    }

    /** Half of a surrogate pair can be sent as an escape only. */
    private static byte[] bytes(JsonNode json) {
        try {
            return JSON.writer().with(JsonWriteFeature.ESCAPE_NON_ASCII).writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private String filter() {
        String filter = one(FILTERS);
        return switch (random.nextInt(8)) {
            case 0 -> filter + " and " + one(FILTERS);
            case 1 -> "not (" + filter + ") or " + one(FILTERS);
            case 2 -> "(".repeat(random.nextInt(60)) + filter + ")".repeat(random.nextInt(60));
            case 3 -> filter.substring(0, random.nextInt(filter.length() + 1));
            case 4 ->
                IntStream.range(0, random.nextInt(200)).mapToObj(i -> filter).collect(Collectors.joining(" or "));
            case 5 -> filter.replace("\"a\"", "\"" + "x".repeat(random.nextInt(6000)) + "\"");
            default -> filter;
        };
    }

    private String parameter() {
        return one(List.of(
                "0",
                "-1",
                "1",
                "2147483648",
                "-9223372036854775809",
                "1e5",
                "NaN",
                "",
                " ",
                "ascending",
                "DESCENDING",
                "sideways",
                "userName",
                "name.givenName",
                "emails",
                "emails.value",
                "emails[type eq \"work\"]",
                "members",
                "members.value",
                "meta.created",
                "password",
                "nonsense",
                ENTERPRISE,
                ENTERPRISE + ":manager",
                ",,,",
                "a,b,c",
                "..",
                "é",
                "x".repeat(3000),
                "%",
                "'"));
    }

    private byte[] broken() {
        String whole = resource().toString();
        return switch (random.nextInt(9)) {
            case 0 -> whole.substring(0, random.nextInt(whole.length())).getBytes(StandardCharsets.UTF_8);
            case 1 -> ("[".repeat(3000) + "]".repeat(3000)).getBytes(StandardCharsets.UTF_8);
            case 2 -> ("{\"name\":".repeat(900) + "1" + "}".repeat(900)).getBytes(StandardCharsets.UTF_8);
            case 3 ->
                whole.getBytes(
                        one(List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, Charset.forName("UTF-32"))));
            case 4 -> whole.replace("Jane", "Jän€").getBytes(Charset.forName("windows-1252"));
            case 5 -> ("\ufeff" + whole).getBytes(StandardCharsets.UTF_8);
            case 6 ->
                whole.replaceFirst(
                                "\\{", "{\"userName\":\"dup@acme.test\",\"userName\":5,\"active\":[],\"active\":true,")
                        .getBytes(StandardCharsets.UTF_8);
            case 7 -> ("{\"title\":" + "9".repeat(1 + random.nextInt(3000)) + "}").getBytes(StandardCharsets.UTF_8);
            default -> noise();
        };
    }

    private byte[] noise() {
        byte[] noise = new byte[random.nextInt(300)];
        random.nextBytes(noise);
        return noise;
    }

    private ObjectNode resource() {
        ObjectNode resource = (ObjectNode) Scim.json(Scim.user("fuzz-" + random.nextInt(1000) + "@acme.test"));
        if (random.nextBoolean()) {
            resource.put("displayName", "Fuzz " + random.nextInt(1000));
        }
        for (int n = 1 + random.nextInt(3); n > 0; n--) {
            String attribute = one(ATTRIBUTES);
            JsonNode value = weird(3);
            if (random.nextBoolean() && resource.get(attribute) instanceof ObjectNode object) {
                object.set(one(List.of("givenName", "familyName", "formatted", "x", "")), value);
            } else {
                resource.set(random.nextInt(5) == 0 ? attribute.toUpperCase() : attribute, value);
            }
        }
        return resource;
    }

    private ObjectNode patch() {
        ObjectNode patch = JSON.createObjectNode();
        ArrayNode operations = patch.putArray("Operations");
        for (int n = random.nextInt(4); n >= 0; n--) {
            ObjectNode operation = operations.addObject();
            operation.put("op", one(List.of("add", "replace", "remove", "Add", "Remove", "move", "", "REPLACE")));
            if (random.nextInt(4) > 0) {
                operation.put("path", one(PATHS));
            }
            if (random.nextInt(5) > 0) {
                operation.set("value", random.nextBoolean() ? weird(3) : resource());
            }
            if (random.nextInt(20) == 0) {
                operation.set(one(List.of("op", "path", "value")), weird(2));
            }
        }
        return patch;
    }

    private JsonNode weird(int depth) {
        List<Object> simple = new ArrayList<>(List.of(
                "",
                " ",
                "x",
                0,
                -1,
                1.5,
                true,
                false,
                "true",
                "maybe",
                Long.MAX_VALUE,
                Double.MAX_VALUE,
                new java.math.BigInteger("9".repeat(40)),
                "work",
                "fuzz@acme.test",
                "\u0000",
                "a\u0000b",
                "\ud800",
                "\udc00x",
                "\ud83d\ude00",
                "e\u0301",
                "\u202e\u200b",
                "\uffff",
                "'; drop table user_entity; --",
                "${jndi:ldap://x}",
                "<b>&amp;",
                "{{7*7}}",
                "%s%n",
                "../..",
                "x".repeat(256),
                "x".repeat(1025),
                "ü".repeat(3000)));
        simple.add(user);
        simple.add(group);
        int choice = random.nextInt(simple.size() + 6);
        if (choice < simple.size()) {
            return JSON.valueToTree(simple.get(choice));
        }
        if (depth == 0) {
            return JSON.nullNode();
        }
        return switch (choice - simple.size()) {
            case 0 -> JSON.createArrayNode();
            case 1 -> JSON.createObjectNode();
            case 2 -> JSON.createArrayNode().add(weird(depth - 1)).add(weird(depth - 1));
            case 3 -> JSON.createObjectNode().set("value", weird(depth - 1));
            case 4 -> {
                ObjectNode object = JSON.createObjectNode();
                object.set("value", weird(depth - 1));
                object.set("type", weird(depth - 1));
                object.set("primary", weird(0));
                yield JSON.createArrayNode().add(object).add(object.deepCopy());
            }
            default -> JSON.nullNode();
        };
    }
}
