package io.github.enterprisesso.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    @DisplayName("variants run in turns, the warm-up included, and each gets one line")
    void turns() {
        List<String> calls = new ArrayList<>();

        List<Result> results = new Comparison("work")
                .variant("a", round -> calls.add("a" + round))
                .variant("b", round -> calls.add("b" + round))
                .run(1, 2);

        assertThat(calls).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
        assertThat(results).extracting(Result::variant).containsExactly("a", "b");
        assertThat(results.get(0).toString()).contains("work", "a", "1.00 x");
        assertThat(results.get(0).toMarkdown()).startsWith("| work | a | 2 |");
    }

    @Test
    @DisplayName("what the server used is counted without the warm-up, and told for one request")
    void meter() {
        AtomicLong used = new AtomicLong();

        List<Result> results = new Comparison("work")
                .variant("a", round -> used.addAndGet(3))
                .variant("b", round -> used.addAndGet(7))
                .run(1, 2, () -> new Meter.Reading(used.get(), 2 * used.get()));

        assertThat(results).extracting(Result::cpu).containsExactly(3.0, 7.0);
        assertThat(results).extracting(Result::statements).containsExactly(6.0, 14.0);
    }
}
