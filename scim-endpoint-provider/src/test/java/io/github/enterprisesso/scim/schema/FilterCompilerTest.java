package io.github.enterprisesso.scim.schema;

import static io.github.enterprisesso.scim.schema.Attribute.bool;
import static io.github.enterprisesso.scim.schema.Attribute.complex;
import static io.github.enterprisesso.scim.schema.Attribute.string;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.enterprisesso.scim.filter.Filter;
import io.github.enterprisesso.scim.filter.ValueHash;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Attribute.Type;
import io.github.enterprisesso.scim.schema.Home.Column;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterCompilerTest {

    private static final Catalogue CATALOGUE = new Catalogue(
            Schema.of(
                    Urn.USER,
                    "User",
                    "",
                    List.of(
                            string("userName", "").in(Column.lowerCase("u.username")),
                            string("id", "").caseExact().in(Column.of("u.id")),
                            bool("active", "").in(Column.of("u.enabled")),
                            complex(
                                    "name",
                                    "",
                                    string("givenName", "")
                                            .in(Column.of("u.firstName").orNull())),
                            complex(
                                    "meta",
                                    "",
                                    Attribute.of("created", Type.DATE_TIME, "")
                                            .in(Column.of("u.created").orNull())),
                            string("title", ""),
                            string("password", "").in(new Home.Nowhere()),
                            complex("phones", "", string("value", ""), string("type", ""), bool("primary", ""))
                                    .multiValued(),
                            complex("parts", "", string("value", "").caseExact())
                                    .multiValued()
                                    .in(new Home.Either(List.of(
                                            new Home.Rows("One {}", "{}.id = u.id", Map.of("value", Column.of("{}.a"))),
                                            new Home.Rows(
                                                    "Two {}", "{}.id = u.id", Map.of("value", Column.of("{}.b")))))),
                            Attribute.of("floor", Type.INTEGER, "").in(new Home.Profile("floor")),
                            Attribute.of("ratio", Type.DECIMAL, "").in(new Home.Profile("ratio")),
                            string("tags", "").multiValued().in(new Home.Profile("tag's")))),
            List.of());

    private static final Catalogue GROUPS = new Catalogue(
            Schema.of(Urn.GROUP, "Group", "", List.of(string("displayName", "").in(Column.of("g.name")))), List.of());

    private static Condition compile(String filter) {
        return FilterCompiler.compile(Filter.parse(filter), CATALOGUE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "userName eq \"Jane\"|u.username = :f0|{f0=jane}",
                "urn:ietf:params:scim:schemas:core:2.0:User:userName sw \"J_%!\"|u.username like :f0 escape '!'|{f0=j!_!%!!%}",
                "id eq \"A\"|u.id = :f0|{f0=A}",
                "active eq \"True\"|u.enabled = true|{}",
                "name.givenName co \"x\"|(u.firstName is not null and lower(u.firstName) like lower(:f0) escape '!')|{f0=%x%}",
                "name.givenName ne \"x\"|case when (u.firstName is not null and lower(u.firstName) = lower(:f0)) then 1 else 0 end = 0|{f0=x}",
                "name.givenName eq null|case when (u.firstName is not null) then 1 else 0 end = 0|{}",
                "meta.created gt \"1970-01-01T01:00:00.001+01:00\"|(u.created is not null and u.created > :f0)|{f0=1}",
                "userName pr|1 = 1|{}"
            })
    @DisplayName("the row's own columns are compared bare where they are in lower case, and never give null")
    void columns(String filter, String text, String parameters) {
        assertThat(compile(filter).text()).isEqualTo(text);
        assertThat(compile(filter).parameters()).hasToString(parameters);
    }

    @Test
    @DisplayName("an equal value of our own table is found by its hash, in any case")
    void ownRows() {
        Condition condition = compile("title eq \"Boss\"");

        assertThat(condition.text())
                .isEqualTo(
                        "exists (select 1 from ScimAttributeEntity x0 where x0.userId = u.id and x0.attribute = 'title'"
                                + " and x0.subAttribute = 'value' and x0.valueHash = :f0 and x0.lowerValue = :f1)");
        assertThat(condition.parameters()).isEqualTo(Map.of("f0", ValueHash.of("boss"), "f1", "boss"));
    }

    @Test
    @DisplayName("conditions between brackets are about one value, starting from the part that is given")
    void valuePath() {
        assertThat(compile("phones[not (type pr) and value eq \"1\"]").text())
                .isEqualTo(
                        "exists (select 1 from ScimAttributeEntity x0 where x0.userId = u.id and x0.attribute = 'phones'"
                                + " and x0.subAttribute = 'value' and x0.valueHash = :f0 and x0.lowerValue = :f1"
                                + " and not exists (select 1 from ScimAttributeEntity x1 where x1.userId = x0.userId"
                                + " and x1.itemIndex = x0.itemIndex and x1.attribute = 'phones' and x1.subAttribute = 'type'))");
        assertThat(compile("phones.type eq \"a\" and phones.value eq \"1\"").text())
                .as("without brackets each has its own")
                .containsPattern("x0\\.userId = u\\.id.* and exists .*x1\\.userId = u\\.id");
    }

    @Test
    @DisplayName("a negation is one that the parser of the database layer reads fast")
    void negation() {
        assertThat(compile("not (not (title pr))").text()).startsWith("case when not exists (");
        assertThat(compile("not (id pr and (title pr or not (active eq true)))").text())
                .doesNotContain("not (");
    }

    @ParameterizedTest
    @CsvSource({"floor eq 12,12", "floor eq \"12\",12", "floor eq 1E+1,10", "ratio eq 1.5,1.5", "ratio eq -2,-2"})
    @DisplayName("a number is equal to one that is written alike")
    void numbers(String filter, String parameter) {
        assertThat(compile(filter).parameters()).containsValue(parameter);
    }

    @ParameterizedTest
    @CsvSource({"floor gt 1,eq ne", "ratio le 1.5,eq ne", "floor eq \"twelve\",is a number", "floor eq true,is a number"
    })
    @DisplayName("numbers have no order, and what is none is refused")
    void refusedNumbers(String filter, String word) {
        assertThatThrownBy(() -> compile(filter)).isInstanceOfSatisfying(ScimException.class, e -> {
            assertThat(e.scimType()).isEqualTo("invalidFilter");
            assertThat(e).hasMessageContaining(word.equals("eq ne") ? "compared by eq, ne" : word);
        });
    }

    @Test
    @DisplayName("RFC 7644 3.4.2.1 what only another type in the list has is an attribute without a value")
    void others() {
        Filter filter = Filter.parse(
                "displayName eq \"x\" or urn:ietf:params:scim:schemas:core:2.0:Group:displayName ne \"x\"");

        assertThat(FilterCompiler.compile(filter, CATALOGUE, List.of(GROUPS)).text())
                .isEqualTo("(1 = 0 or case when 1 = 0 then 1 else 0 end = 0)");
        assertThatThrownBy(() -> FilterCompiler.compile(Filter.parse("shoeSize eq 1"), CATALOGUE, List.of(GROUPS)))
                .isInstanceOf(ScimException.class);
    }

    @Test
    void the_name_of_a_user_attribute_cannot_leave_its_quotes() {
        assertThat(compile("tags eq \"a\"").text()).contains("x0.name = 'tag''s'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "shoeSize eq 1",
                "name.shoeSize eq \"1\"",
                "userName.value eq \"1\"",
                "urn:x:2.0:User:userName eq \"1\"",
                "password eq \"x\"",
                "userName eq 1",
                "userName eq true",
                "userName gt null",
                "active eq 1",
                "active gt true",
                "active co \"t\"",
                "meta.created gt \"yesterday\"",
                "meta.created co \"2026\"",
                "meta.created eq 1",
                "name[givenName eq \"x\"]",
                "phones[size eq \"x\"]",
                "phones[name.type eq \"x\"]",
                "phones[type eq 1]",
                "phones eq true",
                "phones[primary sw \"t\"]"
            })
    void what_the_catalogue_does_not_know_is_refused(String filter) {
        assertThatThrownBy(() -> compile(filter))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.scimType()).isEqualTo("invalidFilter"));
    }

    @Test
    void the_number_of_comparisons_is_limited() {
        assertThatThrownBy(() -> compile("id pr" + " or id pr".repeat(60))).hasMessageContaining("50 comparisons");
    }

    @Test
    void values_of_two_origins_are_looked_for_in_both() {
        assertThat(compile("parts.value eq \"X\"").text())
                .isEqualTo("(exists (select 1 from One x0 where x0.id = u.id and x0.a = :f0)"
                        + " or exists (select 1 from Two x1 where x1.id = u.id and x1.b = :f1))");
        assertThat(compile("not (parts pr)").text())
                .isEqualTo("case when (exists (select 1 from One x0 where x0.id = u.id and 1 = 1)"
                        + " or exists (select 1 from Two x1 where x1.id = u.id and 1 = 1)) then 1 else 0 end = 0");
    }
}
