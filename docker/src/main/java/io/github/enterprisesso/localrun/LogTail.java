package io.github.enterprisesso.localrun;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The end of a log, for an error message. */
final class LogTail {
    private static final int LINES = 20;

    private LogTail() {}

    static String of(Path log) {
        try {
            List<String> lines = Files.readAllLines(log);
            String tail = String.join("\n", lines.subList(Math.max(0, lines.size() - LINES), lines.size()));
            return tail + "\nThe whole log: " + log;
        } catch (MalformedInputException e) {
            return "See " + log;
        } catch (IOException e) {
            return "(no log at " + log + ")";
        }
    }
}
