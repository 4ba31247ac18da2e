package io.github.enterprisesso.teams.mapping;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;

/** Which group names a rule is for. */
public sealed interface NamePattern permits NamePattern.MatchAll, NamePattern.Prefix, NamePattern.Regex {

    /**
     * @throws PatternTimeoutException when a regular expression needs longer than {@link Regex#TIME_LIMIT}
     */
    boolean matches(String groupName);

    /** Every group. */
    record MatchAll() implements NamePattern {
        @Override
        public boolean matches(String groupName) {
            return true;
        }
    }

    /** Names that begin with the prefix, whatever the case: {@code eng-} is for {@code ENG-DevOps}. */
    record Prefix(String prefix) implements NamePattern {
        public Prefix {
            if (prefix == null || prefix.isBlank()) {
                throw new IllegalArgumentException("a prefix of at least one character is needed");
            }
        }

        @Override
        public boolean matches(String groupName) {
            return groupName.toLowerCase(Locale.ROOT).startsWith(prefix.toLowerCase(Locale.ROOT));
        }
    }

    /** Names in which the expression is found; {@code ^} and {@code $} anchor it. Case counts, {@code (?i)} turns that off. */
    record Regex(Pattern pattern) implements NamePattern {

        /** A name is short: an expression that needs longer is a runaway, not a slow one. */
        static final Duration TIME_LIMIT = Duration.ofMillis(100);

        /** A pause of the machine is no runaway: that reads far more characters than any other expression in its whole time. */
        private static final int READS = 50_000;

        private static final List<String> PROBES = List.of("a", "0", "a-");

        /**
         * @throws IllegalArgumentException with a text for administrators when the expression does not compile
         */
        public static Regex compile(String expression) {
            if (expression == null || expression.isBlank()) {
                throw new IllegalArgumentException("a regular expression is needed");
            }
            try {
                return new Regex(Pattern.compile(expression));
            } catch (PatternSyntaxException e) {
                throw new IllegalArgumentException("is no regular expression: " + e.getDescription(), e);
            }
        }

        /**
         * Whether it runs away on a harmless name: one of the letters and digits that it is made of, over and over. By the clock, so
         * asked only when an administrator saves it.
         */
        public boolean runsAway() {
            Stream<String> own = pattern.pattern()
                    .codePoints()
                    .filter(Character::isLetterOrDigit)
                    .distinct()
                    .mapToObj(Character::toString);
            try {
                Stream.concat(PROBES.stream(), own)
                        .distinct()
                        .forEach(part -> matches(part.repeat(64 / part.length()) + "!"));
                return false;
            } catch (PatternTimeoutException e) {
                return true;
            }
        }

        @Override
        public boolean matches(String groupName) {
            return matches(groupName, TIME_LIMIT);
        }

        boolean matches(String groupName, Duration limit) {
            return pattern.matcher(new TimedName(groupName, new Stopwatch(limit, pattern)))
                    .find();
        }

        /** What one question has cost so far. */
        private static final class Stopwatch {
            private final long deadline;
            private final Pattern pattern;
            private int reads;

            private Stopwatch(Duration limit, Pattern pattern) {
                this.deadline = System.nanoTime() + limit.toNanos();
                this.pattern = pattern;
            }

            private void read() {
                if (++reads > READS && System.nanoTime() - deadline > 0) {
                    throw new PatternTimeoutException(pattern.pattern());
                }
            }
        }

        /** The matcher reads every character through here, so this is where a runaway can be stopped. */
        private record TimedName(CharSequence name, Stopwatch stopwatch) implements CharSequence {
            @Override
            public char charAt(int index) {
                stopwatch.read();
                return name.charAt(index);
            }

            @Override
            public int length() {
                return name.length();
            }

            @Override
            public CharSequence subSequence(int start, int end) {
                return new TimedName(name.subSequence(start, end), stopwatch);
            }

            @Override
            public String toString() {
                return name.toString();
            }
        }
    }
}
