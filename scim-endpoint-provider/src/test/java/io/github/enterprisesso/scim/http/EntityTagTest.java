package io.github.enterprisesso.scim.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EntityTagTest {

    private static ObjectNode user(String name) {
        ObjectNode user = JsonNodeFactory.instance.objectNode().put("userName", name);
        user.putObject("meta").put("resourceType", "User");
        return user;
    }

    @Test
    @DisplayName("the same resource has the same version, another one another")
    void versions() {
        assertThat(EntityTag.of(user("jane"))).isEqualTo(EntityTag.of(user("jane")));
        assertThat(EntityTag.of(user("jane"))).isNotEqualTo(EntityTag.of(user("joe")));
        assertThat(EntityTag.of(user("jane")).text()).matches("W/\"[A-Za-z0-9_-]{16}\"");
    }

    @Test
    @DisplayName("meta.version is the tag of the resource without it")
    void stamped() {
        ObjectNode jane = user("jane");

        EntityTag tag = EntityTag.stamp(jane);

        assertThat(tag).isEqualTo(EntityTag.of(user("jane")));
        assertThat(jane.at("/meta/version").asText()).isEqualTo(tag.text());
    }

    @Test
    @DisplayName("a header names it alone, in a list, as a strong tag, and by an asterisk")
    void named() {
        EntityTag tag = new EntityTag("W/\"a\"");

        assertThat(tag.isNamedBy("W/\"a\"")).isTrue();
        assertThat(tag.isNamedBy("\"a\"")).isTrue();
        assertThat(tag.isNamedBy("W/\"b\", W/\"a\"")).isTrue();
        assertThat(tag.isNamedBy("*")).isTrue();
        assertThat(tag.isNamedBy("W/\"b\"")).isFalse();
        assertThat(tag.isNamedBy("a")).isFalse();
        assertThat(tag.isNamedBy("")).isFalse();
    }
}
