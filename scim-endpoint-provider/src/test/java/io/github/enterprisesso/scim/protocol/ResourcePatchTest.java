package io.github.enterprisesso.scim.protocol;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static io.github.enterprisesso.scim.protocol.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePatchTest {

    private static final String EXTENSION = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User";

    private static final Set<String> LISTS = Set.of("emails", "roles", "addresses", "tags");

    private static ObjectNode patch(String resource, String... operations) {
        var request = PatchRequest.parse(json("{'Operations':[" + String.join(",", operations) + "]}"));
        return new ResourcePatch(
                        object(resource),
                        path -> LISTS.contains(path.attribute().toLowerCase()))
                .apply(request.operations());
    }

    @Nested
    class OktaShapes {

        @Test
        @DisplayName("SCP-12 deactivation without a path")
        void deactivates_without_a_path() {
            assertThat(patch("{'active':true}", "{'op':'replace','value':{'active':false}}"))
                    .isEqualTo(json("{'active':false}"));
        }

        @Test
        void sets_several_attributes_at_once() {
            assertThat(patch(
                            "{'name':{'givenName':'A','familyName':'B'}}",
                            "{'op':'replace','value':{'name':{'givenName':'C'},'title':'T'}}"))
                    .isEqualTo(json("{'name':{'givenName':'C','familyName':'B'},'title':'T'}"));
        }
    }

    @Nested
    class EntraShapes {

        @Test
        @DisplayName("SCP-11 operations in any case")
        void operations_have_no_case() {
            assertThat(patch(
                            "{}",
                            "{'op':'Add','path':'title','value':'T'}",
                            "{'op':'REPLACE','path':'Title','value':'U'}"))
                    .isEqualTo(json("{'title':'U'}"));
        }

        @Test
        void writes_to_the_element_that_matches() {
            assertThat(patch(
                            "{'emails':[{'type':'home','value':'h'},{'type':'work','value':'w'}]}",
                            "{'op':'Replace','path':'emails[type eq \\'work\\'].value','value':'x'}"
                                    .replace("\\'", "\\\"")))
                    .isEqualTo(json("{'emails':[{'type':'home','value':'h'},{'type':'work','value':'x'}]}"));
        }

        @Test
        void makes_the_element_when_none_matches() {
            assertThat(patch("{}", "{'op':'Add','path':'emails[type eq \\\"work\\\"].value','value':'x'}"))
                    .isEqualTo(json("{'emails':[{'type':'work','value':'x'}]}"));
        }

        @Test
        void writes_dotted_and_qualified_names_of_a_path_less_object() {
            assertThat(patch(
                            "{'name':{'givenName':'A'}}",
                            "{'op':'replace','value':{'name.givenName':'B','" + EXTENSION
                                    + ":OrganizationRole':'Admin'}}"))
                    .isEqualTo(json("{'name':{'givenName':'B'},'" + EXTENSION + "':{'OrganizationRole':'Admin'}}"));
        }
    }

    @Nested
    class Extensions {

        @Test
        @DisplayName("USR-14 a fully qualified path")
        void a_qualified_path_writes_into_the_extension() {
            assertThat(patch("{}", "{'op':'replace','path':'" + EXTENSION + ":OrganizationRole','value':'User'}"))
                    .isEqualTo(json("{'" + EXTENSION + "':{'OrganizationRole':'User'}}"));
        }

        @Test
        @DisplayName("USR-10 the schema compares without case")
        void the_schema_has_no_case() {
            assertThat(patch(
                            "{'" + EXTENSION + "':{'OrganizationRole':'User'}}",
                            "{'op':'replace','value':{'" + EXTENSION.toLowerCase()
                                    + "':{'organizationrole':'Guest'}}}"))
                    .isEqualTo(json("{'" + EXTENSION + "':{'OrganizationRole':'Guest'}}"));
        }

        @Test
        void removing_the_extension_empties_its_attributes() {
            assertThat(patch(
                            "{'" + EXTENSION + "':{'OrganizationRole':'User'}}",
                            "{'op':'remove','path':'" + EXTENSION + "'}"))
                    .isEqualTo(json("{'" + EXTENSION + "':{'OrganizationRole':null}}"));
        }

        @Test
        void the_core_schema_is_the_resource_itself() {
            assertThat(patch("{'active':true}", "{'op':'replace','path':'" + Urn.USER + ":active','value':false}"))
                    .isEqualTo(json("{'active':false}"));
        }
    }

    @Nested
    class Removal {

        @Test
        void leaves_a_null_behind() {
            assertThat(patch("{'title':'T'}", "{'op':'remove','path':'title'}")).isEqualTo(json("{'title':null}"));
        }

        @Test
        void of_a_sub_attribute_leaves_the_others() {
            assertThat(patch("{'name':{'givenName':'A','familyName':'B'}}", "{'op':'remove','path':'name.givenName'}"))
                    .isEqualTo(json("{'name':{'givenName':null,'familyName':'B'}}"));
        }

        @Test
        void takes_the_elements_that_match() {
            assertThat(patch(
                            "{'emails':[{'type':'home','value':'h'},{'type':'work','value':'w'}]}",
                            "{'op':'remove','path':'emails[type eq \\\"work\\\"]'}"))
                    .isEqualTo(json("{'emails':[{'type':'home','value':'h'}]}"));
        }

        @Test
        void takes_the_elements_that_the_value_names() {
            assertThat(patch(
                            "{'roles':[{'value':'a'},{'value':'b'}]}",
                            "{'op':'remove','path':'roles','value':[{'value':'a'}]}"))
                    .isEqualTo(json("{'roles':[{'value':'b'}]}"));
        }

        @Test
        void of_what_is_not_there_is_no_error() {
            assertThat(patch("{'emails':[]}", "{'op':'remove','path':'emails[type eq \\\"work\\\"].value'}"))
                    .isEqualTo(json("{'emails':[]}"));
        }
    }

    @Nested
    class MultiValuedAttributes {

        @Test
        void adding_appends_and_knows_what_is_there() {
            assertThat(patch(
                            "{'emails':[{'value':'a'}]}",
                            "{'op':'add','path':'emails','value':[{'value':'a'},{'value':'b'}]}"))
                    .isEqualTo(json("{'emails':[{'value':'a'},{'value':'b'}]}"));
        }

        @Test
        void a_new_primary_element_takes_over() {
            assertThat(patch(
                            "{'emails':[{'value':'a','primary':true}]}",
                            "{'op':'add','path':'emails','value':{'value':'b','primary':true}}"))
                    .isEqualTo(json("{'emails':[{'value':'a','primary':false},{'value':'b','primary':true}]}"));
        }

        @Test
        @DisplayName("RFC 7643 section 2.4 an element that becomes the primary one by its path takes over")
        void an_element_made_primary_takes_over() {
            assertThat(patch(
                            "{'emails':[{'value':'a','primary':true},{'value':'b','type':'home'}]}",
                            "{'op':'replace','path':'emails[type eq \\\"home\\\"].primary','value':'True'}"))
                    .isEqualTo(json(
                            "{'emails':[{'value':'a','primary':false},{'value':'b','type':'home','primary':'True'}]}"));
        }

        @Test
        void adding_what_is_there_completes_it() {
            assertThat(
                            patch(
                                    "{'emails':[{'value':'a','type':'work'}]}",
                                    "{'op':'add','path':'emails','value':[{'value':'A'},{'value':'a','type':'work','primary':true}]}"))
                    .isEqualTo(json("{'emails':[{'value':'a','type':'work','primary':true}]}"));
        }

        @Test
        void the_same_value_of_another_type_is_another() {
            assertThat(patch(
                            "{'emails':[{'value':'a','type':'work'}]}",
                            "{'op':'add','path':'emails','value':{'value':'a','type':'home'}}"))
                    .isEqualTo(json("{'emails':[{'value':'a','type':'work'},{'value':'a','type':'home'}]}"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"add", "replace"})
        @DisplayName("RFC 7644 section 3.5.2.3 sub-attributes of an element that are not given stay")
        void writing_to_an_element_completes_it(String op) {
            assertThat(patch(
                            "{'addresses':[{'type':'work','locality':'A','region':'R'}]}",
                            "{'op':'" + op + "','path':'addresses[type eq \\\"work\\\"]','value':{'locality':'B'}}"))
                    .isEqualTo(json("{'addresses':[{'type':'work','locality':'B','region':'R'}]}"));
        }

        @Test
        void values_without_a_value_are_named_by_all_their_parts() {
            String two = "{'addresses':[{'type':'work','locality':'A'},{'type':'home','locality':'A'}]}";

            assertThat(patch(two, "{'op':'remove','path':'addresses','value':[{'type':'Work'}]}"))
                    .isEqualTo(json("{'addresses':[{'type':'home','locality':'A'}]}"));
            assertThat(patch(two, "{'op':'remove','path':'addresses','value':[{}]}"))
                    .isEqualTo(json(two));
            assertThat(patch(two, "{'op':'add','path':'addresses','value':{'type':'home','locality':'A'}}"))
                    .isEqualTo(json(two));
        }

        @Test
        void replacing_sets_the_list() {
            assertThat(patch("{'emails':[{'value':'a'}]}", "{'op':'replace','path':'emails','value':[]}"))
                    .isEqualTo(json("{'emails':[]}"));
        }
    }

    @Test
    void operations_act_one_after_the_other() {
        assertThat(patch(
                        "{'title':'A'}",
                        "{'op':'remove','path':'title'}",
                        "{'op':'add','path':'title','value':'B'}",
                        "{'op':'replace','path':'title','value':'C'}"))
                .isEqualTo(json("{'title':'C'}"));
    }

    @Nested
    class BadInput {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{'Operations':[]}",
                    "{'Operations':{}}",
                    "{'Operations':[{'op':'move','path':'a'}]}",
                    "{'Operations':[5]}"
                })
        void without_operations_is_invalid_syntax(String body) {
            assertThatThrownBy(() -> PatchRequest.parse(json(body)))
                    .isInstanceOfSatisfying(
                            ScimException.class, e -> assertThat(e.scimType()).isEqualTo("invalidSyntax"));
        }

        @Test
        void a_remove_without_path_has_no_target() {
            assertThatThrownBy(() -> patch("{}", "{'op':'remove'}"))
                    .isInstanceOfSatisfying(
                            ScimException.class, e -> assertThat(e.scimType()).isEqualTo("noTarget"));
        }

        @Test
        void a_path_that_is_none_is_an_invalid_path() {
            assertThatThrownBy(() -> patch("{}", "{'op':'add','path':'emails[','value':1}"))
                    .isInstanceOfSatisfying(
                            ScimException.class, e -> assertThat(e.scimType()).isEqualTo("invalidPath"));
        }

        @Test
        void an_element_that_cannot_be_made_has_no_target() {
            assertThatThrownBy(
                            () -> patch("{}", "{'op':'replace','path':'emails[type ne \\\"x\\\"].value','value':'y'}"))
                    .isInstanceOfSatisfying(
                            ScimException.class, e -> assertThat(e.scimType()).isEqualTo("noTarget"));
        }

        @Test
        void an_operation_without_value_is_an_invalid_value() {
            assertThatThrownBy(() -> patch("{}", "{'op':'add','path':'title'}"))
                    .isInstanceOfSatisfying(
                            ScimException.class, e -> assertThat(e.scimType()).isEqualTo("invalidValue"));
        }
    }
}
