package io.github.enterprisesso.teams.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("MAP-7 a name pattern")
class NamePatternTest {

    @Test
    void match_all_is_for_every_name() {
        assertThat(new NamePattern.MatchAll().matches("anything")).isTrue();
    }

    @Nested
    class A_prefix {

        @Test
        void ignores_case() {
            assertThat(new NamePattern.Prefix("eng-").matches("ENG-DevOps")).isTrue();
        }

        @Test
        void is_not_for_a_name_that_has_it_in_the_middle() {
            assertThat(new NamePattern.Prefix("eng-").matches("Old eng-DevOps")).isFalse();
        }

        @Test
        void of_nothing_is_refused() {
            assertThatThrownBy(() -> new NamePattern.Prefix(" ")).hasMessageContaining("at least one character");
        }
    }

    @Nested
    class A_regular_expression {

        @Test
        void is_for_names_in_which_it_is_found() {
            NamePattern regex = NamePattern.Regex.compile("^qa-.*-team$");

            assertThat(regex.matches("qa-mobile-team")).isTrue();
            assertThat(regex.matches("qa-mobile-team-old")).isFalse();
        }

        @Test
        void minds_case_unless_told_otherwise() {
            assertThat(NamePattern.Regex.compile("^qa-").matches("QA-web")).isFalse();
            assertThat(NamePattern.Regex.compile("(?i)^qa-").matches("QA-web")).isTrue();
        }

        @Test
        void that_does_not_compile_is_refused_with_the_reason() {
            assertThatThrownBy(() -> NamePattern.Regex.compile("qa-("))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("Unclosed group");
        }

        @Test
        void that_runs_away_is_known() {
            assertThat(NamePattern.Regex.compile("^(.*a){25}$").runsAway()).isTrue();
            assertThat(NamePattern.Regex.compile("^qa-.*-team$").runsAway()).isFalse();
        }

        @Test
        void that_runs_away_on_what_it_is_made_of_is_known() {
            assertThat(NamePattern.Regex.compile("^(.*x){25}$").runsAway()).isTrue();
        }

        @Test
        void is_not_stopped_by_a_pause_of_the_machine() {
            NamePattern.Regex regex = NamePattern.Regex.compile("^qa-.*-team$");

            assertThat(regex.matches("qa-mobile-team", Duration.ZERO)).isTrue();
        }

        @Test
        void that_runs_away_on_a_name_nobody_thought_of_is_stopped() {
            NamePattern regex = new NamePattern.Regex(Pattern.compile("^(.*x){25}$"));

            assertThatThrownBy(() -> regex.matches("x".repeat(60) + "y")).isInstanceOf(PatternTimeoutException.class);
        }
    }
}
