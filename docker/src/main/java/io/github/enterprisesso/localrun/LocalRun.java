package io.github.enterprisesso.localrun;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code docker/run-local.sh} without the building. Exit codes: 0 done, 1 something failed (said on standard error), 2 wrong usage.
 * The system property {@code localrun.checkout} names the checkout, {@code localrun.terminal} says whether a person is watching.
 */
final class LocalRun {
    private static volatile boolean interrupted;

    private final Arguments arguments;
    private final Home home;
    private final PrintStream out;
    private final Progress progress;

    private LocalRun(Arguments arguments, Home home, PrintStream out, boolean terminal) {
        this.arguments = arguments;
        this.home = home;
        this.out = out;
        this.progress = new Progress(out, terminal);
    }

    public static void main(String... args) {
        PrintStream out = utf8(FileDescriptor.out);
        PrintStream err = utf8(FileDescriptor.err);
        try {
            Arguments arguments = Arguments.parse(args);
            Path checkout = Path.of(System.getProperty("localrun.checkout", ""));
            Path directory = arguments.home().orElse(checkout.resolve("docker/.local"));
            Home home = new Home(
                    checkout.toAbsolutePath(), directory.toAbsolutePath().normalize());
            new LocalRun(arguments, home, out, Boolean.getBoolean("localrun.terminal")).run();
        } catch (Arguments.UsageException e) {
            err.print(e.getMessage());
            System.exit(2);
        } catch (Failure e) {
            // on Ctrl-C whatever was under way fails as well, and that is no news
            if (!interrupted) {
                err.println("run-local.sh: " + e.getMessage());
                System.exit(1);
            }
        }
    }

    private void run() {
        Optional<Server> running = Server.running(home);
        if (arguments.help()) {
            out.print(Arguments.usage());
        } else if (arguments.stop()) {
            running.ifPresentOrElse(this::stop, () -> out.println("Nothing runs on " + home.directory() + "."));
        } else if (running.isPresent()) {
            throw new Failure("already running at " + running.get().url() + " (process "
                    + running.get().pid() + ", data in " + home.directory() + "); end it with --stop");
        } else {
            start();
        }
    }

    private void stop(Server server) {
        progress.step("Stopping Keycloak at " + server.url(), step -> server.stop());
        out.println("Stopped.");
    }

    private void start() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> interrupted = true));
        Server.requireFree(arguments.port(), "HTTP");
        Server.requireFree(arguments.managementPort(), "management");
        boolean firstStart = prepareData();
        Distribution distribution = new Distribution(home, progress);
        distribution.install();

        Connection connection = connection(firstStart).at(Server.url(arguments.port()));
        connection.write(home.connection());
        Map<String, String> environment = firstStart ? importRealms(connection) : Map.of();

        Server server = Server.start(home, distribution, arguments, firstStart, environment);
        Thread stopAtExit = new Thread(() -> stopAtExit(server));
        Runtime.getRuntime().addShutdownHook(stopAtExit);
        progress.step(
                firstStart ? "Starting Keycloak on an empty database" : "Starting Keycloak",
                step -> server.awaitReady(arguments.managementPort()));
        mark(home.seeded());

        setUp(connection, !firstStart);

        if (arguments.detach()) {
            Runtime.getRuntime().removeShutdownHook(stopAtExit);
            out.println("\nReady. Runs in the background (log: " + home.log() + "); --stop ends it.");
            return;
        }
        out.println("\nReady. Ctrl-C stops it (log: " + home.log() + ").");
        server.awaitEnd();
        throw new Failure("Keycloak has ended:\n" + LogTail.of(home.log()));
    }

    /** Runs while the JVM goes down: on Ctrl-C, when something failed, or when the server has ended by itself. */
    private void stopAtExit(Server server) {
        if (server.alive()) {
            out.println("\nStopping Keycloak …");
        }
        server.stop();
    }

    private void setUp(Connection unfinished, boolean mayHaveMoved) {
        JsonHttp http = new JsonHttp();
        AdminApi admin =
                new AdminApi(http, unfinished.keycloakUrl(), unfinished.adminUser(), unfinished.adminPassword());
        Setup setup = new Setup(http, admin, progress);
        if (mayHaveMoved) {
            setup.providersAt(unfinished.keycloakUrl());
        }
        Connection connection = setup.connect(unfinished);
        connection.write(home.connection());
        Summary summary = new Summary(out);
        if (arguments.demo()) {
            setup.demo(home, connection);
            List<JsonNode> users = new OktaClient(http, connection.baseUrl(), connection.token()).importUsers();
            summary.people(users, admin.all(Setup.REALM + "/group-mappings/grants"));
            summary.groups(admin.all(Setup.REALM + "/group-mappings/groups"));
            summary.trials(connection);
        } else {
            setup.noDemo();
        }
        summary.addresses(connection, home.connection(), arguments.managementPort());
    }

    /** @return whether the database is empty: asked for, never used, or left half-made by a first start that was interrupted */
    private boolean prepareData() {
        if (arguments.fresh() || !Files.exists(home.seeded())) {
            Home.deleteTree(home.data());
            delete(home.connection());
            return true;
        }
        return false;
    }

    private Connection connection(boolean firstStart) {
        Optional<Connection> known = Connection.read(home.connection());
        if (known.isEmpty() && !firstStart) {
            throw new Failure(
                    home.connection() + " is gone and with it the passwords of this database; start with --fresh");
        }
        return known.orElseGet(() -> Connection.withNewSecrets(Setup.REALM));
    }

    /** Puts the realms where the server imports them from, and answers what their placeholders stand for. */
    private Map<String, String> importRealms(Connection connection) {
        Path directory = home.data().resolve("import");
        try {
            Files.createDirectories(directory);
            for (String realm : List.of(Setup.REALM, Setup.PROVIDER, Setup.SOCIAL)) {
                String file = realm + "-realm.json";
                Files.copy(home.realms().resolve(file), directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException e) {
            throw new Failure("the realms cannot be put into " + directory + ": " + e, e);
        }
        Map<String, String> environment = new HashMap<>();
        environment.put("KEYCLOAK_URL", connection.keycloakUrl());
        environment.put("OKTA_CLIENT_SECRET", Secrets.opaque());
        environment.put("SOCIAL_CLIENT_SECRET", Secrets.opaque());
        environment.put("DEMO_PASSWORD", connection.demoPassword());
        environment.put("KC_BOOTSTRAP_ADMIN_USERNAME", connection.adminUser());
        environment.put("KC_BOOTSTRAP_ADMIN_PASSWORD", connection.adminPassword());
        return environment;
    }

    private static void mark(Path file) {
        try {
            if (!Files.exists(file)) {
                Files.createFile(file);
            }
        } catch (IOException e) {
            throw new Failure(file + " cannot be written: " + e, e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new Failure(file + " cannot be deleted: " + e, e);
        }
    }

    /** Names of people are not ASCII, whatever the locale of the terminal says. */
    private static PrintStream utf8(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
    }
}
