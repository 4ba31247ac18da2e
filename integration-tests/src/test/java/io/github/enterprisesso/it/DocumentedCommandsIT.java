package io.github.enterprisesso.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.server.TestRun;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.RolesResource;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/**
 * The command lines of the docs, as they stand there: {@code kcadm.sh} of the distribution and {@code curl}, in a realm of the
 * name that the docs use. What is replaced is where the server is, who signs in, the ids that people
 * copy, and the year of an end.
 */
@KeycloakTest
class DocumentedCommandsIT {

    private static final String DOCUMENTED_SERVER = "https://sso.example.com";

    /** A fenced block of shell, maybe within a list. */
    private static final Pattern BLOCK = Pattern.compile("(?ms)^( *)```(?:sh|bash)\\n(.*?)^ *```");

    private static final Pattern COMMAND = Pattern.compile("\\b(kcadm\\.sh|curl) ");

    /** A page of {@code docs/}, and what its commands have made of the realm. */
    enum Document {
        IDENTITY_PROVIDERS("identity-providers.md", admin -> {
            IdentityProviderRepresentation okta =
                    admin.realm().identityProviders().get("okta").toRepresentation();
            assertThat(okta.isTrustEmail()).isTrue();
            assertThat(okta.getConfig())
                    .containsEntry("validateSignature", "true")
                    .containsEntry("defaultScope", "openid profile email");
            assertThat(admin.realm().toRepresentation().getAccessTokenLifespan())
                    .isEqualTo(1800);
        }),
        OKTA("okta.md", admin -> {
            assertThat(admin.get("/scim-connections").text()).contains("\"name\":\"okta\"");
            assertThat(admin.get("/group-mappings/settings").at("/rules/0/type"))
                    .isEqualTo("MATCH_ALL");
            assertThat(admin.get("/sso-policy").at("/mode")).isEqualTo("REPORT");
            RealmRepresentation realm = admin.realm().toRepresentation();
            assertThat(realm.isAdminEventsDetailsEnabled()).isTrue();
            assertThat(realm.getEventsExpiration()).isEqualTo(5_184_000);
            assertThat(realm.getAttributes()).containsEntry("adminEventsExpiration", "5184000");
        }),
        ENTRA(
                "entra.md",
                admin ->
                        assertThat(admin.get("/scim-connections").at("/0/name")).isEqualTo("entra")),
        GROUP_MAPPING("group-mapping.md", admin -> {
            assertThat(admin.get("/group-mappings/settings").at("/rules/0/type"))
                    .isEqualTo("PREFIX");
            assertThat(admin.realm().identityProviders().get("okta").getMappers())
                    .singleElement()
                    .satisfies(mapper ->
                            assertThat(mapper.getIdentityProviderMapper()).isEqualTo("group-mapping-oidc"));
        }),
        THEMES("themes.md", admin -> {
            assertThat(admin.realm().toRepresentation().getBrowserFlow()).isEqualTo("browser identity first");
            assertThat(admin.realm().flows().getExecutions("browser identity first"))
                    .filteredOn(step -> "enforce-sso-identity-first".equals(step.getProviderId()))
                    .singleElement()
                    .satisfies(step -> assertThat(step.getRequirement()).isEqualTo("REQUIRED"));
            assertThat(admin.realm().toRepresentation().getAttributes()).containsEntry("enterprise.name", "Acme");
        }),
        ENFORCE_SSO(
                "enforce-sso.md",
                admin -> assertThat(admin.get("/sso-policy").at("/mode")).isEqualTo("OFF"));

        private final String file;
        private final Consumer<AdminClient> made;

        Document(String file, Consumer<AdminClient> made) {
            this.file = file;
            this.made = made;
        }

        List<String> blocks() throws IOException {
            return DocumentedCommandsIT.blocks(
                    TestRun.repositoryRoot().resolve("docs").resolve(file));
        }
    }

    @AutoClose
    static Tenant tenant;

    static String team;

    @TempDir
    Path home;

    @BeforeAll
    static void realm(KeycloakServer keycloak) {
        tenant = Tenant.create(
                keycloak, "acme", realm -> realm.getIdentityProviders().get(1).setAlias("entra"));
        GroupRepresentation group = new GroupRepresentation();
        group.setName("Engineers");
        String teams = tenant.admin().realm().getGroupByPath("/teams").getId();
        team = CreatedResponseUtil.getCreatedId(
                tenant.admin().realm().groups().group(teams).subGroup(group));
    }

