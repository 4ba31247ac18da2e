package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.localrun.Directory.Person;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.StreamSupport;

/**
 * What an application made from Okta's SCIM 2.0 template puts on the wire, byte for byte in meaning: paths with their query and
 * JSON bodies (Okta SCIM 2.0 reference; custom attributes as in its Profile Editor).
 */
final class OktaShape {
    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String USER_EXTENSION = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private OktaShape() {}

    /** The two reads of "Test Connector Configuration". */
    static String testUsers() {
        return "/Users?startIndex=1&count=2";
    }

    static String testGroups() {
        return "/Groups?startIndex=1&count=100";
    }

    static String userLookup(String login) {
        return lookup("/Users", "userName", login);
    }

    static String groupLookup(String name) {
        return lookup("/Groups", "displayName", name);
    }

    /** {@code POST /Users}: a password is always there, even when its synchronisation is off; a person is always born active. */
    static ObjectNode newUser(Person person, String dummyPassword) {
        ObjectNode user = JSON.objectNode();
        user.putArray("schemas").add(USER);
        user.put("userName", person.login());
        user.putObject("name").put("givenName", person.givenName()).put("familyName", person.familyName());
        user.putArray("emails")
                .addObject()
                .put("primary", true)
                .put("value", person.login())
                .put("type", "work");
        user.put("displayName", person.givenName() + " " + person.familyName());
        user.put("locale", "en-US");
        user.put("externalId", person.id());
        user.putArray("groups");
        user.put("password", dummyPassword);
        user.put("active", true);
        withRole(user, person);
        return user;
    }

    /** {@code PUT /Users/{id}}: what was read, with Okta's values over it. */
    static ObjectNode changedUser(ObjectNode read, Person person) {
        ObjectNode user = read.deepCopy();
        ObjectNode okta = newUser(person, "");
        okta.remove("password");
        okta.remove("groups");
        ArrayNode schemas = user.withArray("schemas");
        for (JsonNode schema : okta.remove("schemas")) {
            if (StreamSupport.stream(schemas.spliterator(), false).noneMatch(schema::equals)) {
                schemas.add(schema);
            }
        }
        user.setAll(okta);
        user.put("active", person.active());
        return user;
    }

    static ObjectNode active(boolean active) {
        ObjectNode patch = patch();
        operation(patch, "replace").putObject("value").put("active", active);
        return patch;
    }

    /** {@code POST /Groups}: always empty, members follow in a PATCH. */
    static ObjectNode newGroup(String name) {
        ObjectNode group = JSON.objectNode();
        group.putArray("schemas").add(GROUP);
        group.put("displayName", name);
        group.putArray("members");
        return group;
    }

    /** Okta sends the name with every change of members: an operation without a path, and the id inside its value. */
    static ObjectNode rename(String id, String name) {
        ObjectNode patch = patch();
        operation(patch, "replace").putObject("value").put("id", id).put("displayName", name);
        return patch;
    }

    /** Adds members, as after a group was created.
     *
     * @param members login by SCIM user id */
    static ObjectNode addMembers(Map<String, String> members) {
        return members("add", members);
    }

    /** "Push now": the whole list, {@code []} for an empty group.
     *
     * @param members login by SCIM user id */
    static ObjectNode replaceMembers(Map<String, String> members) {
        return members("replace", members);
    }

    private static ObjectNode members(String op, Map<String, String> members) {
        ObjectNode patch = patch();
        ArrayNode value = operation(patch, op).put("path", "members").putArray("value");
        members.forEach((id, login) -> value.addObject().put("value", id).put("display", login));
        return patch;
    }

    private static void withRole(ObjectNode user, Person person) {
        person.role().ifPresent(role -> {
            ((ArrayNode) user.path("schemas")).add(USER_EXTENSION);
            user.putObject(USER_EXTENSION).put("OrganizationRole", role);
        });
    }

    private static ObjectNode patch() {
        ObjectNode patch = JSON.objectNode();
        patch.putArray("schemas").add(PATCH);
        return patch;
    }

    private static ObjectNode operation(ObjectNode patch, String op) {
        return patch.withArray("Operations").addObject().put("op", op);
    }

    private static String lookup(String resource, String attribute, String value) {
        String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
        String filter = URLEncoder.encode(attribute + " eq \"" + quoted + "\"", StandardCharsets.UTF_8)
                .replace("+", "%20");
        return resource + "?filter=" + filter + "&startIndex=1&count=100";
    }
}
