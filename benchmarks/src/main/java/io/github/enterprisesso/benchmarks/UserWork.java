package io.github.enterprisesso.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

/** What a provisioning client does with users. */
final class UserWork {

    private static final int PAGE = 100;
    private static final int CONNECTIONS = 8;
    private static final Duration WARM_UP = Duration.ofSeconds(10);

    /** As many requests as make the server's compiler do what it will. */
    private static final int WARM = 5000;

    private static final String DEACTIVATION =
            "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":"
                    + "[{\"op\":\"replace\",\"path\":\"active\",\"value\":false}]}";

    private final Server server;
    private final Client ours;
    private final Client natives;
    private final Client admin;
    private final List<String> ids;
    private final int users;
    private final Random random = new Random(7);

    UserWork(Server server, Apis apis, Seed seed) {
        this.server = server;
        this.ours = apis.ours();
        this.natives = apis.natives();
        this.admin = apis.admin();
        this.ids = seed.ids();
        this.users = ids.size();
    }

    void run() {
        page("page of 100, first", () -> 1);
        walk();
        page("page of 100, anywhere", () -> 1 + random.nextInt(users - PAGE));
        page("page of 100, last", () -> users - PAGE + 1);
        create();
        replaceUnchanged();
        deactivate();
        get();
        // Last, as they need the server as warm as it gets: the faster the request, the more an idle compiler counts.
        lookUps();
    }

    private void get() {
        new Comparison("GET user")
                .variant("ours", round -> ours.get("/Users/" + anyId()))
                .variant("Keycloak SCIM", round -> natives.get("/Users/" + anyId()))
                .variant("admin REST", round -> admin.get("/users/" + anyId()))
                .warmUp(WARM_UP, WARM)
                .print(0, 150, server);
    }

    private void lookUps() {
        new Comparison("look-up by userName")
                .variant("ours", round -> find(ours, "userName", anyName()))
                .variant("Keycloak SCIM", round -> find(natives, "userName", anyName()))
                .variant("admin REST", round -> admin.get("/users?exact=true&username=" + Client.encode(anyName())))
                .warmUp(WARM_UP, WARM)
                .print(0, 100, server);
        new Comparison("look-up by userName, nobody")
                .variant("ours", round -> find(ours, "userName", "nobody-" + round))
                .variant("Keycloak SCIM", round -> find(natives, "userName", "nobody-" + round))
                .variant("admin REST", round -> admin.get("/users?exact=true&username=nobody-" + round))
                .warmUp(WARM_UP, WARM)
                .print(0, 100, server);
        new Comparison("look-up by externalId")
                .variant("ours", round -> find(ours, "externalId", Seed.externalId(random.nextInt(users))))
                .variant("Keycloak SCIM", round -> find(natives, "externalId", Seed.externalId(random.nextInt(users))))
                .warmUp(WARM_UP, WARM)
                .print(0, 60, server);
    }

    private void page(String operation, IntSupplier start) {
        new Comparison(operation)
                .variant("ours", round -> ours.get(from(start.getAsInt())))
                .variant("Keycloak SCIM", round -> natives.get(from(start.getAsInt())))
                .variant("admin REST", round -> admin.get("/users?first=" + (start.getAsInt() - 1) + "&max=" + PAGE))
                .warmUp(WARM_UP, WARM)
                .print(0, 30, server);
    }

    /** From the middle on, one page after the other, of users that nobody has read before. */
    private void walk() {
        int middle = users / 2;
        String[] cursor = {""};
        new Comparison("page of 100, walking on")
                .variant("ours, startIndex", round -> ours.get(from(middle + round * PAGE)))
                .variant(
                        "ours, cursor",
                        round -> cursor[0] = ours.get("/Users?count=" + PAGE + "&cursor=" + cursor[0])
                                .path("nextCursor")
                                .asText())
                .variant("Keycloak SCIM", round -> natives.get(from(middle + round * PAGE)))
                .variant("admin REST", round -> admin.get("/users?first=" + (middle + round * PAGE) + "&max=" + PAGE))
                .print(3, Math.min(20, users / 2 / PAGE - 4), server);
    }

