package io.github.enterprisesso.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.server.TestRun;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.PropertyResourceBundle;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in the JARs: the bundle's texts of all modules, and the one template that the theme copies from Keycloak. */
class BundledPagesIT {

    @ParameterizedTest
    @ValueSource(strings = {"ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt_BR", "zh_CN"})
    @DisplayName("the bundle has the texts of every module, which meet in one file")
    void texts(String language) throws IOException {
        try (ZipFile bundle = new ZipFile(TestRun.bundle().toFile());
                InputStream file = bundle.getInputStream(
                        bundle.getEntry("theme-resources/messages/messages_" + language + ".properties"))) {
            PropertyResourceBundle texts = new PropertyResourceBundle(file);

            assertThat(texts.keySet()).contains("enforceSsoTitle", "ssoExemptionQuestions", "teamNoAccessTitle");
            assertThat(texts.getString("enforceSsoContinue")).contains("{0}").doesNotContain("\u00c3");
        }
    }

    @Test
    @DisplayName("the theme's template.ftl is Keycloak's but for the name and logo: else take the new one over")
    void template() throws IOException {
        Path themes = TestRun.distribution()
                .resolve("lib/lib/main/org.keycloak.keycloak-themes-" + TestRun.keycloakVersion() + ".jar");
        String ours = text(TestRun.bundle(), "theme/enterprise/login/template.ftl");
        String keycloaks = text(themes, "theme/keycloak.v2/login/template.ftl");

        assertThat(ours.substring(ours.indexOf('\n') + 1)
                        .replace("<#import \"brand.ftl\" as brand>\n", "")
                        .replace(
                                "<@brand.mark />",
                                "${kcSanitize(msg(\"loginTitleHtml\",(realm.displayNameHtml!'')))?no_esc}"))
                .isEqualTo(keycloaks);
    }

    private static String text(Path jar, String entry) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            ZipEntry found = zip.getEntry(entry);
            assertThat(found).as("%s in %s", entry, jar).isNotNull();
            try (InputStream in = zip.getInputStream(found)) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            }
        }
    }
}
