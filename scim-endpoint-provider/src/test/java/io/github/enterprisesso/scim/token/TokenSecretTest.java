package io.github.enterprisesso.scim.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenSecretTest {

    @Test
    @DisplayName("TOK-2 256 random bits")
    void holds_256_random_bits() {
        TokenSecret secret = TokenSecret.random();

        assertThat(secret.text())
                .startsWith("scim_")
                .isNotEqualTo(TokenSecret.random().text());
        assertThat(Base64.getUrlDecoder().decode(secret.text().substring(5))).hasSize(32);
    }

    @Test
    @DisplayName("TOK-2 stored as SHA-256, and the same text has the same hash")
    void is_looked_up_by_its_hash() {
        assertThat(TokenSecret.of("abc").hash())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    @DisplayName("TOK-7 never prints")
    void never_prints() {
        TokenSecret secret = TokenSecret.random();

        assertThat(secret.toString()).doesNotContain(secret.text());
        assertThat(secret.prefix()).hasSize(11);
    }
}
