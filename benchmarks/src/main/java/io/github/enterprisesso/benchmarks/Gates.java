package io.github.enterprisesso.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;

/**
 * What the gates of the SSO policy cost: a login through an enterprise provider and a refresh, without the bundle, in a realm
 * that is OFF and in one that is enforced, in turns, on two servers that run at once. Arguments as for {@link AtScale}, the
 * last one is the number of rounds. Prints a Markdown table.
 */
public final class Gates {

    private static final int WARM_UP = 50;

    /** Both servers have two realms to serve, so that neither is warmer; how far the two differ is the noise. */
    private static final String AGAIN = "without the bundle, again";

    private Gates() {}

    public static void main(String[] arguments) throws IOException, InterruptedException, SQLException {
        if (arguments.length != 4) {
            System.err.println("Arguments: <distribution> <bundle> <directory> <rounds>");
            System.exit(2);
        }
        Path distribution = Path.of(arguments[0]);
        Path bundle = Path.of(arguments[1]);
        Path directory = Path.of(arguments[2]);
        int rounds = Integer.parseInt(arguments[3]);
        Path plain = copy(distribution, directory.resolve("plain"));
        Files.deleteIfExists(plain.resolve("providers").resolve(bundle.getFileName()));
        try (Server without = Server.startPlain(plain, directory.resolve("without"));
                Server with = Server.start(distribution, bundle, directory.resolve("with"))) {
            Tenant none = Tenant.create(without, "none", null);
            Tenant again = Tenant.create(without, "again", null);
            Tenant off = Tenant.create(with, "off", "OFF");
            Tenant enforced = Tenant.create(with, "enforced", "ENFORCE");
            Meter meter = () -> without.read().plus(with.read());
            System.out.println(Result.HEADER.replace("time to ours", "time to the first"));
            new Comparison("login through the provider")
                    .variant("without the bundle", round -> none.login())
                    .variant(AGAIN, round -> again.login())
                    .variant("OFF", round -> off.login())
                    .variant("ENFORCE", round -> enforced.login())
                    .print(WARM_UP, rounds, meter);
            String ofNone = none.login().path("refresh_token").asText();
            String ofAgain = again.login().path("refresh_token").asText();
            String ofOff = off.login().path("refresh_token").asText();
            String ofEnforced = enforced.login().path("refresh_token").asText();
            new Comparison("refresh")
                    .variant("without the bundle", round -> none.refresh(ofNone))
                    .variant(AGAIN, round -> again.refresh(ofAgain))
                    .variant("OFF", round -> off.refresh(ofOff))
                    .variant("ENFORCE", round -> enforced.refresh(ofEnforced))
                    .print(WARM_UP, rounds, meter);
        }
    }

    private static Path copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file));
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        return to;
    }
}
