package io.github.enterprisesso.teams.claim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.teams.claim.GroupsClaim.Named;
import io.github.enterprisesso.teams.claim.GroupsClaim.Unclear;
import io.github.enterprisesso.teams.claim.GroupsClaim.Why;
import io.github.enterprisesso.teams.claim.GroupsReader.Attribute;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupsReaderTest {

    private static GroupsReader reader(String name) {
        return new GroupsReader(name, Optional.empty());
    }

    private static GroupsClaim read(String name, Map<String, Object> document) {
        return reader(name).inClaims(List.of(document));
    }

    private static Named named(String... values) {
        return new Named(List.of(values));
    }

    @Nested
    @DisplayName("CON-4 a claim")
    class Claims {

        @Test
        void is_a_list_of_names_each_counted_once() {
            assertThat(read("groups", Map.of("groups", List.of("Dev", "Ops", "Dev"))))
                    .isEqualTo(named("Dev", "Ops"));
        }

        @Test
        void is_one_name_to_the_letter_as_long_as_there_is_no_delimiter() {
            assertThat(read("groups", Map.of("groups", " Dev, Ops "))).isEqualTo(named(" Dev, Ops "));
        }

        @ParameterizedTest
        @CsvSource(
                delimiterString = " => ",
                value = {"',' => 'Dev, Ops'", "';' => 'Dev;Ops;'", "'|' => 'Dev|Ops'", "'.*' => 'Dev.*Ops'"})
        void is_split_at_the_delimiter_which_is_no_pattern(String delimiter, String text) {
            GroupsReader reader = new GroupsReader("groups", Optional.of(delimiter));

            assertThat(reader.inClaims(List.of(Map.of("groups", text)))).isEqualTo(named("Dev", "Ops"));
        }

        @Test
        void is_split_in_a_list_as_well() {
            GroupsReader reader = new GroupsReader("groups", Optional.of(","));

            assertThat(reader.inClaims(List.of(Map.of("groups", List.of("Dev,Ops", "QA")))))
                    .isEqualTo(named("Dev", "Ops", "QA"));
        }

        @Test
        void may_be_nested() {
            Map<String, Object> document = Map.of("resource", Map.of("app", Map.of("groups", List.of("Dev"))));

            assertThat(read("resource.app.groups", document)).isEqualTo(named("Dev"));
            assertThat(read("resource.other.groups", document)).isEqualTo(new Unclear(Why.MISSING));
            assertThat(read("resource.app.groups.deeper", document)).isEqualTo(new Unclear(Why.MISSING));
        }

        @Test
        void may_have_dots_in_its_name_escaped_or_as_it_is() {
            Map<String, Object> flat = Map.of("https://acme.test/groups", List.of("Dev"));
            Map<String, Object> nested = Map.of("acme.test", Map.of("groups", List.of("Dev")));

            assertThat(read("https://acme.test/groups", flat)).isEqualTo(named("Dev"));
            assertThat(read("https://acme\\.test/groups", flat)).isEqualTo(named("Dev"));
            assertThat(read("acme\\.test.groups", nested)).isEqualTo(named("Dev"));
            assertThat(read("acme.test.groups", nested)).isEqualTo(new Unclear(Why.MISSING));
        }

        @Test
        void may_hold_numbers() {
            assertThat(read("groups", Map.of("groups", List.of(17, 4L)))).isEqualTo(named("17", "4"));
        }

        @Test
        void that_holds_anything_else_cannot_be_read() {
            assertThat(read("groups", Map.of("groups", List.of("Dev", Map.of("name", "Ops")))))
                    .isEqualTo(new Unclear(Why.UNREADABLE));
            assertThat(read("groups", Map.of("groups", Map.of("name", "Ops")))).isEqualTo(new Unclear(Why.UNREADABLE));
            assertThat(read("groups", Map.of("groups", true))).isEqualTo(new Unclear(Why.UNREADABLE));
            assertThat(read("groups", Map.of("groups", Arrays.asList("Dev", null))))
                    .isEqualTo(new Unclear(Why.UNREADABLE));
        }

        @Test
        void counts_where_it_is_found_first() {
            GroupsClaim claim = reader("groups")
                    .inClaims(List.of(
                            Map.of("sub", "1"), Map.of("groups", List.of("Dev")), Map.of("groups", List.of("Ops"))));

            assertThat(claim).isEqualTo(named("Dev"));
        }

        @Test
        void of_names_longer_than_a_group_may_be_has_not_got_them() {
            String longest = "g".repeat(GroupsReader.LONGEST);

            assertThat(read("groups", Map.of("groups", List.of(longest, longest + "g"))))
                    .isEqualTo(named(longest));
        }
    }

    @Nested
    @DisplayName("LTM-9 missing is not empty")
    class Missing {

        @Test
        void a_claim_that_is_not_there_says_nothing() {
            assertThat(read("groups", Map.of("sub", "1"))).isEqualTo(new Unclear(Why.MISSING));
            assertThat(reader("groups").inClaims(List.of())).isEqualTo(new Unclear(Why.MISSING));
        }

        @Test
        void a_claim_that_is_null_says_nothing() {
            Map<String, Object> document = new HashMap<>(Collections.singletonMap("groups", null));

            assertThat(read("groups", document)).isEqualTo(new Unclear(Why.MISSING));
        }

        @Test
        void an_empty_claim_says_that_there_are_no_groups() {
            assertThat(read("groups", Map.of("groups", List.of()))).isEqualTo(named());
            assertThat(read("groups", Map.of("groups", ""))).isEqualTo(named());
            assertThat(read("groups", Map.of("groups", List.of("", " ")))).isEqualTo(named());
        }
    }

    @Nested
    @DisplayName("CON-15 too many groups")
    class Overage {

        @Test
        void are_to_be_fetched_elsewhere() {
            Map<String, Object> document =
                    Map.of("_claim_names", Map.of("groups", "src1"), "_claim_sources", Map.of("src1", Map.of()));

            assertThat(read("groups", document)).isEqualTo(new Unclear(Why.OVERAGE));
            assertThat(read("roles", document)).isEqualTo(new Unclear(Why.MISSING));
        }

        @Test
        void are_only_hinted_at() {
            assertThat(read("groups", Map.of("hasgroups", true))).isEqualTo(new Unclear(Why.OVERAGE));
            assertThat(read("groups", Map.of("hasgroups", "true"))).isEqualTo(new Unclear(Why.OVERAGE));
            assertThat(read("groups", Map.of("hasgroups", false))).isEqualTo(new Unclear(Why.MISSING));
        }

        @Test
        void are_no_obstacle_where_the_user_info_has_them() {
            GroupsClaim claim =
                    reader("groups").inClaims(List.of(Map.of("hasgroups", true), Map.of("groups", List.of("Dev"))));

            assertThat(claim).isEqualTo(named("Dev"));
        }

        @Test
        void are_a_link_in_an_assertion() {
            Attribute link =
                    new Attribute("http://schemas.microsoft.com/claims/groups.link", null, List.of("https://graph"));

            assertThat(reader("groups").inAttributes(List.of(link))).isEqualTo(new Unclear(Why.OVERAGE));
        }
    }

    @Nested
    @DisplayName("CON-5 an attribute of an assertion")
    class Attributes {

        @Test
        void is_found_by_its_name_or_its_friendly_name() {
            Attribute byName = new Attribute("groups", null, List.of("Dev"));
            Attribute byFriendlyName = new Attribute("urn:oid:1.3.6", "groups", List.of("Ops"));

            assertThat(reader("groups").inAttributes(List.of(byName, byFriendlyName)))
                    .isEqualTo(named("Dev", "Ops"));
            assertThat(reader("urn:oid:1.3.6").inAttributes(List.of(byName, byFriendlyName)))
                    .isEqualTo(named("Ops"));
        }

        @Test
        void may_be_empty_which_is_not_missing() {
            assertThat(reader("groups").inAttributes(List.of(new Attribute("groups", null, List.of()))))
                    .isEqualTo(named());
            assertThat(reader("groups").inAttributes(List.of(new Attribute("roles", null, List.of("Dev")))))
                    .isEqualTo(new Unclear(Why.MISSING));
        }

        @Test
        void may_be_a_delimited_text() {
            GroupsReader reader = new GroupsReader("groups", Optional.of(";"));

            assertThat(reader.inAttributes(List.of(new Attribute("groups", null, List.of("Dev; Ops")))))
                    .isEqualTo(named("Dev", "Ops"));
        }
    }
}
