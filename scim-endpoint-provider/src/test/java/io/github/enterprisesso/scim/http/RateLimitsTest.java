package io.github.enterprisesso.scim.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RateLimitsTest {

    private long now;
    private final RateLimits limits = new RateLimits(() -> now);

    @Test
    void a_minutes_worth_at_once_then_seconds_to_wait() {
        for (int request = 0; request < 6; request++) {
            assertThat(limits.secondsToWait("token", 6)).isZero();
        }

        assertThat(limits.secondsToWait("token", 6)).isEqualTo(10);
        now += TimeUnit.MILLISECONDS.toNanos(9_500);
        assertThat(limits.secondsToWait("token", 6)).isEqualTo(1);
        now += TimeUnit.MILLISECONDS.toNanos(500);
        assertThat(limits.secondsToWait("token", 6)).isZero();
        assertThat(limits.secondsToWait("token", 6)).isEqualTo(10);
    }

    @Test
    void each_key_has_its_own() {
        assertThat(limits.secondsToWait("one", 1)).isZero();
        assertThat(limits.secondsToWait("one", 1)).isEqualTo(60);
        assertThat(limits.secondsToWait("other", 1)).isZero();
    }

    @Test
    void what_counts_as_several_is_let_in_whole_or_not_at_all() {
        assertThat(limits.secondsToWait("token", 6, 4)).isZero();
        assertThat(limits.secondsToWait("token", 6, 4)).isEqualTo(20);
        assertThat(limits.secondsToWait("token", 6, 2)).isZero();
        assertThat(limits.secondsToWait("token", 6, 0)).isZero();
        assertThat(limits.secondsToWait("token", 6, 6)).isEqualTo(60);
    }

    @Test
    void zero_is_no_limit() {
        for (int request = 0; request < 1000; request++) {
            assertThat(limits.secondsToWait("token", 0)).isZero();
        }
    }

    @Test
    void a_new_limit_holds_at_once() {
        limits.secondsToWait("token", 1000);

        assertThat(limits.secondsToWait("token", 1)).isZero();
        assertThat(limits.secondsToWait("token", 1)).isEqualTo(60);
    }

    @Test
    void many_keys_do_not_stay() {
        for (int key = 0; key <= 10_000; key++) {
            limits.secondsToWait("address " + key, 1);
        }

        assertThat(limits.secondsToWait("address 5", 1)).isZero();
    }
}
