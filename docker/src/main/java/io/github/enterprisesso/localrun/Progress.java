package io.github.enterprisesso.localrun;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * Says what is going on. On a terminal the line of a step counts its seconds; elsewhere a step is one line when it begins and, if it
 * took a second or more, one when it ends.
 */
final class Progress {
    private static final Duration NOTABLE = Duration.ofSeconds(1);

    private final PrintStream out;
    private final boolean terminal;

    Progress(PrintStream out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** A step under way; {@link #detail} may be called from the step itself. */
    final class Step {
        private final Instant start = Instant.now();
        private final String name;
        private final Thread ticker = new Thread(this::tick, "progress");
        private String detail = "";
        private boolean ended;

        private Step(String name) {
            this.name = name;
            if (terminal) {
                ticker.setDaemon(true);
                ticker.start();
            } else {
                out.println("- " + name);
            }
        }

        synchronized void detail(String text) {
            detail = text;
            paint();
        }

        private void end() {
            ticker.interrupt();
            synchronized (this) {
                ended = true;
                Duration taken = taken();
                String seconds = taken.compareTo(NOTABLE) < 0 ? "" : " (" + taken.toSeconds() + " s)";
                if (terminal) {
                    out.print("\r\u001b[K- " + name + seconds + "\n");
                } else if (!seconds.isEmpty()) {
                    out.println("  done" + seconds);
                }
            }
        }

        private void tick() {
            try {
                while (true) {
                    synchronized (this) {
                        paint();
                    }
                    Thread.sleep(NOTABLE.toMillis());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void paint() {
            if (terminal && !ended) {
                String seconds = taken().compareTo(NOTABLE) < 0 ? "" : " " + taken().toSeconds() + " s";
                out.print("\r\u001b[K- " + name + (detail.isEmpty() ? "" : ": " + detail) + " …" + seconds);
                out.flush();
            }
        }

        private Duration taken() {
            return Duration.between(start, Instant.now());
        }
    }

    /** What a step does. */
    interface Work<X extends Exception> {
        void run(Step step) throws X;
    }

    <X extends Exception> void step(String name, Work<X> work) throws X {
        Step step = new Step(name);
        try {
            work.run(step);
        } finally {
            step.end();
        }
    }

    <T> T value(String name, Supplier<T> work) {
        Step step = new Step(name);
        try {
            return work.get();
        } finally {
            step.end();
        }
    }
}
