package io.github.enterprisesso.it;

import static org.assertj.core.api.Assertions.assertThat;

import freemarker.cache.FileTemplateLoader;
import freemarker.cache.MultiTemplateLoader;
import freemarker.cache.StringTemplateLoader;
import freemarker.cache.TemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.template.Configuration;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateMethodModelEx;
import freemarker.template.utility.DeepUnwrap;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PropertyResourceBundle;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Templates by themselves, with Keycloak's settings of FreeMarker and a layout that adds nothing. */
class TemplatesTest {

    private static final Path SSO = Path.of("../enforce-sso-authenticator/src/main/resources/theme-resources");
    private static final Path TEAMS = Path.of("../group-team-mapper/src/main/resources/theme-resources");

    static Stream<Path> templates() throws IOException {
        List<Path> found = new ArrayList<>();
        for (String directory : List.of(
                "../enforce-sso-authenticator/src/main/resources/theme-resources/templates",
                "../group-team-mapper/src/main/resources/theme-resources/templates",
                "../themes/src/main/resources/theme/enterprise/login")) {
            try (Stream<Path> files = Files.walk(Path.of(directory))) {
                files.filter(file -> file.toString().endsWith(".ftl")).forEach(found::add);
            }
        }
        return found.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("templates")
    @DisplayName("every template can be read")
    void syntax(Path template) throws IOException {
        assertThat(new Template(template.toString(), Files.readString(template), keycloaks()))
                .isNotNull();
    }

    @Nested
    @DisplayName("The mails about exemptions")
    class Mails {

        private static final Map<String, Object> GRANTED =
                Map.of("realmName", "Acme", "until", "2027-01-31", "reason", "Tax <b>audit</b>");

        @ParameterizedTest
        @ValueSource(strings = {"ar", "de", "en", "es", "fr", "it", "ja", "nl", "pl", "pt_BR", "zh_CN"})
        @DisplayName("say in every language for whom, until when and why")
        void granted(String language) throws Exception {
            String html = render(SSO, language, "html/sso-exemption-granted.ftl", GRANTED);
            String text = render(SSO, language, "text/sso-exemption-granted.ftl", GRANTED);

            assertThat(html)
                    .contains("Acme", "2027-01-31", "Tax &lt;b&gt;audit&lt;/b&gt;")
                    .doesNotContain("sso", "{0}");
            assertThat(text).contains("Acme", "2027-01-31", "Tax <b>audit</b>").doesNotContain("ssoEx", "{0}", "<p>");
        }

        @Test
        @DisplayName("that end soon say how many days are left")
        void expiring() throws Exception {
            Map<String, Object> attributes = Map.of("realmName", "Acme", "until", "2027-01-31", "days", 7);

            assertThat(render(SSO, "en", "html/sso-exemption-expiring.ftl", attributes))
                    .contains("<p>Days left: 7</p>", "<p>Valid until: 2027-01-31</p>")
                    .doesNotContain("Reason");
            assertThat(render(SSO, "en", "text/sso-exemption-expiring.ftl", attributes))
                    .contains("Days left: 7\n", "Valid until: 2027-01-31\n")
                    .doesNotContain("Reason");
        }

        @Test
        @DisplayName("do without what is not known")
        void bare() throws Exception {
            assertThat(render(SSO, "en", "text/sso-exemption-granted.ftl", Map.of("realmName", "Acme")))
                    .contains("An administrator of Acme")
                    .doesNotContain("Valid until", "Reason");
        }
    }

    @Nested
    @DisplayName("The page \"no access yet\"")
    class NoAccess {

        private static final Map<String, Object> PAGE =
                Map.of("properties", Map.of(), "url", Map.of("loginRestartFlowUrl", "/restart?a=1&b=2"));

        @Test
        @DisplayName("UX-2 says why, and leads back")
        void withoutContact() throws Exception {
            String page = render(TEAMS, "en", "no-access.ftl", PAGE);

            assertThat(page)
                    .contains("No access yet", "has not been given access yet", "href=\"/restart?a=1&amp;b=2\"")
                    .doesNotContain("no-access-contact");
        }

        @Test
        @DisplayName("UX-2 names whom to ask, escaped")
        void contact() throws Exception {
            Map<String, Object> attributes = new HashMap<>(PAGE);
            attributes.put("contact", "help@acme.test <script>");

            assertThat(render(TEAMS, "en", "no-access.ftl", attributes))
                    .contains("Contact: help@acme.test &lt;script&gt;");
        }
    }

    private static String render(Path resources, String language, String template, Map<String, Object> attributes)
            throws IOException, TemplateException {
        StringTemplateLoader layout = new StringTemplateLoader();
        layout.putTemplate("html/template.ftl", "<#macro emailLayout><#nested></#macro>");
        layout.putTemplate(
                "template.ftl",
                "<#macro registrationLayout displayMessage=true><#nested \"header\"><#nested \"form\"></#macro>");
        Configuration freeMarker = keycloaks();
        freeMarker.setTemplateLoader(new MultiTemplateLoader(new TemplateLoader[] {
            layout, new FileTemplateLoader(resources.resolve("templates").toFile())
        }));
        Map<String, Object> model = new HashMap<>(attributes);
        model.put("msg", messages(resources, language));
        StringWriter out = new StringWriter();
        freeMarker.getTemplate(template, "UTF-8").process(model, out);
        return out.toString();
    }

    private static Configuration keycloaks() {
        Configuration freeMarker = new Configuration(Configuration.VERSION_2_3_32);
        freeMarker.setOutputFormat(HTMLOutputFormat.INSTANCE);
        return freeMarker;
    }

    /** As Keycloak's {@code MessageFormatterMethod}: an unknown key stands for itself. */
    private static TemplateMethodModelEx messages(Path resources, String language) throws IOException {
        try (InputStream in =
                Files.newInputStream(resources.resolve("messages/messages_" + language + ".properties"))) {
            PropertyResourceBundle texts = new PropertyResourceBundle(in);
            return arguments -> {
                List<Object> values = new ArrayList<>();
                for (Object argument : arguments) {
                    values.add(DeepUnwrap.unwrap((freemarker.template.TemplateModel) argument));
                }
                String key = values.remove(0).toString();
                String text = texts.containsKey(key) ? texts.getString(key) : key;
                return new MessageFormat(text, Locale.ENGLISH).format(values.toArray());
            };
        }
    }
}
