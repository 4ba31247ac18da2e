package io.github.enterprisesso.teams.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrakeTest {

    @ParameterizedTest(name = "{4}: {1} of {0}, {2} administrators")
    @CsvSource({
        "10, 2, 0, false, as many as are allowed",
        "10, 3, 0, true, more than are allowed",
        "1, 1, 0, true, the last one",
        "100, 1, 1, true, an administrator",
        "0, 0, 0, false, nobody"
    })
    @DisplayName("section 4, item 6: a brake at 20 percent")
    void stops(long members, int leaving, int administrators, boolean stops, String what) {
        assertThat(new Brake(20).stops(members, leaving, administrators))
                .as(what)
                .isEqualTo(stops);
    }
}
