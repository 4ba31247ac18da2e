package io.github.enterprisesso.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.enterprisesso.scim.filter.Filter.Comparison;
import io.github.enterprisesso.scim.filter.Filter.Operator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    @Nested
    class Comparisons {

        @Test
        @DisplayName("SCP-10 Okta's look-up of a user")
        void okta_looks_up_a_user() {
            Comparison filter = (Comparison) Filter.parse("userName eq \"Jane.Doe@acme.test\"");

            assertThat(filter.path().attribute()).isEqualTo("userName");
            assertThat(filter.operator()).isEqualTo(Operator.EQ);
            assertThat(filter.value().asText()).isEqualTo("Jane.Doe@acme.test");
        }

        @ParameterizedTest
        @ValueSource(strings = {"userName EQ \"a\"", "userName Eq \"a\"", "  userName   eq   \"a\"  "})
        @DisplayName("SCP-10 operators in any case")
        void operators_have_no_case(String text) {
            assertThat(Filter.parse(text)).hasToString("userName eq \"a\"");
        }

        @Test
        void a_string_may_hold_quotes_brackets_and_operators() {
            Comparison filter = (Comparison) Filter.parse("displayName eq \"a \\\"b\\\" ] ) and c\"");

            assertThat(filter.value().asText()).isEqualTo("a \"b\" ] ) and c");
        }

        @Test
        void values_are_json() {
            assertThat(((Comparison) Filter.parse("active eq True")).value().asBoolean())
                    .isTrue();
            assertThat(((Comparison) Filter.parse("count gt 5")).value().asInt())
                    .isEqualTo(5);
            assertThat(((Comparison) Filter.parse("title eq null")).value().isNull())
                    .isTrue();
        }

        @Test
        void presence_has_no_value() {
            assertThat(Filter.parse("title pr")).hasToString("title pr");
        }
    }

    @Nested
    class Logic {

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                quoteCharacter = '\0',
                value = {
                    "a eq 1 and b eq 2 or c eq 3|((a eq 1 and b eq 2) or c eq 3)",
                    "a eq 1 or b eq 2 and c eq 3|(a eq 1 or (b eq 2 and c eq 3))",
                    "(a eq 1 or b eq 2) and c eq 3|((a eq 1 or b eq 2) and c eq 3)",
                    "not (a eq 1) and b pr|(not (a eq 1) and b pr)",
                    "emails[type eq \"work\" and value co \"@x\"]|emails[(type eq \"work\" and value co \"@x\")] pr",
                    "emails[type eq \"work\"].value eq \"x\" and a pr|(emails[type eq \"work\"].value eq \"x\" and a pr)"
                })
        void and_binds_tighter_than_or(String text, String meaning) {
            assertThat(Filter.parse(text)).hasToString(meaning);
        }

        @Test
        void what_is_printed_reads_the_same() {
            String text = "not (a eq 1 or b co \"x y\") and emails[type eq \"work\"].value sw \"j\"";

            Filter filter = Filter.parse(text);

            assertThat(Filter.parse(filter.toString())).isEqualTo(filter);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "userName",
                "userName is \"x\"",
                "userName eq",
                "userName eq x",
                "userName eq \"a\\u0000\"",
                "userName eq \"\\ud800\"",
                "userName eq \"x",
                "userName eq \"x\\\"",
                "userName eq \"x\" and",
                "(userName eq \"x\"",
                "userName eq \"x\")",
                "userName eq {}",
                "userName eq [1]",
                "and",
                "not userName pr pr"
            })
    void what_is_no_filter_is_refused(String text) {
        assertThatThrownBy(() -> Filter.parse(text)).isInstanceOf(FilterSyntaxException.class);
    }

    @Test
    void depth_and_length_are_limited() {
        assertThatThrownBy(() -> Filter.parse("(".repeat(100) + "a pr" + ")".repeat(100)))
                .hasMessageContaining("nested");
        assertThatThrownBy(() -> Filter.parse("a eq \"" + "x".repeat(5000) + "\""))
                .hasMessageContaining("longer");
    }
}
