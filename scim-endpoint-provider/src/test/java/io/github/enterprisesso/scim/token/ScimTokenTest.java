package io.github.enterprisesso.scim.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ScimTokenTest {

    private static final Instant NOON = Instant.parse("2027-01-31T12:00:00Z");

    private static ScimToken token(Instant expiresAt) {
        return new ScimToken("1", "okta", "scim_", "label", Set.of(Scope.USERS), NOON, "admin", expiresAt, null);
    }

    @Test
    @DisplayName("TOK-3 a token lives until its expiry and not a moment longer")
    void lives_until_its_expiry() {
        assertThat(token(NOON).isExpired(NOON.minusMillis(1))).isFalse();
        assertThat(token(NOON).isExpired(NOON)).isTrue();
        assertThat(token(NOON).isExpired(NOON.plusMillis(1))).isTrue();
    }

    @Test
    @DisplayName("TOK-3 a token without expiry lives")
    void lives_without_expiry() {
        assertThat(token(null).isExpired(Instant.MAX)).isFalse();
    }
}
