package io.github.enterprisesso.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * One variant of an operation.
 *
 * @param median milliseconds
 * @param p95 milliseconds
 * @param cpu milliseconds of Keycloak and PostgreSQL for one request
 * @param statements SQL statements for one request
 * @param ratio of the median to the first variant's
 */
record Result(
        String operation,
        String variant,
        int rounds,
        double median,
        double p95,
        double cpu,
        double statements,
        double ratio) {

    static final String HEADER =
            "| Operation | Variant | n | p50 ms | p95 ms | CPU ms | SQL | time to ours |\n|---|---|---|---|---|---|---|---|";

    static Result of(String operation, String variant, List<Double> times, Meter.Reading used, Result first) {
        double[] sorted =
                times.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double median = sorted[sorted.length / 2];
        return new Result(
                operation,
                variant,
                sorted.length,
                median,
                sorted[Math.min(sorted.length - 1, (int) (sorted.length * 0.95))],
                (double) used.cpu() / sorted.length,
                (double) used.statements() / sorted.length,
                first == null ? 1 : median / first.median);
    }

    /** A row below {@link #HEADER}. */
    String toMarkdown() {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %d | %.1f | %.1f | %.1f | %.0f | %.2f |",
                operation,
                variant,
                rounds,
                median,
                p95,
                cpu,
                statements,
                ratio);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%-24s %-18s %8.2f ms %6.2f x", operation, variant, median, ratio);
    }
}
