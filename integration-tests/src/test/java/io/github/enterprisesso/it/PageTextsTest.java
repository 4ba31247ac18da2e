package io.github.enterprisesso.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The texts that people read, of all modules, in all languages, as the modules carry them. */
class PageTextsTest {

    /** As Keycloak's own files are named, but for Chinese: what a JAR adds is looked up by the realm's word, zh-CN. */
    private static final Set<String> LANGUAGES =
            Set.of("ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt_BR", "zh_CN");

    private static final List<Path> DIRECTORIES = List.of(
            Path.of("../enforce-sso-authenticator/src/main/resources/theme-resources/messages"),
            Path.of("../group-team-mapper/src/main/resources/theme-resources/messages"),
            Path.of("../themes/src/main/resources/theme/enterprise/login/messages"));

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d+}");

    static Stream<Path> directories() {
        return DIRECTORIES.stream();
    }

    static Stream<Path> files() {
        return DIRECTORIES.stream()
                .flatMap(directory -> LANGUAGES.stream().map(language -> file(directory, language)))
                .filter(file -> !file.endsWith("messages_en.properties"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("directories")
    @DisplayName("every language is there, and no other")
    void languages(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(LANGUAGES.stream()
                            .map(language -> "messages_" + language + ".properties")
                            .toList());
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @DisplayName("has the keys and placeholders of the English file, and nothing left in English")
    void complete(Path file) throws IOException {
        Map<String, String> english = texts(file.resolveSibling("messages_en.properties"));
        Map<String, String> translated = texts(file);

        assertThat(translated.keySet()).isEqualTo(english.keySet());
        translated.forEach((key, text) -> {
            assertThat(text).as(key).isNotBlank().isNotEqualTo(english.get(key));
            assertThat(placeholders(text)).as(key).isEqualTo(placeholders(english.get(key)));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    @DisplayName("in a script of its own has no Latin letters left")
    void script(Path file) throws IOException {
        if (!file.getFileName().toString().matches("messages_(ar|ja|zh_CN)\\.properties")) {
            return;
        }
        texts(file).forEach((key, text) -> assertThat(text).as(key).doesNotContainPattern("[A-Za-z]"));
    }

    /** Keycloak formats each text by {@link MessageFormat}, to which one apostrophe begins a quotation. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("directories")
    @DisplayName("loses no apostrophe and no placeholder when it is formatted")
    void formatted(Path directory) throws IOException {
        for (String language : LANGUAGES) {
            texts(file(directory, language)).forEach((key, text) -> {
                String shown = new MessageFormat(text).format(new Object[] {"<first>", "<second>", "<third>"});
                assertThat(shown)
                        .as("%s %s", language, key)
                        .isEqualTo(text.replace("''", "'").replace("{0}", "<first>"));
                assertThat(text.replace("''", "")).as("%s %s", language, key).doesNotContain("'");
            });
        }
    }

    @Test
    @DisplayName("no two modules have the same key")
    void distinct() throws IOException {
        Set<String> seen = new HashSet<>();
        for (Path directory : DIRECTORIES) {
            texts(file(directory, "en"))
                    .keySet()
                    .forEach(key -> assertThat(seen.add(key)).as(key).isTrue());
        }
    }

    @Test
    @DisplayName("docs/themes.md lists every key, and no key that does not exist")
    void documented() throws IOException {
        Set<String> listed = Files.readAllLines(Path.of("../docs/themes.md")).stream()
                .filter(line -> line.matches("\\| `\\w+`(, `\\w+`)* \\|.*"))
                .map(line -> line.substring(0, line.indexOf('|', 1)))
                .flatMap(cell -> Pattern.compile("`(\\w+)`").matcher(cell).results())
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        Set<String> keys = new HashSet<>();
        for (Path directory : DIRECTORIES) {
            keys.addAll(texts(file(directory, "en")).keySet());
        }

        assertThat(listed).isEqualTo(keys);
    }

    @Test
    @DisplayName("docs/themes.md shows every picture there is, and none that is missing")
    void pictures() throws IOException {
        Set<String> shown = Pattern.compile("\\(images/([\\w-]+\\.png)\\)")
                .matcher(Files.readString(Path.of("../docs/themes.md")))
                .results()
                .map(result -> result.group(1))
                .collect(Collectors.toSet());
        try (Stream<Path> pictures = Files.list(Path.of("../docs/images"))) {
            assertThat(pictures.map(picture -> picture.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(shown);
        }
    }

    private static Path file(Path directory, String language) {
        return directory.resolve("messages_" + language + ".properties");
    }

    /** Read as Keycloak reads them: UTF-8, and Latin-1 only if it is not. */
    private static Map<String, String> texts(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            ResourceBundle bundle = new PropertyResourceBundle(in);
            Map<String, String> texts = new TreeMap<>();
            bundle.keySet().forEach(key -> texts.put(key, bundle.getString(key)));
            return texts;
        }
    }

    private static Set<String> placeholders(String text) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        return matcher.results().map(result -> result.group()).collect(Collectors.toSet());
    }
}
