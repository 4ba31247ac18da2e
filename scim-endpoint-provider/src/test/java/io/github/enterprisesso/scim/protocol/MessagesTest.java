package io.github.enterprisesso.scim.protocol;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static io.github.enterprisesso.scim.protocol.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class MessagesTest {

    @Test
    @DisplayName("SCP-6 an error names status, kind and attribute")
    void an_error_names_status_kind_and_attribute() {
        assertThat(ScimException.uniqueness("userName", "is taken").toJson())
                .isEqualTo(json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:Error'],'status':'409',"
                        + "'scimType':'uniqueness','detail':'userName: is taken.'}"));
    }

    @Test
    @DisplayName("SCP-4 an error without a kind has none")
    void an_error_without_a_kind_has_none() {
        assertThat(ScimException.unauthorized("No.").toJson().has("scimType")).isFalse();
    }

    @Test
    @DisplayName("SCP-9 a list counts in numbers")
    void a_list_counts_in_numbers() {
        assertThat(new ListResponse(7, 3, List.of(object("{'id':'a'}"))).toJson())
                .hasToString(json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:ListResponse'],'totalResults':7,"
                                + "'startIndex':3,'itemsPerPage':1,'Resources':[{'id':'a'}]}")
                        .toString());
    }

    @Nested
    @DisplayName("SCP-9 paging")
    class Pages {

        @Test
        void defaults_to_the_first_hundred() {
            assertThat(Paging.of(null, null, null)).isEqualTo(new Paging(1, 100, null));
        }

        @Test
        void clamps_what_is_too_small_or_too_large() {
            assertThat(Paging.of("0", "-5", null)).isEqualTo(new Paging(1, 0, null));
            assertThat(Paging.of("-3", "99999999999", null)).isEqualTo(new Paging(1, Paging.MAX_COUNT, null));
        }

        @Test
        void refuses_what_is_no_number() {
            assertThatThrownBy(() -> Paging.of("one", null, null)).hasMessageContaining("startIndex");
        }

        @Test
        @DisplayName("SCP-16 the members of a group are paged when one of their parameters is given")
        void of_members() {
            assertThat(Paging.ofMembers(name -> name.equals("count") ? "7" : null))
                    .isEmpty();
            assertThat(Paging.ofMembers(name -> name.equals("membersCount") ? "7" : null))
                    .contains(new Paging(1, 7, null));
            assertThat(Paging.ofMembers(name -> name.equals("membersStartIndex") ? "7" : null))
                    .contains(new Paging(7, 100, null));
            assertThat(Paging.ofMembers(name -> name.equals("membersCursor") ? "" : null))
                    .contains(new Paging(1, 100, ""));
            assertThatThrownBy(() -> Paging.ofMembers(name -> "many")).hasMessageStartingWith("membersCount:");
        }
    }

    @Nested
    @DisplayName("SCP-16 attributes and excludedAttributes")
    class Selection {

        private static final String RESOURCE =
                "{'schemas':[],'id':'1','displayName':'G','members':[],'urn:x:2.0:G':{'r':1}}";

        private static String names(String attributes, String excluded) {
            StringBuilder names = new StringBuilder();
            AttributeSelection.of(attributes, excluded)
                    .applyTo(object(RESOURCE))
                    .fieldNames()
                    .forEachRemaining(name -> names.append(name).append(' '));
            return names.toString().trim();
        }

        @Test
        void leave_out_the_members() {
            assertThat(names(null, "members")).isEqualTo("schemas id displayName urn:x:2.0:G");
        }

        @Test
        void keep_id_and_schemas_whatever_is_asked() {
            assertThat(names("displayname", null)).isEqualTo("schemas id displayName");
            assertThat(names(null, "id,schemas,members,displayName")).isEqualTo("schemas id urn:x:2.0:G");
        }

        @Test
        void know_an_extension_by_its_attribute() {
            assertThat(names("urn:x:2.0:G:r", null)).isEqualTo("schemas id urn:x:2.0:G");
        }

        @Test
        void keep_an_empty_list_whose_parts_are_asked_for() {
            assertThat(names("members.value", null)).isEqualTo("schemas id members");
        }
    }
}
