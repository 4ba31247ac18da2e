package io.github.enterprisesso.scim.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {

    private static final long TIMEOUT = 60;

    private static final Cursor CURSOR =
            new Cursor(new Position("User", Arrays.asList("Jane \"Ä€\"", 1767225600000L, true, null)), true, 950);

    private final AtomicLong clock = new AtomicLong(1_767_225_600);
    private final Cursors cursors = cursors("secret", "User c1");

    private Cursors cursors(String secret, String list) {
        return new Cursors(secret.getBytes(StandardCharsets.UTF_8), list, TIMEOUT, clock::get);
    }

    private static void assertRefused(Cursors cursors, String text, String scimType) {
        assertThatThrownBy(() -> cursors.read(text)).isInstanceOfSatisfying(ScimException.class, e -> {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.scimType()).isEqualTo(scimType);
        });
    }

    @Test
    @DisplayName("RFC 9865 2 what is written is read, in unreserved characters that tell nothing")
    void roundTrip() {
        String text = cursors.write(CURSOR);

        assertThat(cursors.read(text)).isEqualTo(CURSOR);
        assertThat(text).matches("[A-Za-z0-9_-]+");
        assertThat(new String(Base64.getUrlDecoder().decode(text), StandardCharsets.ISO_8859_1))
                .doesNotContain("Jane", "User");
    }

    @Test
    @DisplayName("RFC 9865 2.1 a cursor of another list or realm is invalid")
    void anotherList() {
        String text = cursors.write(CURSOR);

        assertRefused(cursors("secret", "User c2"), text, "invalidCursor");
        assertRefused(cursors("Secret", "User c1"), text, "invalidCursor");
    }

    @Test
    @DisplayName("RFC 9865 2.1 a cursor with any other character in it is invalid")
    void tampered() {
        String text = cursors.write(CURSOR);

        for (int i = 0; i < text.length() - 1; i++) {
            char other = text.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(cursors, text.substring(0, i) + other + text.substring(i + 1), "invalidCursor");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", "AAAA", "ä", "a b", "AAAAAAAAAAAAAAAA", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"})
    void rubbish(String text) {
        assertRefused(cursors, text, "invalidCursor");
    }

    @Test
    @DisplayName("RFC 9865 2.1 a cursor expires after the announced time, and not before")
    void expired() {
        String text = cursors.write(CURSOR);

        clock.addAndGet(TIMEOUT);
        assertThat(cursors.read(text)).isEqualTo(CURSOR);
        clock.incrementAndGet();
        assertRefused(cursors, text, "expiredCursor");
    }
}
