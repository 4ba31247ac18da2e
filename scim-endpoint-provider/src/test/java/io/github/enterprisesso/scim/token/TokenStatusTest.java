package io.github.enterprisesso.scim.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenStatusTest {

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    @ParameterizedTest
    @CsvSource({
        "PT481H, VALID",
        "PT480H0.001S, VALID",
        "PT480H, EXPIRING_SOON",
        "PT0.001S, EXPIRING_SOON",
        "PT0S, EXPIRED",
        "PT-1H, EXPIRED"
    })
    @DisplayName("TOK-3 expiring soon from 20 days before the end, expired from the end on")
    void status(Duration left, TokenStatus expected) {
        assertThat(TokenStatus.at(NOW, NOW.plus(left))).isEqualTo(expected);
    }

    @Test
    @DisplayName("TOK-3 a token without an end is valid")
    void without_end() {
        assertThat(TokenStatus.at(NOW, null)).isEqualTo(TokenStatus.VALID);
    }

    @Test
    @DisplayName("TOK-3 a warning is due once a day, and not for a token that has been replaced")
    void warning_is_due_once_a_day() {
        Instant end = NOW.plus(Duration.ofDays(5));

        assertThat(ExpiryWarnings.isDue(token(end, null, null), NOW)).isTrue();
        assertThat(ExpiryWarnings.isDue(token(end, null, NOW.minus(Duration.ofHours(23))), NOW))
                .isFalse();
        assertThat(ExpiryWarnings.isDue(token(end, null, NOW.minus(Duration.ofHours(24))), NOW))
                .isTrue();
        assertThat(ExpiryWarnings.isDue(token(end, "other", null), NOW)).isFalse();
        assertThat(ExpiryWarnings.isDue(token(null, null, null), NOW)).isFalse();
    }

    private static ScimToken token(Instant expiresAt, String replacedBy, Instant warnedAt) {
        return new ScimToken(
                "id", "c", "scim_abc", "label", Set.of(), NOW, "me", expiresAt, null, replacedBy, warnedAt);
    }
}
