package io.github.enterprisesso.it.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.TestRun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The script and the directory that it works in. */
record LocalRunScript(Path home) {

    private static final Duration LIMIT = Duration.ofMinutes(8);

    /** What a run of the script ended with. */
    record Outcome(int exitCode, String output, Duration taken) {}

    /** Runs the script with {@code --home} and the options to its end. */
    Outcome run(String... options) {
        List<String> command = new ArrayList<>(List.of(
                "bash", TestRun.repositoryRoot().resolve("docker/run-local.sh").toString()));
        command.addAll(List.of("--home", home.toString()));
        command.addAll(List.of(options));
        Path output = home.resolveSibling(home.getFileName() + ".out");
        long start = System.nanoTime();
        try {
            Files.createDirectories(home);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .redirectOutput(output.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError("No end after " + LIMIT + ":\n" + Files.readString(output));
            }
            return new Outcome(
                    process.exitValue(), Files.readString(output), Duration.ofNanos(System.nanoTime() - start));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    Path connectionFile() {
        return home.resolve("connection.json");
    }

    JsonNode connection() {
        try {
            return new ObjectMapper().readTree(connectionFile().toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server that the last run left running, for the clients of the tests. */
    KeycloakServer server(int port) {
        return new Running(this, URI.create("http://localhost:" + port));
    }

    private record Running(LocalRunScript script, URI url) implements KeycloakServer {

        /** 9000 belongs to 8080. */
        @Override
        public URI managementUrl() {
            return URI.create("http://localhost:" + (url.getPort() + 920));
        }

        @Override
        public String log() {
            try {
                return Files.readString(script.home().resolve("keycloak.log"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            script.run("--stop");
        }
    }
}
