package io.github.enterprisesso.it.browser;

import io.github.enterprisesso.it.server.TestRun;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a Chromium is found: {@code $CHROMIUM} (a path, or {@code npm} for the package), else the system's, else the npm package {@code @sparticuz/chromium},
 * which carries a browser for Linux on x86-64 with its libraries and so needs nothing but Node.
 *
 * @param environment what the browser's process needs beside the usual environment
 */
record Chromium(Path executable, Map<String, String> environment) {

    /** The newest line that still runs on Node 20. */
    private static final String NPM_PACKAGE = "@sparticuz/chromium@143.0.0";

    /** The package unpacks the libraries it carries only where it takes the machine for AWS Lambda. */
    private static final String LAMBDA = "AWS_Lambda_nodejs20.x";

    /** A page without any font ends the browser: the package's own fonts, beside whatever the machine has. */
    private static final String FONTS = """
            <?xml version="1.0"?>
            <!DOCTYPE fontconfig SYSTEM "fonts.dtd">
            <fontconfig>
              <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
              <dir>%s</dir>
            </fontconfig>
            """;

    private static final List<String> SYSTEM_NAMES = List.of("chromium", "chromium-browser", "google-chrome");

    private static final List<Path> MAC_APPLICATIONS = List.of(
            Path.of("/Applications/Chromium.app/Contents/MacOS/Chromium"),
            Path.of("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"));

    static Chromium find() {
        return fromEnvironment().or(Chromium::fromSystem).orElseGet(Chromium::fromNpm);
    }

    private static Optional<Chromium> fromEnvironment() {
        return Optional.ofNullable(System.getenv("CHROMIUM"))
                .map(path -> "npm".equals(path) ? fromNpm() : new Chromium(Path.of(path), Map.of()));
    }

    private static Optional<Chromium> fromSystem() {
        Stream<Path> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(directory -> SYSTEM_NAMES.stream().map(name -> Path.of(directory, name)));
        return Stream.concat(onPath, MAC_APPLICATIONS.stream())
                .filter(Files::isExecutable)
                .findFirst()
                .map(path -> new Chromium(path, Map.of()));
    }

    private static Chromium fromNpm() {
        Path directory = TestRun.workDirectory().resolve("chromium");
        Path unpacked = directory.resolve("unpacked");
        try {
            Files.createDirectories(unpacked);
            run(directory, "npm", "install", "--no-save", "--no-package-lock", "--prefix", ".", NPM_PACKAGE);
            run(directory, "node", "-e", "import('@sparticuz/chromium').then(c => c.default.executablePath())");
            Files.writeString(unpacked.resolve("fonts.conf"), FONTS.formatted(unpacked.resolve("fonts")));
        } catch (IOException e) {
            throw new UncheckedIOException("The browser tests need a Chromium or Node with npm", e);
        }
        return new Chromium(
                unpacked.resolve("chromium"),
                Map.of(
                        "LD_LIBRARY_PATH", unpacked.resolve("al2023/lib").toString(),
                        "FONTCONFIG_FILE", unpacked.resolve("fonts.conf").toString()));
    }

    private static void run(Path directory, String... command) throws IOException {
        Path log = directory.resolve("install.log");
        ProcessBuilder process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        process.environment().put("TMPDIR", directory.resolve("unpacked").toString());
        process.environment().put("AWS_EXECUTION_ENV", LAMBDA);
        try {
            if (process.start().waitFor() != 0) {
                throw new IOException(String.join(" ", command) + " failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
