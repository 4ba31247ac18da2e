package io.github.enterprisesso.scim.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.timer.TimerProvider;

class HousekeepingTest {

    private static Config.Scope options(Map<String, String> options) {
        return new Config.SystemPropertiesScope("") {
            @Override
            public Long getLong(String key, Long otherwise) {
                return options.containsKey(key) ? Long.valueOf(options.get(key)) : otherwise;
            }
        };
    }

    @Test
    @DisplayName("TOK-3 AUD-5 every hour, unless the server's configuration says otherwise")
    void interval() {
        assertThat(Housekeeping.interval(options(Map.of()))).isEqualTo(Duration.ofHours(1));
        assertThat(Housekeeping.interval(options(Map.of("housekeeping-interval", "10"))))
                .isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> Housekeeping.interval(options(Map.of("housekeeping-interval", "0"))))
                .hasMessageContaining("housekeeping-interval");
    }

    @Test
    @DisplayName("TOK-3 AUD-5 one task, in milliseconds as Keycloak's timer wants them")
    void schedule() {
        List<Object> scheduled = new ArrayList<>();
        TimerProvider timer = stub(TimerProvider.class, (method, arguments) -> {
            scheduled.addAll(List.of(arguments).subList(1, arguments.length));
            return null;
        });

        Housekeeping.schedule(
                stub(KeycloakSession.class, (method, arguments) -> timer), Housekeeping.interval(options(Map.of())));

        assertThat(scheduled).containsExactly(3_600_000L, "scim-housekeeping");
    }

    private interface Call {
        Object on(String method, Object[] arguments);
    }

    private static <T> T stub(Class<T> type, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.on(method.getName(), arguments)));
    }
}
