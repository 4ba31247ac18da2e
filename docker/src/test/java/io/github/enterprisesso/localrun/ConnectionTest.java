package io.github.enterprisesso.localrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionTest {
    @TempDir
    Path directory;

    @Test
    @DisplayName("connection.json is read back as written, and by nobody else")
    void file() throws Exception {
        Path file = directory.resolve("home/connection.json");
        Connection connection = Connection.withNewSecrets("acme")
                .at("http://localhost:8080")
                .with("http://localhost:8080/realms/acme/scim-provisioning/v2", "secret");

        connection.write(file);

        assertThat(Connection.read(file)).contains(connection);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file))
                .contains(
                        "\"baseUrl\"",
                        "\"token\"",
                        "\"realm\"",
                        "\"adminUser\"",
                        "\"adminPassword\"",
                        "\"keycloakUrl\"");
    }

    @Test
    void noFileNoConnection() {
        assertThat(Connection.read(directory.resolve("connection.json"))).isEmpty();
    }

    @Test
    void aDamagedFileSaysWhatToDo() throws Exception {
        Path file = Files.writeString(directory.resolve("connection.json"), "{");

        assertThatThrownBy(() -> Connection.read(file))
                .isInstanceOf(Failure.class)
                .hasMessageContaining("--fresh");
    }
}
