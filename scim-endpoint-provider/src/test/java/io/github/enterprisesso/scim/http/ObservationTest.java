package io.github.enterprisesso.scim.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.Span;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

class ObservationTest {

    private static <T> T stub(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }

    /** Writes down what it is told. */
    private static Span span(Map<String, Object> told) {
        return (Span) Proxy.newProxyInstance(
                Span.class.getClassLoader(), new Class<?>[] {Span.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("setAttribute")) {
                        told.put((String) arguments[0], arguments[1]);
                    } else if (method.getName().equals("setStatus")) {
                        told.put("status", arguments[0].toString());
                    }
                    return proxy;
                });
    }

    private static Observation observation() {
        RealmModel realm = stub(RealmModel.class, Map.of("getName", "acme"));
        KeycloakContext context = stub(KeycloakContext.class, Map.of("getRealm", realm));
        return new Observation(
                stub(KeycloakSession.class, Map.of("getContext", context)), null, "PATCH", "/v2/Groups/1");
    }

    @Test
    @DisplayName("a trace span says whose request it was, about what, and how it ended")
    void span() {
        Map<String, Object> told = new HashMap<>();
        Observation observation = observation();

        observation.describe(span(told), "Groups", 404);

        assertThat(told)
                .containsEntry("scim.request_id", observation.id())
                .containsEntry("scim.realm", "acme")
                .containsEntry("scim.resource", "Groups")
                .doesNotContainKeys("status", "scim.connection");
        assertThat(told.get("scim.status")).hasToString("404");
    }

    @Test
    @DisplayName("a trace span of a request that failed here is an error")
    void error() {
        Map<String, Object> told = new HashMap<>();

        observation().describe(span(told), "Users", 500);

        assertThat(told).containsEntry("status", "ERROR");
    }
}
