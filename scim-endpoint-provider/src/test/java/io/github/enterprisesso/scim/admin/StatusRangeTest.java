package io.github.enterprisesso.scim.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusRangeTest {

    @ParameterizedTest
    @CsvSource({", 0, 999", "409, 409, 409", "4xx, 400, 499", "failed, 400, 999"})
    void a_status_a_class_or_all(String text, int least, int most) {
        assertThat(StatusRange.of(text)).isEqualTo(new StatusRange(least, most));
    }
}
