package io.github.enterprisesso.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributePathTest {

    private static final String LAMBDATEST = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User";

    @Nested
    class Names {

        @Test
        void a_plain_name_is_an_attribute() {
            assertThat(AttributePath.parse("userName")).isEqualTo(new AttributePath(null, "userName", null, null));
        }

        @Test
        void a_dot_separates_the_sub_attribute() {
            assertThat(AttributePath.parse("name.givenName"))
                    .isEqualTo(new AttributePath(null, "name", null, "givenName"));
        }

        @Test
        void a_value_filter_stands_between_brackets() {
            AttributePath path = AttributePath.parse("emails[type eq \"work\"].value");

            assertThat(path.attribute()).isEqualTo("emails");
            assertThat(path.filter()).hasToString("type eq \"work\"");
            assertThat(path.subAttribute()).isEqualTo("value");
        }

        @Test
        void the_key_is_lower_case_without_the_filter() {
            assertThat(AttributePath.parse("Emails[type eq \"work\"].Value").key())
                    .isEqualTo("emails.value");
        }
    }

    @Nested
    class Schemas {

        @Test
        @DisplayName("USR-14 the dot of 2.0 belongs to the schema")
        void the_dot_of_the_version_separates_nothing() {
            assertThat(AttributePath.parse(LAMBDATEST + ":OrganizationRole"))
                    .isEqualTo(new AttributePath(LAMBDATEST, "OrganizationRole", null, null));
        }

        @Test
        void a_schema_alone_has_no_attribute() {
            assertThat(AttributePath.parse(LAMBDATEST)).isEqualTo(new AttributePath(LAMBDATEST, null, null, null));
        }

        @Test
        void a_sub_attribute_may_follow_the_schema() {
            AttributePath path =
                    AttributePath.parse("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value");

            assertThat(path.attribute()).isEqualTo("manager");
            assertThat(path.subAttribute()).isEqualTo("value");
        }

        @Test
        void a_schema_without_version_ends_at_the_last_colon() {
            assertThat(AttributePath.parse("urn:acme:User:badge"))
                    .isEqualTo(new AttributePath("urn:acme:User", "badge", null, null));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "9x", "a.b.c", "emails[", "emails[type eq \"x\"", "emails[].value", "a b", "a[b eq 1]c"
            })
    void what_is_no_path_is_refused(String text) {
        assertThatThrownBy(() -> AttributePath.parse(text)).isInstanceOf(FilterSyntaxException.class);
    }
}
