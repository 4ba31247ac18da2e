package io.github.enterprisesso.scim.user;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.connection.ScimConnectionFactory;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.schema.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

class AttributeChangeTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String CUSTOM = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";

    private static Catalogue catalogue(UPAttribute... declared) {
        ScimConnection connection =
                new ScimConnectionFactory().create(null, new ComponentModel()).connection();
        UPConfig profile = new UPConfig();
        List.of(declared).forEach(profile::addOrReplaceAttribute);
        return UserSchema.of(connection, profile);
    }

    private static UPAttribute mapped(String name, String path) {
        return new UPAttribute(name, Map.of(UserSchema.ANNOTATION, path));
    }

    private static UserAttributes nothing(UPAttribute... declared) {
        return new UserAttributes(catalogue(declared));
    }

    private static AttributeChange read(String body, UserAttributes current) {
        return AttributeChange.read(new ResourceBody(json(body)), current, "Jane Doe", null);
    }

    /** What is written and read again. */
    private static JsonNode stored(String body, UPAttribute... declared) {
        AttributeChange change = read(body, nothing(declared));
        ObjectNode json = (ObjectNode) json("{'schemas':[]}");
        new UserAttributes(catalogue(declared), change.own(), change.mapped()).putInto(json);
        return json;
    }

    @Nested
    class Stored {

        @Test
        @DisplayName("what Okta sends comes back as it was sent")
        void comes_back() {
            String body = """
                    {'name':{'middleName':'M','honorificPrefix':'Dr'},'displayName':'J','locale':'en-US',
                     'phoneNumbers':[{'value':'+1','type':'mobile','primary':true},{'value':'+2','type':'work'}],
                     'addresses':[{'type':'work','locality':'Bonn','streetAddress':'A 1','primary':false}],
                     'roles':[{'value':'r'}],
                     '%s':{'department':'Sales','manager':{'value':'m','displayName':'Max'}}}
                    """.formatted(ENTERPRISE);

            ObjectNode expected = (ObjectNode) json(body);
            expected.putArray("schemas").add(ENTERPRISE);
            assertThat(stored(body)).isEqualTo(expected);
        }

        @Test
        @DisplayName("a manager as a bare id, roles as bare strings")
        void bare_values() {
            JsonNode stored = stored("{'" + ENTERPRISE + ":manager':'m','roles':['a','b','a']}");

            assertThat(stored.at("/" + ENTERPRISE + "/manager")).isEqualTo(json("{'value':'m'}"));
            assertThat(stored.path("roles")).isEqualTo(json("[{'value':'a'},{'value':'b'}]"));
        }

        @Test
        void an_element_without_content_is_none() {
            assertThat(stored("{'phoneNumbers':[{'type':'work','primary':true}],'addresses':[{}]}"))
                    .isEqualTo(json("{'schemas':[]}"));
        }
    }

    @Nested
    class Difference {

        private final UserAttributes current =
                new UserAttributes(catalogue(), Map.of("title", List.of(Map.of("value", "Boss"))), Map.of());

        @Test
        void what_is_there_already_is_no_change() {
            assertThat(read("{'title':'Boss','name':{'formatted':'Jane Doe'}}", current)
                            .isEmpty())
                    .isTrue();
        }

        @Test
        void null_and_the_empty_string_remove() {
            assertThat(read("{'title':null}", current).own()).containsExactly(Map.entry("title", List.of()));
            assertThat(read("{'title':''}", current).own()).containsExactly(Map.entry("title", List.of()));
        }

        @Test
        void what_is_not_mentioned_stays() {
            assertThat(read("{'nickName':'x'}", current).own()).containsOnlyKeys("nickName");
        }
    }

    @Nested
    class Profile {

        @Test
        @DisplayName("USR-10 an attribute of any namespace goes to the user attribute that is mapped to it")
        void custom_attribute() {
            UPAttribute tags = mapped("tags", CUSTOM + ":Tags");
            tags.setMultivalued(true);
            String body = "{'" + CUSTOM + "':{'tags':['a','b'],'unknown':1}}";

            assertThat(read(body, nothing(tags)).mapped()).containsExactly(Map.entry("tags", List.of("a", "b")));
            assertThat(stored(body, tags).at("/" + CUSTOM)).isEqualTo(json("{'Tags':['a','b']}"));
        }

        @Test
        void a_core_attribute_moves_to_the_profile() {
            UPAttribute title = mapped("jobTitle", "title");
            UPAttribute middle = mapped("middle", "name.middleName");

            AttributeChange change = read("{'title':'Boss','name.middleName':'M'}", nothing(title, middle));

            assertThat(change.own()).isEmpty();
            assertThat(change.mapped()).isEqualTo(Map.of("jobTitle", List.of("Boss"), "middle", List.of("M")));
        }

        @Test
        void a_number_comes_back_as_a_number() {
            UPAttribute floor = mapped("floor", CUSTOM + ":floor");
            floor.addValidation("integer", Map.of());

            assertThat(stored("{'" + CUSTOM + ":floor':7}", floor).at("/" + CUSTOM + "/floor"))
                    .hasToString("7");
        }

        @Test
        @DisplayName("whatever number the profile's validation lets pass comes back as a number")
        void a_decimal_number_comes_back_as_a_number() {
            UPAttribute ratio = mapped("ratio", CUSTOM + ":ratio");
            ratio.addValidation("double", Map.of());

            for (String number : List.of("0.5", "-1.0E300", "1" + "0".repeat(30), "2")) {
                assertThat(stored("{'" + CUSTOM + ":ratio':" + number + "}", ratio)
                                .at("/" + CUSTOM + "/ratio")
                                .isNumber())
                        .as(number)
                        .isTrue();
            }
        }

        @Test
        void what_administrators_may_not_edit_is_left_alone() {
            UPAttribute badge = mapped("badge", CUSTOM + ":badge");
            badge.setPermissions(new UPAttributePermissions(Set.of("admin"), Set.of("user")));

            assertThat(read("{'" + CUSTOM + ":badge':'7'}", nothing(badge)).isEmpty())
                    .isTrue();
        }
    }

    @Test
    @DisplayName("what is of another type is refused, and not taken for nothing")
    void other_types_are_refused() {
        UPAttribute title = mapped("jobTitle", "title");

        for (String body : List.of(
                "{'title':{'a':1}}",
                "{'title':['Boss','Clerk']}",
                "{'nickName':['a','b']}",
                "{'addresses':['Bonn']}")) {
            assertThatThrownBy(() -> read(body, nothing(title))).as(body).isInstanceOf(ScimException.class);
        }
        assertThat(read("{'title':[{'value':'Boss'},'Boss']}", nothing(title)).mapped())
                .containsEntry("jobTitle", List.of("Boss"));
    }

    @Test
    void values_and_lists_are_limited() {
        assertThatThrownBy(() -> read("{'title':'" + "x".repeat(1025) + "'}", nothing()))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("title: at most 1024");
        String roles = "'r',".repeat(100) + "'r'";
        String[] numbered = new String[101];
        for (int i = 0; i < numbered.length; i++) {
            numbered[i] = "'r" + i + "'";
        }
        assertThat(read("{'roles':[" + roles + "]}", nothing()).own().get("roles"))
                .hasSize(1);
        assertThatThrownBy(() -> read("{'roles':[" + String.join(",", numbered) + "]}", nothing()))
                .hasMessageContaining("roles: at most 100");
    }
}
