package io.github.enterprisesso.localrun;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line of {@code run-local.sh}. This file needs nothing but the JDK, so that the script can run it from source
 * ({@code java Arguments.java --help}) before anything is built.
 */
record Arguments(
        int port, boolean detach, boolean stop, boolean fresh, boolean demo, Optional<Path> home, boolean help) {

    /** Health and metrics are served here: 9000 for the default port 8080, and as far away from any other. */
    static final int MANAGEMENT_PORT_DISTANCE = 920;

    private static final int HIGHEST_PORT = 65_535 - MANAGEMENT_PORT_DISTANCE;

    /** Every option, declared once: its name, what follows it, its default and what it does. */
    enum Option {
        PORT(
                "--port",
                "N",
                "8080",
                "HTTP port on localhost, 1 to " + HIGHEST_PORT + "; the management port is N+"
                        + MANAGEMENT_PORT_DISTANCE),
        DETACH(
                "--detach",
                "",
                "",
                "return when the server is ready and the demo data are in; the server keeps running"),
        STOP("--stop", "", "", "stop the server that runs on this directory"),
        FRESH("--fresh", "", "", "start from an empty database, with new passwords and a new token"),
        NO_DEMO("--no-demo", "", "", "realms, connection and token only: push nobody, enforce nothing"),
        HOME("--home", "DIR", "docker/.local", "where the server, its database and connection.json live"),
        HELP("--help", "", "", "show this text");

        private final String flag;
        private final String value;
        private final String defaultValue;
        private final String help;

        Option(String flag, String value, String defaultValue, String help) {
            this.flag = flag;
            this.value = value;
            this.defaultValue = defaultValue;
            this.help = help;
        }

        private static Optional<Option> of(String flag) {
            return Arrays.stream(values())
                    .filter(option -> option.flag.equals(flag))
                    .findFirst();
        }

        private String usage() {
            String defaults = defaultValue.isEmpty() ? "" : " (default " + defaultValue + ")";
            return String.format("  %-12s %s%s", (flag + " " + value).strip(), help, defaults);
        }
    }

    /** The command line makes no sense; the message says what is allowed. */
    static final class UsageException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private UsageException(String problem) {
            super("run-local.sh: " + problem + "\n\n" + usage());
        }
    }

    /** @throws UsageException for an unknown option, a missing or impossible value, or options that exclude each other */
    static Arguments parse(String... args) {
        Map<Option, String> given = new EnumMap<>(Option.class);
        List<String> rest = new ArrayList<>(Arrays.asList(args));
        while (!rest.isEmpty()) {
            String[] word = rest.remove(0).split("=", 2);
            Option option = Option.of(word[0].equals("-h") ? Option.HELP.flag : word[0])
                    .orElseThrow(() -> new UsageException("unknown option " + word[0]));
            given.put(option, value(option, word, rest));
        }
        Arguments arguments = new Arguments(
                port(given.getOrDefault(Option.PORT, Option.PORT.defaultValue)),
                given.containsKey(Option.DETACH),
                given.containsKey(Option.STOP),
                given.containsKey(Option.FRESH),
                !given.containsKey(Option.NO_DEMO),
                Optional.ofNullable(given.get(Option.HOME)).map(Path::of),
                given.containsKey(Option.HELP));
        if (arguments.stop && (arguments.detach || arguments.fresh || !arguments.demo)) {
            throw new UsageException("--stop goes with no other option than --home");
        }
        return arguments;
    }

    int managementPort() {
        return port + MANAGEMENT_PORT_DISTANCE;
    }

    static String usage() {
        StringBuilder text = new StringBuilder("usage: docker/run-local.sh [options]\n\n")
                .append(
                        "Starts Keycloak with the bundle on this machine, pushes a sample directory through SCIM as Okta does,\n")
                .append("and says where to sign in. Stays in the foreground until Ctrl-C.\n\n");
        for (Option option : Option.values()) {
            text.append(option.usage()).append('\n');
        }
        return text.toString();
    }

    private static String value(Option option, String[] word, List<String> rest) {
        if (option.value.isEmpty()) {
            if (word.length > 1) {
                throw new UsageException(option.flag + " takes no value");
            }
            return "";
        }
        String value = word.length > 1 ? word[1] : rest.isEmpty() ? "" : rest.remove(0);
        if (value.isBlank() || value.startsWith("--")) {
            throw new UsageException(option.flag + " needs a value: " + option.flag + " " + option.value);
        }
        return value;
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 1 && port <= HIGHEST_PORT) {
                return port;
            }
        } catch (NumberFormatException e) {
            // answered below, together with numbers out of range
        }
        throw new UsageException("--port must be a number from 1 to " + HIGHEST_PORT + ", not " + value);
    }

    /** Only checks the command line: exit code 0, 2 with the usage on an error; prints the usage for {@code --help}. */
    public static void main(String... args) {
        try {
            if (parse(args).help()) {
                System.out.print(usage());
            }
        } catch (UsageException e) {
            System.err.print(e.getMessage());
            System.exit(2);
        }
    }
}
