package io.github.enterprisesso.localrun;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Keycloak's distribution in {@link Home}, with the bundle in its {@code providers/}, built for an optimized start. */
final class Distribution {
    /** Build-time options: changing one needs a new {@code kc.sh build}. */
    private static final List<String> BUILD_OPTIONS = List.of("--db=dev-file", "--health-enabled=true");

    private final Home home;
    private final Progress progress;

    Distribution(Home home, Progress progress) {
        this.home = home;
        this.progress = progress;
    }

    /** Brings the installation up to date; does nothing when it is. */
    void install() {
        try {
            unpack();
            String wanted = fingerprint();
            Path built = home.keycloak().resolve("built");
            if (Files.exists(built) && Files.readString(built).equals(wanted)) {
                return;
            }
            Files.deleteIfExists(built);
            putBundle();
            build();
            Files.writeString(built, wanted);
        } catch (IOException e) {
            throw new Failure("Keycloak cannot be installed in " + home.directory() + ": " + e, e);
        }
    }

    /** A command of {@code bin/kc.sh}, with this JVM's Java and without settings that belong to some other Keycloak. */
    ProcessBuilder kc(List<String> prefix, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(home.keycloak().resolve("bin/kc.sh").toString());
        command.addAll(arguments);
        ProcessBuilder process =
                new ProcessBuilder(command).directory(home.keycloak().toFile());
        process.redirectInput(Redirect.from(Path.of("/dev/null").toFile())).redirectErrorStream(true);
        Map<String, String> environment = process.environment();
        environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA"));
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        return process;
    }

    private void unpack() throws IOException {
        if (Files.exists(home.keycloak())) {
            return;
        }
        // beside its place and moved there at the end: an interrupted run leaves no half Keycloak behind
        Path next = home.directory().resolve("unpacking");
        Home.deleteTree(next);
        Files.createDirectories(next);
        progress.step("Unpacking Keycloak " + Home.KEYCLOAK_VERSION, step -> {
            try (InputStream in = Files.newInputStream(home.zip());
                    ZipInputStream zip = new ZipInputStream(in)) {
                for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                    unpack(zip, entry, next);
                }
            }
        });
        Files.move(next.resolve(home.keycloak().getFileName()), home.keycloak());
        Home.deleteTree(next);
    }

    private static void unpack(ZipInputStream zip, ZipEntry entry, Path directory) throws IOException {
        Path target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
            throw new IOException("an entry of the distribution lies outside of it: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        Files.copy(zip, target);
        if (entry.getName().endsWith(".sh")) {
            Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** The old JAR goes first: {@code start --optimized} compares modification times with those at build time. */
    private void putBundle() throws IOException {
        Path providers = home.keycloak().resolve("providers");
        try (Stream<Path> files = Files.list(providers)) {
            for (Path jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                Files.delete(jar);
            }
        }
        Files.copy(home.bundle(), providers.resolve(home.bundle().getFileName()), StandardCopyOption.REPLACE_EXISTING);
    }

    private void build() throws IOException {
        List<String> arguments = new ArrayList<>(List.of("build"));
        arguments.addAll(BUILD_OPTIONS);
        progress.step("Building Keycloak with the bundle (about half a minute)", step -> {
            Process process = kc(List.of(), arguments)
                    .redirectOutput(Redirect.to(home.buildLog().toFile()))
                    .start();
            Thread hook = new Thread(process::destroy);
            Runtime.getRuntime().addShutdownHook(hook);
            if (exitOf(process) != 0) {
                throw new Failure("kc.sh build failed:\n" + LogTail.of(home.buildLog()));
            }
            Runtime.getRuntime().removeShutdownHook(hook);
        });
    }

    private static int exitOf(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure("interrupted", e);
        }
    }

    private String fingerprint() throws IOException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(home.bundle()));
            return HexFormat.of().formatHex(digest) + " " + String.join(" ", BUILD_OPTIONS) + "\n";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
