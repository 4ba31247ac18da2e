package io.github.enterprisesso.localrun;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The one Keycloak of a {@link Home}: started, waited for, found again by a later run, stopped. */
final class Server {
    private static final Duration START_LIMIT = Duration.ofMinutes(5);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(30);
    private static final Duration POLL = Duration.ofMillis(150);
    private static final long START_TIME_DRIFT_MILLIS = 5_000;

    /** Quick to start and small; a server under load wants Keycloak's own defaults instead. */
    private static final String JAVA_OPTS =
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms256m -Xmx768m -XX:MaxMetaspaceSize=384m -Dfile.encoding=UTF-8 "
                    + "-XX:+ExitOnOutOfMemoryError -Djava.security.egd=file:/dev/urandom";

    private final Home home;
    private final ProcessHandle process;
    private final int port;

    private Server(Home home, ProcessHandle process, int port) {
        this.home = home;
        this.process = process;
        this.port = port;
    }

    /** The server that an earlier run left running on this home. */
    static Optional<Server> running(Home home) {
        if (!Files.exists(home.serverRecord())) {
            return Optional.empty();
        }
        Properties saved = new Properties();
        try (InputStream in = Files.newInputStream(home.serverRecord())) {
            saved.load(in);
            long pid = Long.parseLong(saved.getProperty("pid"));
            long started = Long.parseLong(saved.getProperty("started"));
            int port = Integer.parseInt(saved.getProperty("port"));
            // A process id is used again some day; the time of its start tells whether it is still the same process.
            // Linux derives that time from a boot time which drifts with the clock.
            return ProcessHandle.of(pid)
                    .filter(ProcessHandle::isAlive)
                    .filter(handle -> Math.abs(started(handle) - started) < START_TIME_DRIFT_MILLIS)
                    .map(handle -> new Server(home, handle, port));
        } catch (IOException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    static void requireFree(int port, String what) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), port));
        } catch (IOException e) {
            throw new Failure("port " + port + " (" + what + ") is in use; choose another with --port N " + "(N and N+"
                    + Arguments.MANAGEMENT_PORT_DISTANCE + " must both be free)");
        }
    }

    /**
     * Starts the server; returns at once.
     *
     * @param importRealms first start: make the realms of {@code data/import}
     * @param environment what the realms' placeholders and Keycloak's bootstrap read
     */
    static Server start(
            Home home,
            Distribution distribution,
            Arguments arguments,
            boolean importRealms,
            Map<String, String> environment) {
        List<String> options = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--cache=local",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + arguments.port(),
                "--http-management-port=" + arguments.managementPort(),
                "--hostname=" + url(arguments.port()),
                "--log-level=INFO,io.smallrye.health:ERROR"));
        if (importRealms) {
            options.add("--import-realm");
        }
        // nohup: a detached server outlives the terminal
        ProcessBuilder builder = distribution.kc(List.of("nohup"), options);
        builder.environment().put("JAVA_OPTS", JAVA_OPTS);
        builder.environment().putAll(environment);
        try {
            ProcessHandle process = builder.redirectOutput(
                            Redirect.to(home.log().toFile()))
                    .start()
                    .toHandle();
            Server server = new Server(home, process, arguments.port());
            server.save();
            return server;
        } catch (IOException e) {
            throw new Failure("Keycloak cannot be started: " + e, e);
        }
    }

    static String url(int port) {
        return "http://localhost:" + port;
    }

    String url() {
        return url(port);
    }

    boolean alive() {
        return process.isAlive();
    }

    String pid() {
        return String.valueOf(process.pid());
    }

    /** Waits for the readiness check on the management port: the log says "Listening" too early. */
    void awaitReady(int managementPort) {
        Instant limit = Instant.now().plus(START_LIMIT);
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + "/health/ready"))
                .timeout(Duration.ofSeconds(5))
                .build();
        while (!ready(client, request)) {
            if (endsWithin(POLL)) {
                throw new Failure("Keycloak did not start:\n" + LogTail.of(home.log()));
            }
            if (Instant.now().isAfter(limit)) {
                throw new Failure("Keycloak is not ready after " + START_LIMIT.toMinutes() + " minutes:\n"
                        + LogTail.of(home.log()));
            }
        }
    }

    /** Waits until the process has ended, whoever ended it. */
    void awaitEnd() {
        try {
            process.onExit().get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks the server to end and waits for it; after half a minute it is not asked any more. */
    void stop() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process);
        CompletableFuture<?> end =
                CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture<?>[]::new));
        process.destroy();
        try {
            end.get(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            all.forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
        forget();
    }

    private static boolean ready(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    private boolean endsWithin(Duration time) {
        try {
            process.onExit().get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private void save() throws IOException {
        Properties saved = new Properties();
        saved.setProperty("pid", pid());
        saved.setProperty("started", String.valueOf(started(process)));
        saved.setProperty("port", String.valueOf(port));
        try (OutputStream out = Files.newOutputStream(home.serverRecord())) {
            saved.store(out, "the server that runs on this directory");
        }
    }

    private void forget() {
        try {
            Files.deleteIfExists(home.serverRecord());
        } catch (IOException e) {
            throw new Failure(home.serverRecord() + " cannot be deleted: " + e, e);
        }
    }

    private static long started(ProcessHandle handle) {
        return handle.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }
}
