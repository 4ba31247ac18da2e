package io.github.enterprisesso.localrun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ImageTest {
    @Test
    @DisplayName("the image carries the Keycloak that the local run and the tests use")
    void version() throws Exception {
        assertThat(Files.readString(Path.of("Dockerfile")))
                .contains("ARG KEYCLOAK_IMAGE=quay.io/keycloak/keycloak:" + Home.KEYCLOAK_VERSION + "\n");
    }
}
