package io.github.enterprisesso.it.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * An unpacked distribution with the bundle in {@code providers/}, built for one database. Every database has its own,
 * because {@code kc.sh build} writes the database's driver into the installation.
 */
final class Installation {

    /** For tests: starts fast and stays small, which the throughput options of the script do not. */
    private static final String JAVA_OPTS =
            "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xms256m -Xmx1g -Djava.net.preferIPv4Stack=true"
                    + " -Dquarkus.otel.bsp.schedule.delay=100ms";

    /**
     * Routes that Keycloak has switched off by default: Docker v2, token exchange v1 with the permissions that only the
     * older fine-grained permissions can give, credential offers with pre-authorized codes, and certificates
     * from the header of a reverse proxy.
     */
    private static final String ROUTES = "docker,token-exchange,admin-fine-grained-authz:v1,oid4vc-vci,"
            + "oid4vc-vci-preauth-code,oid4vc-vci-rest-credential-offer";

    /** Spans are recorded for who asks for it, and for nobody else: see {@link Spans}. */
    private static final List<String> TRACING = List.of(
            "--tracing-enabled=true", "--tracing-jdbc-enabled=false", "--tracing-sampler-type=parentbased_always_off");

    private final Path home;

    private Installation(Path home) {
        this.home = home;
    }

    static Installation create(Path home, Path distribution, Path bundle, Database database, Path log) {
        try {
            deleteIfExists(home);
            copy(distribution, home);
            Path provider = home.resolve("providers").resolve(bundle.getFileName());
            Files.copy(bundle, provider);
            // kc.sh compares the time of a provider with the time at the build
            Files.setLastModifiedTime(provider, FileTime.from(Instant.EPOCH.plusSeconds(86_400)));
            Installation installation = new Installation(home);
            List<String> arguments =
                    new ArrayList<>(List.of("build", "--health-enabled=true", "--metrics-enabled=true"));
            arguments.add("--features=" + database.features(ROUTES));
            arguments.add("--spi-x509cert-lookup--provider=haproxy");
            arguments.addAll(TRACING);
            arguments.addAll(database.buildOptions());
            Process build = installation.kc(arguments, log);
            if (build.waitFor() != 0) {
                throw new IllegalStateException("kc.sh build failed:\n" + Files.readString(log));
            }
            return installation;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Runs {@code kc.sh} with its output appended to {@code log}. */
    Process kc(List<String> arguments, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(home.resolve("bin/kc.sh").toString());
        command.addAll(arguments);
        ProcessBuilder process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().put("JAVA_OPTS", JAVA_OPTS);
        process.environment()
                .put("JAVA", ProcessHandle.current().info().command().orElse("java"));
        process.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", KeycloakServer.ADMIN_USER);
        process.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", KeycloakServer.ADMIN_PASSWORD);
        return process.start();
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                    throws IOException {
                Files.createDirectories(to.resolve(from.relativize(directory)));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Path relative = from.relativize(file);
                Path target = to.resolve(relative);
                if (relative.startsWith("lib/lib")) {
                    Files.createLink(target, file); // 180 MB that nobody writes to
                } else {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    static void deleteIfExists(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
    }
}
