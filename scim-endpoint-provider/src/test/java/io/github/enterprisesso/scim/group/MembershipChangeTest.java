package io.github.enterprisesso.scim.group;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.enterprisesso.scim.protocol.PatchRequest;
import io.github.enterprisesso.scim.protocol.ScimException;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class MembershipChangeTest {

    private static MembershipChange change(String... operations) {
        return MembershipChange.of(PatchRequest.parse(json("{'Operations':[" + String.join(",", operations) + "]}"))
                .operations());
    }

    @Test
    @DisplayName("GRP-8 Okta removes with a filter and adds with a list")
    void okta_removes_with_a_filter() {
        assertThat(change(
                        "{'op':'remove','path':'members[value eq \\\"a\\\"]'}",
                        "{'op':'add','path':'members','value':[{'value':'b','display':'b@x'}]}"))
                .isEqualTo(new MembershipChange(false, Set.of("b"), Set.of("a")));
    }

    @Test
    @DisplayName("GRP-8 Entra removes with a value")
    void entra_removes_with_a_value() {
        assertThat(change("{'op':'Remove','path':'members','value':[{'$ref':null,'value':'a'}]}"))
                .isEqualTo(new MembershipChange(false, Set.of(), Set.of("a")));
    }

    @Test
    @DisplayName("GRP-8 a bare remove empties the group")
    void a_bare_remove_empties() {
        assertThat(change("{'op':'remove','path':'members'}"))
                .isEqualTo(new MembershipChange(true, Set.of(), Set.of()));
    }

    @Test
    @DisplayName("GRP-8 replace sets the exact list, an empty one included")
    void replace_sets_the_list() {
        assertThat(change("{'op':'replace','path':'members','value':[{'value':'a'}]}"))
                .isEqualTo(new MembershipChange(true, Set.of("a"), Set.of()));
        assertThat(change("{'op':'replace','path':'members','value':[]}"))
                .isEqualTo(new MembershipChange(true, Set.of(), Set.of()));
    }

    @Test
    void the_last_word_on_a_member_counts() {
        assertThat(change(
                        "{'op':'add','path':'members','value':[{'value':'a'},{'value':'b'}]}",
                        "{'op':'remove','path':'members[value eq \\\"a\\\"]'}"))
                .isEqualTo(new MembershipChange(false, Set.of("b"), Set.of("a")));
        assertThat(change(
                        "{'op':'replace','path':'members','value':[{'value':'a'}]}",
                        "{'op':'add','path':'members','value':{'value':'b'}}"))
                .isEqualTo(new MembershipChange(true, Set.of("a", "b"), Set.of()));
    }

    @Test
    @DisplayName("GRP-9 members null is an empty list")
    void null_empties() {
        assertThat(MembershipChange.exactly(json("null"))).isEqualTo(new MembershipChange(true, Set.of(), Set.of()));
    }

    @Test
    void a_member_without_id_is_refused() {
        assertThatThrownBy(() -> change("{'op':'add','path':'members','value':[{'display':'x'}]}"))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("members.value");
    }

    @Test
    @DisplayName("GRP-9 a member needs no type; one that is neither User nor Group is refused")
    void types() {
        assertThat(change(
                        "{'op':'add','path':'members','value':[{'value':'a','type':'Group'},{'value':'b','type':null},"
                                + "{'value':'c','type':'user'},{'value':'d','type':''},{'value':'e'},'f']}"))
                .isEqualTo(new MembershipChange(false, Set.of("a", "b", "c", "d", "e", "f"), Set.of()));
        assertThatThrownBy(() -> change("{'op':'add','path':'members','value':[{'value':'a','type':'Device'}]}"))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("members.type");
    }
}
