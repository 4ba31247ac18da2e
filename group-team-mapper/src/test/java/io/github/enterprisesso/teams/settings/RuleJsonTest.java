package io.github.enterprisesso.teams.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.enterprisesso.teams.mapping.NamePattern;
import io.github.enterprisesso.teams.mapping.Rule;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("MAP-8 a rule as it is written")
class RuleJsonTest {

    @Test
    void is_read() {
        Rule rule = RuleJson.parse("""
                {"name":"engineers","type":"PREFIX","pattern":"eng-","autoApprove":true,"priority":100,"role":"User"}""").toRule();

        assertThat(rule.name()).isEqualTo("engineers");
        assertThat(rule.pattern()).isEqualTo(new NamePattern.Prefix("eng-"));
        assertThat(rule.autoApprove()).isTrue();
        assertThat(rule.priority()).isEqualTo(100);
        assertThat(rule.role()).contains("User");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\",\"type\":\"MATCH_ALL\",\"targetType\":\"TEAM\",\"autoApprove\":true,\"priority\":1}",
                "{\"name\":\"a\",\"type\":\"REGEX\",\"pattern\":\"^qa\",\"targetType\":\"TEAM\",\"autoApprove\":false,\"priority\":2,\"role\":\"Guest\"}"
            })
    void is_written_as_it_was_read(String json) {
        assertThat(RuleJson.of(RuleJson.parse(json).toRule()).json()).isEqualTo(json);
    }

    @Test
    void is_read_without_a_trial_of_its_pattern_which_a_busy_server_could_fail() {
        assertThat(RuleJson.parse("{\"name\":\"a\",\"type\":\"REGEX\",\"pattern\":\"^(.*a){25}$\"}")
                        .toRule()
                        .name())
                .isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|name is missing",
                "{\"name\":\"a\"}|type is null; allowed are MATCH_ALL, PREFIX, REGEX",
                "{\"name\":\"a\",\"type\":\"PREFIX\"}|pattern a prefix of at least one character is needed",
                "{\"name\":\"a\",\"type\":\"REGEX\",\"pattern\":\"(\"}|pattern is no regular expression: Unclosed group",
                "{\"name\":\"a\",\"type\":\"MATCH_ALL\",\"targetType\":\"POOL\"}|targetType is POOL; allowed are TEAM, EXCLUSIVE_GROUP, ORGANIZATION",
            })
    void is_refused_with_the_field_at_fault(String json, String message) {
        assertThatThrownBy(() -> RuleJson.parse(json).toRule()).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense", "[]", "{\"nmae\":\"typo\"}"})
    void is_refused_when_it_is_no_rule_at_all(String json) {
        assertThatThrownBy(() -> RuleJson.parse(json))
                .hasMessageStartingWith("is not a JSON object with the fields name");
    }
}
