package io.github.enterprisesso.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One node: a {@code kc.sh start --optimized} process on loopback, with free ports and a log file of its own. */
final class LocalServer implements KeycloakServer {

    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final Process process;
    private final int port;
    private final int managementPort;
    private final Path log;

    private LocalServer(Process process, int port, int managementPort, Path log) {
        this.process = process;
        this.port = port;
        this.managementPort = managementPort;
        this.log = log;
    }

    static LocalServer start(Installation installation, Database database, Path log, List<String> options) {
        int port = FreePorts.next();
        int managementPort = FreePorts.next();
        List<String> arguments = new ArrayList<>(List.of(
                "start",
                "--optimized",
                "--http-enabled=true",
                "--http-host=127.0.0.1",
                "--http-port=" + port,
                "--http-management-port=" + managementPort,
                "--hostname-strict=false",
                "--spi-required-action--enforce-sso--exemption-interval=2",
                "--spi-realm-restapi-extension--scim-provisioning--housekeeping-interval=10",
                "--spi-ciba-auth-channel--ciba-http-auth-channel--http-authentication-channel-uri="
                        + AuthenticationDevice.channel(),
                "--spi-x509cert-lookup--haproxy--ssl-client-cert=" + CLIENT_CERTIFICATE_HEADER,
                "--spi-x509cert-lookup--haproxy--certificate-chain-length=0",
                "--spi-login-protocol--openid-connect--allow-client-initiated-account-linking=true",
                "--tracing-endpoint=" + Spans.endpoint(),
                "--tracing-protocol=http/protobuf",
                "--tracing-infinispan-enabled=false"));
        arguments.addAll(database.startOptions());
        arguments.addAll(options);
        if (database instanceof Database.PostgreSql) {
            arguments.add("--cache-embedded-network-bind-port=" + FreePorts.next());
        }
        try {
            Files.deleteIfExists(log);
            Process process = installation.kc(arguments, log);
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            LocalServer server = new LocalServer(process, port, managementPort, log);
            server.awaitReady();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The log's "Listening" comes seconds too early: only the health check says that requests are served. */
    private void awaitReady() {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest ready =
                HttpRequest.newBuilder(managementUrl().resolve("/health/ready")).build();
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < end) {
            try {
                if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                    return;
                }
            } catch (IOException notYet) {
                // nobody listens so far
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
            try {
                if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("Keycloak ended at start:\n" + log());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
        process.destroyForcibly();
        throw new IllegalStateException("Keycloak is not ready after " + START_LIMIT + ":\n" + log());
    }

    @Override
    public URI url() {
        return URI.create("http://localhost:" + port);
    }

    @Override
    public URI managementUrl() {
        return URI.create("http://localhost:" + managementPort);
    }

    @Override
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What {@code kill -9} does. */
    void kill() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
