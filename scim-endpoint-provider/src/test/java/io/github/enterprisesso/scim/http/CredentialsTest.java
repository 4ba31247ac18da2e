package io.github.enterprisesso.scim.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.scim.http.Credentials.Scheme;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {

    @ParameterizedTest
    @ValueSource(strings = {"Bearer scim_x", "bearer  scim_x", "BEARER scim_x "})
    void a_bearer_token_whatever_the_case_of_the_scheme(String header) {
        assertThat(Credentials.read(header)).contains(new Credentials(Scheme.BEARER, "scim_x"));
    }

    @Test
    void the_password_of_http_basic_which_may_hold_colons() {
        assertThat(Credentials.read(basic("okta:scim_x"))).contains(new Credentials(Scheme.BASIC, "scim_x"));
        assertThat(Credentials.read(basic(":a:b"))).contains(new Credentials(Scheme.BASIC, "a:b"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "Bearer", "Bearer ", "non-token", "Basic ", "Basic %%%", "Basic bm9jb2xvbg==", "DPoP x"})
    void nothing_else(String header) {
        assertThat(Credentials.read(header)).isEmpty();
    }

    @Test
    @DisplayName("TOK-7 never prints")
    void never_prints() {
        assertThat(Credentials.read("Bearer scim_x").orElseThrow().toString()).doesNotContain("scim_x");
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
