package io.github.enterprisesso.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The distribution on a database: the first node, and further ones of the same cluster. */
public final class Deployment implements AutoCloseable {

    private final Path directory;
    private final Database database;
    private final Installation installation;
    private final KeycloakServer first;
    private int nodes;

    private Deployment(Path directory, Database database, Installation installation) {
        this.directory = directory;
        this.database = database;
        this.installation = installation;
        this.first = anotherNode();
    }

    static Deployment start() {
        String kind = TestRun.database();
        Path directory = TestRun.workDirectory().resolve("servers").resolve(kind.toLowerCase());
        try {
            Installation.deleteIfExists(directory);
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Database database = Database.start(kind, directory);
        Installation installation = Installation.create(
                directory.resolve("keycloak"),
                TestRun.distribution(),
                TestRun.bundle(),
                database.buildOptions(),
                directory.resolve("build.log"));
        return new Deployment(directory, database, installation);
    }

    KeycloakServer first() {
        return first;
    }

    /** Starts one more node on the same database; on PostgreSQL the nodes form a cluster. The caller closes it. */
    public KeycloakServer anotherNode() {
        return LocalServer.start(installation, database, directory.resolve("node-" + ++nodes + ".log"));
    }

    /** What the nodes ask of the database; on PostgreSQL only. */
    public Statements statements() {
        if (database instanceof Database.PostgreSql postgreSql) {
            return Statements.of(postgreSql.dataSource());
        }
        throw new IllegalStateException("Statements are counted on PostgreSQL only");
    }

    @Override
    public void close() {
        first.close();
        database.close();
    }
}
