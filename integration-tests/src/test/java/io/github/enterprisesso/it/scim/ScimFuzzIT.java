package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is sent: an answer of the protocol, soon, and either the whole request or nothing of it. */
@KeycloakTest
@Tag("h2")
class ScimFuzzIT {

    private static final int REQUESTS = 60;

    @AutoClose
    static Tenant tenant;

    static ScimClient scim;
    static String user;
    static String group;

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

    private static void send(long seed, Supplier<FuzzCorpus.Request> corpus) {
        String before = state();
        for (int i = 0; i < REQUESTS; i++) {
            FuzzCorpus.Request request = corpus.get();

            Answer answer = scim.raw(request.method(), request.path(), request.headers(), request.body());

            assertThat(answer.status())
                    .as("seed %s: %s\n%s", seed, request, answer)
                    .isBetween(200, 499);
            boolean read = request.method().equals("GET") || request.path().contains(".search");
            if (answer.status() >= 400) {
                assertRefusal(seed, request, answer);
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
    private static void assertRefusal(long seed, FuzzCorpus.Request request, Answer answer) {
        if (!answer.header("X-Request-Id").isEmpty()) {
            assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
            assertThat(answer.at("/status")).isEqualTo(Integer.toString(answer.status()));
            assertThat(answer.at("/detail")).as("seed %s: %s", seed, request).isNotBlank();
        }
        assertThat(answer.text())
                .as("seed %s: %s", seed, request)
                .doesNotContain("Exception", "\tat ", "org.keycloak", "io.github");
    }

    /** All that a refused write could have left behind, in one look. */
    private static String state() {
        return scim.get("/Users?count=1000").text()
                + scim.get("/Groups?count=1000").text();
    }
}
