package io.github.enterprisesso.scim.inspector;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("AUD-5")
class RedactionTest {

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'password':'S3cret'}",
                "{'PassWord':['S3cret']}",
                "{'urn:ietf:params:scim:schemas:core:2.0:User:password':'S3cret'}",
                "{'urn:ietf:params:scim:schemas:core:2.0:User':{'password':'S3cret'}}",
                "{'Operations':[{'value':'S3cret','op':'replace','path':'password'}]}",
                "{'Operations':[{'op':'Replace','Path':'urn:x:User:Password','Value':{'a':'S3cret'}}]}",
                "{'Operations':[{'op':'replace','value':{'password':'S3cret','active':true}}]}",
                "{'Operations':[{'op':'remove','path':'password[value eq S3cret]'}]}",
                "{'x':'Bearer scim_S3cretS3cretS3cret'}",
                "{'clientSecret':5,'accessToken':'S3cret'}"
            })
    void passwords_and_tokens_never_stay(String body) {
        assertThat(Redaction.body(json(body.replace('\'', '"'))))
                .contains(Redaction.HIDDEN)
                .doesNotContain("S3cret");
    }

    @Test
    void the_rest_stays_as_it_was_sent() {
        String body =
                "{\"userName\":\"jane@acme.test\",\"active\":true,\"x\":null,\"emails\":[],\"name\":{},\"n\":[1,\"ä\"]}";

        assertThat(Redaction.body(json(body))).isEqualTo(body);
        assertThat(Redaction.body(json("{\"password\":null}"))).isEqualTo("{\"password\":null}");
        assertThat(Redaction.body(null)).isNull();
    }

    @Test
    void a_long_body_is_cut_where_no_character_breaks() {
        String text = Redaction.body(json("{\"a\":\"" + "\uD83D\uDE00".repeat(3000) + "\"}"));

        assertThat(text).hasSizeBetween(1998, 2000).endsWith("\uD83D\uDE00…");
        assertThat(Redaction.body(json("[" + "{\"value\":\"u\"},".repeat(50_000) + "{}]")))
                .hasSize(2000);
    }

    @Test
    void the_path_keeps_what_scim_knows() {
        assertThat(Redaction.path(
                        "/Users", Map.of("filter", List.of("userName eq \"jane@acme.test\"")), List.of("filter")))
                .isEqualTo("/Users?filter=userName eq \"jane@acme.test\"");
        assertThat(Redaction.path("/Users", Map.of("access_token", List.of("abc")), List.of("filter")))
                .isEqualTo("/Users?access_token=***");
        assertThat(Redaction.path("/Users", Map.of("filter", List.of("password eq \"x\"")), List.of("filter")))
                .isEqualTo("/Users?filter=***");
        assertThat(Redaction.path("/Users/scim_abcdefghijklmnop", Map.of(), List.of()))
                .isEqualTo("/Users/***");
        assertThat(Redaction.line("eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJ4In0.c2ln x"))
                .isEqualTo("*** x");
        assertThat(Redaction.line("a".repeat(2000))).hasSize(1000);
    }
}
