package io.github.enterprisesso.scim.protocol;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourceBodyTest {

    private static final String EXTENSION = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User";

    private static ResourceBody body(String text) {
        return new ResourceBody(json(text));
    }

    @Test
    void missing_null_and_set_are_three_things() {
        assertThat(body("{}").attribute("active", Urn.USER).mentioned()).isFalse();
        assertThat(body("{'active':null}").attribute("active", Urn.USER).mentioned())
                .isTrue();
        assertThat(body("{'ACTIVE':true}").attribute("active", Urn.USER).value().asBoolean())
                .isTrue();
    }

    @Test
    void a_sub_attribute_may_be_nested_dotted_or_emptied_with_its_parent() {
        assertThat(body("{'name':{'givenName':'A'}}")
                        .subAttribute("name", "givenName", Urn.USER)
                        .value()
                        .asText())
                .isEqualTo("A");
        assertThat(body("{'name.givenName':'A'}")
                        .subAttribute("name", "givenName", Urn.USER)
                        .value()
                        .asText())
                .isEqualTo("A");
        assertThat(body("{'name':null}").subAttribute("name", "givenName", Urn.USER))
                .isEqualTo(Given.of(null));
        assertThat(body("{'name':{}}")
                        .subAttribute("name", "givenName", Urn.USER)
                        .mentioned())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'%s':{'OrganizationRole':'Admin'}}", "{'%s:OrganizationRole':'Admin'}"})
    @DisplayName("USR-10 nested object and flat fully-qualified key")
    void an_extension_attribute_may_be_nested_or_flat(String text) {
        assertThat(body(String.format(text, EXTENSION)).candidates(List.of(EXTENSION), List.of("organizationrole")))
                .containsExactly(json("'Admin'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "'true'", "'True'", "'TRUE'"})
    void truth_may_be_a_string(String text) {
        assertThat(ResourceBody.bool("active", json(text))).isTrue();
    }

    @Test
    @DisplayName("USR-5 active: nonsense is refused, not false")
    void what_is_neither_true_nor_false_is_refused() {
        assertThatThrownBy(() -> ResourceBody.bool("active", json("'nonsense'")))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("active")
                .hasMessageContaining("nonsense");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "\ud800", "a\udc00b", "\ud83d", "\udc00\ud800"})
    @DisplayName("text that no database takes is refused")
    void what_cannot_be_stored_is_refused(String text) {
        assertThatThrownBy(() -> ResourceBody.text("title", TextNode.valueOf(text)))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("title");
        assertThat(ResourceBody.text("title", TextNode.valueOf("\ud83d\ude00"))).isEqualTo("\ud83d\ude00");
    }

    @Test
    void lists_may_hold_strings_or_values() {
        assertThat(ResourceBody.texts("roles", json("['a',{'value':'b'},'']"))).containsExactly("a", "b");
        assertThat(ResourceBody.texts("roles", json("'a'"))).containsExactly("a");
        assertThat(ResourceBody.texts("roles", json("null"))).isEmpty();
        assertThat(ResourceBody.texts("roles", json("[{'value':null,'display':'x'}]")))
                .isEmpty();
        assertThatThrownBy(() -> ResourceBody.texts("roles", json("[{'display':'x'}]")))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("roles");
    }

    @Test
    void what_is_no_object_is_refused() {
        assertThatThrownBy(() -> body("[]")).isInstanceOf(ScimException.class);
        assertThatThrownBy(() -> new ResourceBody(null)).isInstanceOf(ScimException.class);
    }
}
