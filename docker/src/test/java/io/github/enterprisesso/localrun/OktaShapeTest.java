package io.github.enterprisesso.localrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.localrun.Directory.Person;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Against the shapes in Okta's SCIM 2.0 reference. */
class OktaShapeTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Person ZOE =
            new Person("00u1", "zoe@x.example", "Zoë", "Lefèvre", Optional.empty(), true, List.of());
    private static final Person ADMIN =
            new Person("00u2", "ada@x.example", "Ada", "Lo", Optional.of("Admin"), true, List.of());

    @Test
    @DisplayName("look-ups page by 100 and escape the filter")
    void lookups() {
        assertThat(OktaShape.userLookup("zoe+1@x.example"))
                .isEqualTo("/Users?filter=userName%20eq%20%22zoe%2B1%40x.example%22&startIndex=1&count=100");
        assertThat(OktaShape.groupLookup("a \"b\" \\"))
                .isEqualTo("/Groups?filter=displayName%20eq%20%22a%20%5C%22b%5C%22%20%5C%5C%22&startIndex=1&count=100");
    }

    @Test
    @DisplayName("a new user carries a password, empty groups and the externalId")
    void newUser() throws Exception {
        assertThat(OktaShape.newUser(ZOE, "1mz050nq")).isEqualTo(json("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "zoe@x.example",
                 "name": {"givenName": "Zoë", "familyName": "Lefèvre"},
                 "emails": [{"primary": true, "value": "zoe@x.example", "type": "work"}],
                 "displayName": "Zoë Lefèvre", "locale": "en-US", "externalId": "00u1", "groups": [],
                 "password": "1mz050nq", "active": true}"""));
    }

    @Test
    @DisplayName("a role travels in the custom extension, which is listed in schemas")
    void role() {
        ObjectNode user = OktaShape.newUser(ADMIN, "x");

        assertThat(user.path("schemas"))
                .extracting(JsonNode::asText)
                .containsExactly(OktaShape.USER, OktaShape.USER_EXTENSION);
        assertThat(user.path(OktaShape.USER_EXTENSION).path("OrganizationRole").asText())
                .isEqualTo("Admin");
    }

    @Test
    @DisplayName("an update echoes what was read, without a password")
    void update() throws Exception {
        ObjectNode read = (ObjectNode) json("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "k1", "userName": "ada@x.example",
                 "name": {"givenName": "Ada", "familyName": "Old"}, "active": false,
                 "groups": [{"value": "g1"}], "meta": {"resourceType": "User"}}""");

        ObjectNode changed = OktaShape.changedUser(read, ADMIN);

        assertThat(changed.path("id").asText()).isEqualTo("k1");
        assertThat(changed.path("meta")).isEqualTo(read.path("meta"));
        assertThat(changed.path("groups")).isEqualTo(read.path("groups"));
        assertThat(changed.path("name").path("familyName").asText()).isEqualTo("Lo");
        assertThat(changed.path("active").asBoolean()).isTrue();
        assertThat(changed.path("schemas")).hasSize(2);
        assertThat(changed.has("password")).isFalse();
        assertThat(read.path("name").path("familyName").asText()).isEqualTo("Old");
    }

    @Test
    @DisplayName("groups: born empty, renamed without a path, members added without a type")
    void groups() throws Exception {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("k1", "ada@x.example");

        assertThat(OktaShape.newGroup("Büro")).isEqualTo(json("""
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Büro", "members": []}"""));
        assertThat(OktaShape.rename("g1", "Büro")).isEqualTo(json("""
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "replace", "value": {"id": "g1", "displayName": "Büro"}}]}"""));
        assertThat(OktaShape.addMembers(members)).isEqualTo(json("""
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "add", "path": "members", "value": [{"value": "k1", "display": "ada@x.example"}]}]}"""));
    }

    @Test
    @DisplayName("push now of an empty group sends an empty list")
    void pushNow() {
        assertThat(OktaShape.replaceMembers(Map.of()).path("Operations").path(0).path("value"))
                .isEmpty();
    }

    @Test
    void deactivation() throws Exception {
        assertThat(OktaShape.active(false)).isEqualTo(json("""
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                 "Operations": [{"op": "replace", "value": {"active": false}}]}"""));
    }

    private static JsonNode json(String text) throws Exception {
        return JSON.readTree(text);
    }
}
