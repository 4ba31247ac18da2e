package io.github.enterprisesso.localrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {
    @Test
    @DisplayName("without options: the demo in the foreground on 8080, management on 9000")
    void defaults() {
        Arguments arguments = Arguments.parse();

        assertThat(arguments.port()).isEqualTo(8080);
        assertThat(arguments.managementPort()).isEqualTo(9000);
        assertThat(arguments.demo()).isTrue();
        assertThat(arguments.detach()).isFalse();
        assertThat(arguments.fresh()).isFalse();
        assertThat(arguments.home()).isEmpty();
    }

    @Test
    @DisplayName("the management port follows --port")
    void port() {
        assertThat(Arguments.parse("--port", "8180").managementPort()).isEqualTo(9100);
        assertThat(Arguments.parse("--port=18080").port()).isEqualTo(18080);
    }

    @Test
    void optionsCombine() {
        Arguments arguments = Arguments.parse("--detach", "--fresh", "--no-demo", "--home", "/tmp/x y");

        assertThat(arguments.detach()).isTrue();
        assertThat(arguments.fresh()).isTrue();
        assertThat(arguments.demo()).isFalse();
        assertThat(arguments.home()).contains(Path.of("/tmp/x y"));
    }

    @Test
    @DisplayName("an unknown option is answered with every option that exists")
    void unknown() {
        assertThatThrownBy(() -> Arguments.parse("--prot", "1"))
                .isInstanceOf(Arguments.UsageException.class)
                .hasMessageContaining("unknown option --prot")
                .hasMessageContainingAll(
                        "--port N", "--detach", "--stop", "--fresh", "--no-demo", "--home DIR", "--help");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "65536", "64616", "http", ""})
    void impossiblePorts(String port) {
        assertThatThrownBy(() -> Arguments.parse("--port", port)).isInstanceOf(Arguments.UsageException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "--port,,--port needs a value",
        "--home,--detach,--home needs a value",
        "--detach=yes,,--detach takes no value",
        "--stop,--fresh,--stop goes with no other option",
        "--stop,--no-demo,--stop goes with no other option"
    })
    void senseless(String first, String second, String problem) {
        String[] args = second == null ? new String[] {first} : new String[] {first, second};

        assertThatThrownBy(() -> Arguments.parse(args))
                .isInstanceOf(Arguments.UsageException.class)
                .hasMessageContaining(problem);
    }
}
