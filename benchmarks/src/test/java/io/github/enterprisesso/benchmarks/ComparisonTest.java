package io.github.enterprisesso.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    @Test
    @DisplayName("variants run in turns, the warm-up included, and each gets one line")
    void turns() {
        List<String> calls = new ArrayList<>();

        List<String> lines = new Comparison("work")
                .variant("a", round -> calls.add("a" + round))
                .variant("b", round -> calls.add("b" + round))
                .run(1, 2);

        assertThat(calls).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).contains("work", "a", "1.00 x");
    }
}
