package io.github.enterprisesso.localrun;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Properties;

/** Where things are: what the build made in the checkout, and the directory that the server and its data live in. */
record Home(Path checkout, Path directory) {

    /** The Keycloak to run: the parent POM's {@code keycloak.runtime.version}. */
    static final String KEYCLOAK_VERSION = keycloakVersion();

    Path bundle() {
        return checkout.resolve("bundle/target/keycloak-enterprise-sso.jar");
    }

    Path zip() {
        return checkout.resolve("docker/target/keycloak/keycloak-quarkus-dist-" + KEYCLOAK_VERSION + ".zip");
    }

    Path realms() {
        return checkout.resolve("docker/realms");
    }

    Path directoryFile() {
        return realms().resolve("okta-realm.json");
    }

    Path keycloak() {
        return directory.resolve("keycloak-" + KEYCLOAK_VERSION);
    }

    Path data() {
        return keycloak().resolve("data");
    }

    /** There once the first start came to its end: the database is whole. */
    Path seeded() {
        return data().resolve("seeded");
    }

    /** The directory as it was pushed last. */
    Path pushed() {
        return data().resolve("pushed");
    }

    Path connection() {
        return directory.resolve("connection.json");
    }

    Path serverRecord() {
        return directory.resolve("server.properties");
    }

    Path log() {
        return directory.resolve("keycloak.log");
    }

    Path buildLog() {
        return directory.resolve("keycloak-build.log");
    }

    static void deleteTree(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try {
            Files.walkFileTree(tree, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    Files.delete(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
                    Files.delete(directory);
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new Failure(tree + " cannot be deleted: " + e, e);
        }
    }

    private static String keycloakVersion() {
        try (InputStream in = Home.class.getResourceAsStream("versions.properties")) {
            Properties versions = new Properties();
            versions.load(in);
            return versions.getProperty("keycloak");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
