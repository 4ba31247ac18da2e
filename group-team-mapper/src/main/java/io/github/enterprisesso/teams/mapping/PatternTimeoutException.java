package io.github.enterprisesso.teams.mapping;

/** A rule's regular expression ran into its time limit; the group is then left to an administrator. */
public final class PatternTimeoutException extends RuntimeException {

    PatternTimeoutException(String expression) {
        super("regular expression " + expression + " needs longer than " + NamePattern.Regex.TIME_LIMIT.toMillis()
                + " ms");
    }
}
