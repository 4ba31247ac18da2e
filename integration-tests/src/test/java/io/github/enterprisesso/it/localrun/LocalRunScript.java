package io.github.enterprisesso.it.localrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.TestRun;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The script and the directory that it works in.
 *
 * @param managementDistance how far the management port is from {@code --port}, as {@code --help} says
 */
record LocalRunScript(Path home, int managementDistance) {

    private static final Duration LIMIT = Duration.ofMinutes(8);

    private static final Pattern MANAGEMENT_PORT = Pattern.compile("the management port is N\\+(\\d+)");

    /** What a run of the script ended with. */
    record Outcome(int exitCode, String output) {}

    static LocalRunScript in(Path home) {
        String help = run(home, "--help").output();
        Matcher port = MANAGEMENT_PORT.matcher(help);
        assertThat(port.find()).as(help).isTrue();
        return new LocalRunScript(home, Integer.parseInt(port.group(1)));
    }

    /** Runs the script with {@code --home} and the options to its end. */
    Outcome run(String... options) {
        return run(home, options);
    }

    private static Outcome run(Path home, String... options) {
        List<String> command = new ArrayList<>(List.of(
                "bash", TestRun.repositoryRoot().resolve("docker/run-local.sh").toString()));
        command.addAll(List.of("--home", home.toString()));
        command.addAll(List.of(options));
        Path output = home.resolveSibling(home.getFileName() + ".out");
        try {
            Files.createDirectories(home);
            ProcessBuilder builder = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
                    .redirectOutput(output.toFile());
            builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
            Process process = builder.start();
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                process.destroy();
                throw new AssertionError("No end after " + LIMIT + ":\n" + Files.readString(output));
            }
            return new Outcome(process.exitValue(), Files.readString(output));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    int managementPort(int port) {
        return port + managementDistance;
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

        @Override
        public URI managementUrl() {
            return URI.create("http://localhost:" + script.managementPort(url.getPort()));
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