    private static String from(int start) {
        return "/Users?startIndex=" + start + "&count=" + PAGE;
    }

    private void create() {
        new Comparison("create user")
                .variant("ours", round -> ours.post("/Users", scimUser("ours-" + round)))
                .variant("Keycloak SCIM", round -> natives.post("/Users", scimUser("native-" + round)))
                .variant("admin REST", round -> admin.post("/users", adminUser("admin-" + round)))
                .warmUp(WARM_UP, WARM)
                .print(0, 200, server);
        ExecutorService connections = Executors.newFixedThreadPool(CONNECTIONS);
        try {
            new Comparison("create " + CONNECTIONS + " users, " + CONNECTIONS + " connections")
                    .variant(
                            "ours",
                            round -> atOnce(connections, round, name -> ours.post("/Users", scimUser("ours" + name))))
                    .variant(
                            "Keycloak SCIM",
                            round -> atOnce(
                                    connections, round, name -> natives.post("/Users", scimUser("native" + name))))
                    .variant(
                            "admin REST",
                            round ->
                                    atOnce(connections, round, name -> admin.post("/users", adminUser("admin" + name))))
                    .print(5, 40, server);
        } finally {
            connections.shutdown();
        }
    }

    private static void atOnce(ExecutorService connections, int round, Consumer<String> request) {
        CompletableFuture.allOf(IntStream.range(0, CONNECTIONS)
                        .mapToObj(one ->
                                CompletableFuture.runAsync(() -> request.accept("-" + round + "-" + one), connections))
                        .toArray(CompletableFuture[]::new))
                .join();
    }

    private void replaceUnchanged() {
        JsonNode our = ours.get("/Users/" + ids.get(0));
        JsonNode their = natives.get("/Users/" + ids.get(0));
        // Groups are read-only, and Keycloak's own API refuses them on the way back.
        ((ObjectNode) their).remove("groups");
        JsonNode plain = admin.get("/users/" + ids.get(0));
        new Comparison("PUT of an unchanged user")
                .variant("ours", round -> ours.put("/Users/" + ids.get(0), our.toString()))
                .variant("Keycloak SCIM", round -> natives.put("/Users/" + ids.get(0), their.toString()))
                .variant("admin REST", round -> admin.put("/users/" + ids.get(0), plain.toString()))
                .warmUp(WARM_UP, WARM)
                .print(0, 100, server);
    }

    /** Each variant its own third of the users. */
    private void deactivate() {
        int third = users / 3;
        new Comparison("deactivate user")
                .variant("ours", round -> ours.patch("/Users/" + ids.get(round), DEACTIVATION))
                .variant("Keycloak SCIM", round -> natives.patch("/Users/" + ids.get(third + round), DEACTIVATION))
                .variant(
                        "admin REST", round -> admin.put("/users/" + ids.get(2 * third + round), "{\"enabled\":false}"))
                .warmUp(WARM_UP, third - 100)
                .print(0, 100, server);
    }

    private String anyName() {
        return Seed.userName(random.nextInt(users));
    }

    private String anyId() {
        return ids.get(random.nextInt(users));
    }

    private static void find(Client client, String attribute, String value) {
        String filter = attribute + " eq \"" + value + "\"";
        client.get("/Users?filter=" + Client.encode(filter) + "&startIndex=1&count=100");
    }

    private static String scimUser(String name) {
        return """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%1$s@created.test",
                 "externalId":"%1$s","name":{"givenName":"Bench","familyName":"Mark"},
                 "emails":[{"primary":true,"value":"%1$s@created.test","type":"work"}],"active":true}""".formatted(name);
    }

    private static String adminUser(String name) {
        return """
                {"username":"%1$s@created.test","email":"%1$s@created.test","firstName":"Bench","lastName":"Mark",
                 "emailVerified":true,"enabled":true}""".formatted(name);
    }
}
