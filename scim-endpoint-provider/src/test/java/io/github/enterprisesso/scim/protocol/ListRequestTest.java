package io.github.enterprisesso.scim.protocol;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static io.github.enterprisesso.scim.protocol.Json.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListRequestTest {

    private static final String USER = """
            {'id':'1','schemas':[],'userName':'j','name':{'givenName':'J','familyName':'D'},
             'emails':[{'value':'a','type':'work'},{'value':'b','type':'home'}],
             'urn:x:2.0:User':{'department':'S','manager':{'value':'m','displayName':'M'}}}
            """;

    @Nested
    class Selection {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "userName|{'id':'1','schemas':[],'userName':'j'}",
                    "NAME.givenname|{'id':'1','schemas':[],'name':{'givenName':'J'}}",
                    "urn:ietf:params:scim:schemas:core:2.0:User:emails.value|{'id':'1','schemas':[],'emails':[{'value':'a'},{'value':'b'}]}",
                    "urn:x:2.0:User|{'id':'1','schemas':[],'urn:x:2.0:User':{'department':'S','manager':{'value':'m','displayName':'M'}}}",
                    "urn:x:2.0:User:manager.value, userName.x|{'id':'1','schemas':[],'urn:x:2.0:User':{'manager':{'value':'m'}}}"
                })
        @DisplayName("RFC 7644 3.9 only what is asked for, down to sub-attributes")
        void only(String attributes, String expected) {
            assertThat(AttributeSelection.of(attributes, null).applyTo(object(USER)))
                    .isEqualTo(json(expected));
        }

        @Test
        void without() {
            assertThat(AttributeSelection.of(null, "id,name.familyName,emails.type,urn:x:2.0:User:manager,userName")
                            .applyTo(object(USER)))
                    .isEqualTo(json("{'id':'1','schemas':[],'name':{'givenName':'J'},"
                            + "'emails':[{'value':'a'},{'value':'b'}],'urn:x:2.0:User':{'department':'S'}}"));
        }

        @Test
        void nobody_computes_what_nobody_asked_for() {
            assertThat(AttributeSelection.of("groups.value", null).includes("groups"))
                    .isTrue();
            assertThat(AttributeSelection.of("userName", null).includes("groups"))
                    .isFalse();
            assertThat(AttributeSelection.of(null, "groups").includes("groups")).isFalse();
            assertThat(AttributeSelection.of(null, "groups.display").includes("groups"))
                    .isTrue();
        }
    }

    @Test
    @DisplayName("RFC 7644 3.4.3 a query and a body say the same")
    void query_and_body() {
        Map<String, String> query = Map.of(
                "filter",
                "userName eq \"j\"",
                "sortBy",
                "name.familyName",
                "sortOrder",
                "Descending",
                "startIndex",
                "2",
                "count",
                "5");
        ListRequest fromQuery = ListRequest.of(query::get);
        ListRequest fromBody = ListRequest.of(new ResourceBody(json("""
                {'filter':'userName eq \\\\"j\\\\"','sortBy':'name.familyName','sortOrder':'Descending','startIndex':2,'count':5,
                 'attributes':['userName','name.givenName']}
                """.replace("\\\\", "\\"))));

        assertThat(fromBody.filter()).isEqualTo(fromQuery.filter());
        assertThat(fromBody.sorting()).isEqualTo(fromQuery.sorting());
        assertThat(fromBody.sorting().descending()).isTrue();
        assertThat(fromBody.paging()).isEqualTo(fromQuery.paging());
        assertThat(fromBody.selection().includes("name")).isTrue();
        assertThat(fromBody.selection().includes("active")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{'sortOrder':'up'}", "{'sortBy':'a b'}", "{'filter':'x'}", "{'count':'many'}", "{'filter':{}}"})
    void what_makes_no_sense_is_refused(String body) {
        assertThatThrownBy(() -> ListRequest.of(new ResourceBody(json(body)))).isInstanceOf(ScimException.class);
    }
}
