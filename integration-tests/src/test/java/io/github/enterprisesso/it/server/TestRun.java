package io.github.enterprisesso.it.server;

import java.nio.file.Path;

/** What the build tells the tests, as system properties of the failsafe plugin. */
public final class TestRun {

    private TestRun() {}

    /** The unpacked distribution of Keycloak. */
    public static Path distribution() {
        return Path.of(property("keycloak.distribution"));
    }

    /** The JAR under test. */
    public static Path bundle() {
        return Path.of(property("bundle.jar"));
    }

    static String serverKind() {
        return property("server.kind");
    }

    static String database() {
        return property("database");
    }

    /** The image under test, with server kind {@code container}. */
    static String image() {
        return property("keycloak.image");
    }

    /** Keycloak's version at run time, for example {@code 26.7.3}. */
    public static String keycloakVersion() {
        return property("keycloak.version");
    }

    /** {@code integration-tests/target}: logs, screenshots, servers. */
    public static Path workDirectory() {
        return Path.of(property("work.directory"));
    }

    /** The root of the repository. */
    public static Path repositoryRoot() {
        return Path.of(property("repository.root"));
    }

    private static String property(String name) {
        String value = System.getProperty(name);
        if (value == null) {
            throw new IllegalStateException("System property " + name + " is missing: run the tests by mvn verify");
        }
        return value;
    }
}
