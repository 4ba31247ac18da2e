package io.github.enterprisesso.localrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ImageTest {

    /** What Keycloak fills in from the environment when it imports a realm. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Z_]+)[:}]");

    @Test
    @DisplayName("DEL-2 docker compose imports the realms of the local run and sets whatever they leave open")
    void compose() throws Exception {
        String compose = Files.readString(Path.of("compose.yaml"));
        Set<String> open = new HashSet<>();
        try (Stream<Path> realms = Files.list(Path.of("realms"))) {
            for (Path realm : realms.toList()) {
                PLACEHOLDER.matcher(Files.readString(realm)).results().forEach(found -> open.add(found.group(1)));
            }
        }

        assertThat(compose)
                .contains(
                        "\"--import-realm\"",
                        "- ./realms:/opt/keycloak/data/import:ro",
                        "dockerfile: docker/Dockerfile");
        assertThat(open).isNotEmpty().allSatisfy(name -> assertThat(compose).contains("\n      " + name + ": "));
    }

    @Test
    @DisplayName("DEL-1 the image carries the Keycloak that the local run and the tests use")
    void version() throws Exception {
        assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("ARG KEYCLOAK_IMAGE=quay.io/keycloak/keycloak:" + Home.KEYCLOAK_VERSION + "\n");
    }
}
