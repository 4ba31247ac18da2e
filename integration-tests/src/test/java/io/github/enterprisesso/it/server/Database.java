package io.github.enterprisesso.it.server;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** The database below a server, with the options by which {@code kc.sh} is told of it. */
public sealed interface Database extends AutoCloseable {

    /** Options that are fixed by {@code kc.sh build}. */
    List<String> buildOptions();

    /** The features that are switched on, beside those that every server of the tests has. */
    default String features(String always) {
        return always;
    }

    /** Options of {@code kc.sh start}. */
    List<String> startOptions();

    @Override
    void close();

    /** The kind of database by its name in the build: {@code POSTGRESQL} or {@code H2}. */
    static Database start(String kind, Path directory) {
        return switch (kind) {
            case "POSTGRESQL" -> PostgreSql.start(directory);
            case "H2" -> new H2(directory);
            default -> throw new IllegalArgumentException("database: " + kind + "; allowed are POSTGRESQL and H2");
        };
    }

    /**
     * The embedded database that a newcomer's first server has: one file, one node, no cluster. Its server has Keycloak's own
     * SCIM API on, which the others have not.
     */
    record H2(Path directory) implements Database {

        @Override
        public List<String> buildOptions() {
            return List.of("--db=dev-file", "--cache=local");
        }

        @Override
        public List<String> startOptions() {
            return List.of("--db-url=jdbc:h2:file:" + directory.resolve("keycloakdb") + ";NON_KEYWORDS=VALUE");
        }

        @Override
        public void close() {}
    }

    /** A PostgreSQL server of its own, from the binaries in the Maven registry; servers on it form a cluster. */
    final class PostgreSql implements Database {

        private final EmbeddedPostgres server;

        private PostgreSql(EmbeddedPostgres server) {
            this.server = server;
        }

        static PostgreSql start(Path directory) {
            try {
                return new PostgreSql(EmbeddedPostgres.builder()
                        .setDataDirectory(directory.resolve("postgresql"))
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("fsync", "off")
                        .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                        .setPGStartupWait(Duration.ofMinutes(1))
                        .start());
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL does not start", e);
            }
        }

        /** Direct access to one of its databases, past the server. */
        DataSource dataSource(String database) {
            return server.getDatabase("postgres", database);
        }

        @Override
        public List<String> buildOptions() {
            return List.of("--db=postgres", "--cache=ispn");
        }

        /** With Keycloak's own SCIM API beside ours; on the embedded database ours is alone. */
        @Override
        public String features(String always) {
            return always + ",scim-api";
        }

        @Override
        public List<String> startOptions() {
            return Stream.concat(
                            options(Deployment.MAIN).stream(),
                            Stream.of("--db-pool-max-size=30", "--cache-embedded-network-bind-address=127.0.0.1"))
                    .toList();
        }

        /** Options by which {@code kc.sh} is told of one of its databases. */
        List<String> options(String database) {
            return List.of(
                    "--db-url=" + server.getJdbcUrl("postgres", database),
                    "--db-username=postgres",
                    "--db-password=postgres");
        }

        @Override
        public void close() {
            try {
                server.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
