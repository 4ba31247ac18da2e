package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.localrun.Directory.Group;
import io.github.enterprisesso.localrun.Directory.Person;
import io.github.enterprisesso.localrun.JsonHttp.Reply;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Plays Okta: the calls of an application made from its SCIM 2.0 template, in its order and with its headers.
 * A repeated push finds what is there and changes only what differs, as Okta does.
 */
final class OktaClient {
    private final JsonHttp http;
    private final String baseUrl;
    private final String token;
    private final Map<String, String> idByLogin = new HashMap<>();

    OktaClient(JsonHttp http, String baseUrl, String token) {
        this.http = http;
        this.baseUrl = baseUrl;
        this.token = token;
    }

    /** Whether the token is accepted: the first call of "Test Connector Configuration". */
    boolean accepted() {
        int status = send("GET", OktaShape.testUsers(), null).status();
        if (status == 401) {
            return false;
        }
        if (status != 200) {
            throw new Failure("GET " + baseUrl + OktaShape.testUsers() + " answered " + status);
        }
        return true;
    }

    /** "Test Connector Configuration". */
    void testConnection() {
        call("GET", OktaShape.testUsers(), null);
        call("GET", OktaShape.testGroups(), null);
    }

    /** Assigns everybody to the application, then pushes the groups. */
    void push(Directory directory, Consumer<String> progress) {
        int done = 0;
        for (Person person : directory.people()) {
            progress.accept("people " + ++done + " of " + directory.people().size());
            assign(person);
        }
        done = 0;
        for (Group group : directory.groups()) {
            progress.accept("groups " + ++done + " of " + directory.groups().size());
            push(group, directory.membersOf(group));
        }
    }

    /** All users that the connection sees, page by page as Okta's import reads them. */
    List<JsonNode> importUsers() {
        List<JsonNode> users = new ArrayList<>();
        int total;
        do {
            JsonNode page = call("GET", "/Users?startIndex=" + (users.size() + 1) + "&count=100", null);
            total = page.path("totalResults").asInt();
            if (page.path("Resources").isEmpty()) {
                break;
            }
            page.path("Resources").forEach(users::add);
        } while (users.size() < total);
        return users;
    }

    private void assign(Person person) {
        JsonNode found = first(OktaShape.userLookup(person.login()));
        JsonNode user;
        if (found.isMissingNode()) {
            user = call("POST", "/Users", OktaShape.newUser(person, Secrets.dummyPassword()));
            if (!person.active()) {
                call("PATCH", "/Users/" + id(user), OktaShape.active(false));
            }
        } else {
            user = call("GET", "/Users/" + id(found), null);
            ObjectNode changed = OktaShape.changedUser((ObjectNode) user, person);
            if (!changed.equals(user)) {
                call("PUT", "/Users/" + id(user), changed);
            }
        }
        idByLogin.put(person.login(), id(user));
    }

    private void push(Group group, List<Person> members) {
        Map<String, String> loginById = new LinkedHashMap<>();
        members.forEach(person -> loginById.put(idByLogin.get(person.login()), person.login()));

        JsonNode found = first(OktaShape.groupLookup(group.name()));
        boolean created = found.isMissingNode();
        String id = id(created ? call("POST", "/Groups", OktaShape.newGroup(group.name())) : found);
        call("PATCH", "/Groups/" + id, OktaShape.rename(id, group.name()));
        call("PATCH", "/Groups/" + id, created ? OktaShape.addMembers(loginById) : OktaShape.replaceMembers(loginById));
    }

    private JsonNode first(String lookup) {
        return call("GET", lookup, null).path("Resources").path(0);
    }

    private static String id(JsonNode resource) {
        String id = resource.path("id").asText();
        if (id.isEmpty()) {
            throw new Failure("an answer of the SCIM endpoint lacks an id: " + resource);
        }
        return id;
    }

    private JsonNode call(String method, String path, JsonNode body) {
        Reply reply = send(method, path, body);
        if (!reply.ok()) {
            throw new Failure(method + " " + baseUrl + path + " was refused: " + reply.problem());
        }
        return reply.body();
    }

    private Reply send(String method, String path, JsonNode body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("User-Agent", "Okta SCIM Client 1.0.0");
        headers.put("Accept", "application/scim+json");
        headers.put("Accept-Charset", "utf-8");
        headers.put("Accept-Encoding", "gzip,deflate");
        headers.put("Authorization", "Bearer " + token);
        if (body != null) {
            headers.put("Content-Type", "application/scim+json; charset=utf-8");
        }
        return http.send(method, baseUrl + path, headers, body);
    }
}
