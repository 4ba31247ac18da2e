package io.github.enterprisesso.benchmarks;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * PostgreSQL and one Keycloak in its production profile with its own JVM options, with Keycloak's own SCIM API and mostly our bundle.
 * Both write below one directory.
 */
final class Server implements Meter, AutoCloseable {

    static final String ADMIN = "root";
    static final String PASSWORD = "root-password";

    private static final Duration START_LIMIT = Duration.ofMinutes(10);

    private final EmbeddedPostgres postgres;
    private final Connection database;
    private final ProcessHandle postmaster;
    private final Process keycloak;
    private final int port;

    private Server(
            EmbeddedPostgres postgres, Connection database, ProcessHandle postmaster, Process keycloak, int port) {
        this.postgres = postgres;
        this.database = database;
        this.postmaster = postmaster;
        this.keycloak = keycloak;
        this.port = port;
    }

    /** @param distribution an unpacked distribution that nobody else uses; gets the bundle and is built */
    static Server start(Path distribution, Path bundle, Path directory)
            throws IOException, InterruptedException, SQLException {
        Files.copy(
                bundle,
                distribution.resolve("providers").resolve(bundle.getFileName()),
                StandardCopyOption.REPLACE_EXISTING);
        return startPlain(distribution, directory);
    }

    /** @param distribution is built with what it has in {@code providers} */
    static Server startPlain(Path distribution, Path directory) throws IOException, InterruptedException, SQLException {
        Files.createDirectories(directory);
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgresql"))
                .setServerConfig("shared_preload_libraries", "pg_stat_statements")
                .setServerConfig("shared_buffers", "512MB")
                .setPGStartupWait(Duration.ofMinutes(1))
                .start();
        try {
            return start(distribution, directory, postgres);
        } catch (IOException | InterruptedException | SQLException | RuntimeException e) {
            postgres.close();
            throw e;
        }
    }

    private static Server start(Path distribution, Path directory, EmbeddedPostgres postgres)
            throws IOException, InterruptedException, SQLException {
        Path log = directory.resolve("keycloak.log");
        Process build = kc(
                distribution,
                log,
                List.of("build", "--db=postgres", "--features=scim-api", "--health-enabled=true", "--cache=local"));
        if (build.waitFor() != 0) {
            throw new IllegalStateException("kc.sh build failed, see " + log);
        }
        int port = freePort();
        int managementPort = freePort();
        Process keycloak = kc(
                distribution,
                log,
                List.of(
                        "start",
                        "--optimized",
                        "--http-enabled=true",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--http-management-port=" + managementPort,
                        "--hostname=http://localhost:" + port,
                        "--db-url=" + postgres.getJdbcUrl("postgres", "postgres"),
                        "--db-username=postgres",
                        "--db-password=postgres"));
        Runtime.getRuntime().addShutdownHook(new Thread(keycloak::destroyForcibly));
        awaitReady(keycloak, managementPort, log);
        Connection database = postgres.getPostgresDatabase().getConnection();
        try (Statement statement = database.createStatement()) {
            statement.execute("create extension if not exists pg_stat_statements");
        }
        String pid = Files.readAllLines(directory.resolve("postgresql/postmaster.pid"))
                .get(0)
                .trim();
        ProcessHandle postmaster = ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
        return new Server(postgres, database, postmaster, keycloak, port);
    }

    private static Process kc(Path distribution, Path log, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(distribution.resolve("bin/kc.sh").toString());
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment()
                .put("JAVA", ProcessHandle.current().info().command().orElse("java"));
        process.environment().put("JAVA_OPTS_KC_HEAP", "-Xms1g -Xmx1500m");
        process.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", ADMIN);
        process.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", PASSWORD);
        return process.start();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static void awaitReady(Process keycloak, int port, Path log) throws InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/health/ready"))
                .build();
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // nobody listens so far
            }
            if (keycloak.waitFor(200, TimeUnit.MILLISECONDS)) {
                break;
            }
        }
        throw new IllegalStateException("Keycloak does not start, see " + log);
    }

    String url() {
        return "http://localhost:" + port;
    }

    Connection database() {
        return database;
    }

    @Override
    public Reading read() {
        try (Statement statement = database.createStatement();
                ResultSet calls = statement.executeQuery("select coalesce(sum(calls), 0) from pg_stat_statements"
                        + " where query not like '%pg_stat_statements%'")) {
            calls.next();
            return new Reading(cpu(), calls.getLong(1));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private long cpu() {
        try (Stream<ProcessHandle> ofKeycloak = keycloak.descendants();
                Stream<ProcessHandle> ofPostgres = postmaster.descendants()) {
            return Stream.of(Stream.of(keycloak.toHandle(), postmaster), ofKeycloak, ofPostgres)
                    .flatMap(processes -> processes)
                    .flatMap(process -> process.info().totalCpuDuration().stream())
                    .mapToLong(Duration::toMillis)
                    .sum();
        }
    }

    @Override
    public void close() throws IOException, SQLException {
        database.close();
        keycloak.destroy();
        try {
            if (!keycloak.waitFor(30, TimeUnit.SECONDS)) {
                keycloak.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        postgres.close();
    }
}