    /** Two of the pages make the roles of the ladder. */
    @BeforeEach
    void withoutRoles() {
        RolesResource roles = tenant.admin().realm().roles();
        roles.list().stream()
                .map(RoleRepresentation::getName)
                .filter(Set.of("Admin", "User", "Guest")::contains)
                .forEach(roles::deleteRole);
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource
    @DisplayName("DEL-3 DEL-4 AUD-4 the commands of every page run as they stand there")
    void run(Document document, KeycloakServer keycloak) throws Exception {
        List<String> blocks = new ArrayList<>(document.blocks());
        assertThat(blocks).isNotEmpty();
        if (document != Document.OKTA) {
            token(blocks);
        }
        if (document == Document.IDENTITY_PROVIDERS) {
            tenant.admin().realm().identityProviders().get(Tenant.OKTA).remove();
        }

        bash(String.join("\n", blocks), keycloak);

        document.made.accept(tenant.admin());
    }

    /** Pages that need an administrator's token say that it is had as in okta.md. */
    private static void token(List<String> blocks) throws IOException {
        for (int i = 0; i < blocks.size(); i++) {
            if (blocks.get(i).contains("$ADMIN")) {
                blocks.add(i, Document.OKTA.blocks().get(0));
                return;
            }
        }
    }

    @Test
    @DisplayName("no page but these has commands")
    void noOther() throws IOException {
        List<String> known =
                Arrays.stream(Document.values()).map(page -> page.file).toList();
        List<Path> pages = new ArrayList<>(List.of(TestRun.repositoryRoot().resolve("README.md")));
        try (Stream<Path> docs = Files.list(TestRun.repositoryRoot().resolve("docs"))) {
            docs.filter(file -> file.toString().endsWith(".md")).forEach(pages::add);
        }
        for (Path page : pages) {
            if (!known.contains(page.getFileName().toString())) {
                assertThat(blocks(page)).as("%s", page).isEmpty();
            }
        }
    }

    private static List<String> blocks(Path page) throws IOException {
        return BLOCK.matcher(Files.readString(page))
                .results()
                .map(DocumentedCommandsIT::lines)
                .filter(block -> COMMAND.matcher(block).find())
                .toList();
    }

    private static String lines(MatchResult block) {
        return block.group(2).replaceAll("(?m)^" + block.group(1), "");
    }

    /** Ends at the first command that fails; an answer that is an error is a failure of {@code curl}, too. */
    private void bash(String commands, KeycloakServer server) throws IOException, InterruptedException {
        Path script = Files.writeString(
                home.resolve("commands.sh"),
                """
                set -euo pipefail
                curl() { command curl --fail --show-error "$@"; }
                connection() { curl -s "$api" -H "Authorization: Bearer $ADMIN" | sed 's/^[^:]*:"\\([^"]*\\)".*/\\1/'; }
                signIn() { kcadm.sh config credentials --server %s --realm master --user %s; }
                signIn
                """.formatted(server.url(), KeycloakServer.ADMIN_USER)
                        + commands.replace(DOCUMENTED_SERVER, server.url().toString())
                                .replace("--user admin", "--user " + KeycloakServer.ADMIN_USER)
                                .replace("<id of a team>", team)
                                .replace("<id>", "$(connection)")
                                .replaceAll(
                                        "\\d{4}(-\\d\\d-\\d\\dT)",
                                        LocalDate.now().getYear() + 1 + "$1"));
        Path answers = Files.writeString(home.resolve("answers"), Tenant.OWNER + "\n" + Tenant.OWNER_PASSWORD + "\n");
        Path output = home.resolve("output");
        ProcessBuilder bash = new ProcessBuilder("bash", script.toString())
                .redirectErrorStream(true)
                .redirectInput(answers.toFile())
                .redirectOutput(output.toFile());
        bash.environment()
                .merge(
                        "PATH",
                        TestRun.distribution().resolve("bin").toString(),
                        (path, bin) -> bin + File.pathSeparator + path);
        bash.environment().put("JAVA", ProcessHandle.current().info().command().orElse("java"));
        bash.environment().put("KC_OPTS", "-Duser.home=" + home + " -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");
        bash.environment().put("KC_CLI_PASSWORD", KeycloakServer.ADMIN_PASSWORD);
        Process process = bash.start();
        boolean ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();

        assertThat(ended).as(() -> text(output)).isTrue();
        assertThat(process.exitValue()).as(() -> text(output)).isZero();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
