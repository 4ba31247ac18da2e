package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * What one needs to talk to this server, kept in {@code connection.json} (readable by its owner alone): the SCIM base URL and token,
 * the administrator of the server, and the one password of all demo accounts. URLs and token are absent until the server is ready.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
record Connection(
        String baseUrl,
        String token,
        String realm,
        String adminUser,
        String adminPassword,
        String keycloakUrl,
        String demoPassword) {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    static Connection withNewSecrets(String realm) {
        return new Connection(null, null, realm, "admin", Secrets.typeable(), null, Secrets.typeable());
    }

    Connection at(String newKeycloakUrl) {
        return new Connection(baseUrl, token, realm, adminUser, adminPassword, newKeycloakUrl, demoPassword);
    }

    Connection with(String newBaseUrl, String newToken) {
        return new Connection(newBaseUrl, newToken, realm, adminUser, adminPassword, keycloakUrl, demoPassword);
    }

    static Optional<Connection> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file.toFile(), Connection.class));
        } catch (IOException e) {
            throw new Failure(file + " cannot be read (" + e.getMessage() + "); start with --fresh", e);
        }
    }

    /** Replaces the file at once, so that a reader never sees half of it or finds it open to others. */
    void write(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.createTempFile(
                    file.getParent(),
                    "connection",
                    ".json",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(next, JSON.writeValueAsString(this) + "\n");
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new Failure(file + " cannot be written: " + e, e);
        }
    }
}
