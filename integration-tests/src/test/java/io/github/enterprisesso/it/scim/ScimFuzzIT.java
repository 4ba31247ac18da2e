package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent: an answer of the protocol, soon, and either the whole request or nothing of it. */
@KeycloakTest
@Tag("h2")
class ScimFuzzIT {

    private static final int REQUESTS = 60;
    private static final int BULK_REQUESTS = 40;

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static String user;
    static String group;

    /** Another connection for Bulk requests, which sees little and allows little. */
    static ScimClient bulk;

    static String bulkUser;
    static String bulkGroup;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "fuzz");
        scim = tenant.connect(
                Tenant.OKTA,
                Map.of(
                        "groupProvisioning", "true",
                        "passwordSync", "true",
                        "userNameFormat", "any",
                        "delete", "deactivate"));
        user = Scim.create(scim, "victim@acme.test");
        group = Scim.group(scim, "Victims");
        bulk = tenant.connect(
                "bulk",
                Map.of(
                        "groupProvisioning",
                        "true",
                        "adopt",
                        "never",
                        "bulkOperations",
                        Integer.toString(FuzzCorpus.MOST_OPERATIONS),
                        "maxRequestSize",
                        "65536"));
        bulkUser = Scim.create(bulk, "bulk-victim@acme.test");
        bulkGroup = Scim.group(bulk, "Bulk victims");
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14})
    @DisplayName("SCP-18 generated bodies")
    void bodies(long seed) {
        FuzzCorpus corpus = new FuzzCorpus(seed, user, group);
        send(seed, corpus::body);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24})
    @DisplayName("SCP-18 generated PATCH operations")
    void patches(long seed) {
        FuzzCorpus corpus = new FuzzCorpus(seed, user, group);
        send(seed, corpus::patchOperations);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {31, 32, 33, 34})
    @DisplayName("SCP-10 generated filters and parameters")
    void queries(long seed) {
        FuzzCorpus corpus = new FuzzCorpus(seed, user, group);
        send(seed, corpus::query);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42})
    @DisplayName("SCP-5 generated paths and headers")
    void pathsAndHeaders(long seed) {
        FuzzCorpus corpus = new FuzzCorpus(seed, user, group);
        send(seed, corpus::pathOrHeader);
    }

    @Test
    @DisplayName(
            "SCP-18 generated Bulk requests: an operation that fails leaves nothing behind, and what none names stays as it is")
    void bulk() {
        Set<Integer> ofRequests = new HashSet<>();
        Set<Integer> ofOperations = new HashSet<>();
        for (long seed : List.of(51L, 52L, 53L, 54L)) {
            bulk(seed, ofRequests, ofOperations);
        }
        assertThat(ofRequests).as("what came out of requests").contains(200, 400, 413);
        assertThat(ofOperations).as("what came out of operations").contains(200, 201, 204, 400, 404, 409, 412);
    }

    private static void bulk(long seed, Set<Integer> ofRequests, Set<Integer> ofOperations) {
        FuzzCorpus corpus = new FuzzCorpus(seed, bulkUser, bulkGroup);
        Map<String, JsonNode> before = resources();
        for (int i = 0; i < BULK_REQUESTS; i++) {
            FuzzCorpus.Request request = corpus.bulk();

            Answer answer = bulk.unchecked().raw(request.method(), request.path(), request.headers(), request.body());

            String what = "seed " + seed + ": " + request + "\n" + answer;
            assertThat(answer.status()).as(what).isBetween(200, 499);
            assertProtocol(bulk, seed, request, answer);
            ofRequests.add(answer.status());
            Set<String> written = new HashSet<>();
            Set<String> expected = new HashSet<>(before.keySet());
            Set<String> deleted = new HashSet<>();
            for (JsonNode operation : answer.body().path("Operations")) {
                int status = operation.path("status").asInt();
                assertThat(status).as(what).isBetween(200, 499);
                ofOperations.add(status);
                String location = operation.path("location").asText();
                String id = location.substring(location.lastIndexOf('/') + 1);
                if (status < 400) {
                    written.add(id);
                }
                if (status == 201) {
                    expected.add(id);
                }
                if (status == 204 && location.contains("/Groups/")) {
                    deleted.add(id);
                }
            }
            expected.removeAll(deleted);
            Map<String, JsonNode> after = resources();
            assertThat(after.keySet()).as(what).isEqualTo(expected);
            before.forEach((id, resource) -> {
                if (!written.contains(id)) {
                    assertThat(after.get(id)).as("%s of %s", id, what).isEqualTo(without(deleted, resource));
                }
            });
            before = after;
        }
    }

    /** What the connection shows by id, but for what follows from writing another resource. */
    private static Map<String, JsonNode> resources() {
        Map<String, JsonNode> resources = new HashMap<>();
        for (String path : List.of("/Users", "/Groups")) {
            for (JsonNode resource : bulk.get(path + "?count=1000").body().path("Resources")) {
                resources.put(resource.path("id").asText(), ((ObjectNode) resource).without(List.of("groups", "meta")));
            }
        }
        return resources;
    }

    private static JsonNode without(Set<String> deleted, JsonNode resource) {
        for (var members = resource.path("members").elements(); members.hasNext(); ) {
            if (deleted.contains(members.next().path("value").asText())) {
                members.remove();
            }
        }
        return resource;
    }

    private static void send(long seed, Supplier<FuzzCorpus.Request> corpus) {
        String before = state();
        for (int i = 0; i < REQUESTS; i++) {
            FuzzCorpus.Request request = corpus.get();

            Answer answer = scim.unchecked().raw(request.method(), request.path(), request.headers(), request.body());

            assertThat(answer.status())
                    .as("seed %s: %s\n%s", seed, request, answer)
                    .isBetween(200, 499);
            assertProtocol(scim, seed, request, answer);
            boolean read = request.method().equals("GET") || request.path().contains(".search");
            if (answer.status() >= 400) {
                if (!read) {
                    assertThat(state())
                            .as("seed %s: %s\n%s", seed, request, answer)
                            .isEqualTo(before);
                }
            } else if (!read) {
                before = state();
            }
        }
    }

    /** What Keycloak itself does not let through, it answers in its own words. */
    private static void assertProtocol(ScimClient client, long seed, FuzzCorpus.Request request, Answer answer) {
        assertThat(answer.text())
                .as("seed %s: %s", seed, request)
                .doesNotContain("Exception", "\tat ", "org.keycloak", "io.github");
        if (answer.header("X-Request-Id").isEmpty()) {
            return;
        }
        try {
            client.check(request.method(), request.path(), answer);
        } catch (AssertionError e) {
            throw new AssertionError("seed " + seed + ": " + request + "\n" + answer, e);
        }
    }

    /** All that a refused write could have left behind, in one look. */
    private static String state() {
        return scim.get("/Users?count=1000").text()
                + scim.get("/Groups?count=1000").text();
    }
}
