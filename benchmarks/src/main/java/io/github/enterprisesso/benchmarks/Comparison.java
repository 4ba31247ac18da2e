package io.github.enterprisesso.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/** Variants of one operation, run in turns, so that what disturbs the machine disturbs all of them. */
final class Comparison {

    private final String operation;
    private final Map<String, IntConsumer> variants = new LinkedHashMap<>();
    private final Map<String, Integer> rounds = new HashMap<>();

    Comparison(String operation) {
        this.operation = operation;
    }

    /** @param request gets the number of the round, so that rounds can differ in their data */
    Comparison variant(String name, IntConsumer request) {
        variants.put(name, request);
        return this;
    }

    /** Runs each variant that long, or that many times, before anything is measured. */
    Comparison warmUp(Duration each, int most) {
        variants.keySet().forEach(variant -> {
            long end = System.nanoTime() + each.toNanos();
            for (int times = 0; times < most && System.nanoTime() < end; times++) {
                request(variant);
            }
        });
        return this;
    }

    /** The next round of the variant. */
    private void request(String variant) {
        variants.get(variant).accept(rounds.merge(variant, 1, Integer::sum) - 1);
    }

    /** One result for each variant; the ratio is to the first. */
    List<Result> run(int warmUp, int rounds) {
        return run(warmUp, rounds, Meter.NONE);
    }

    /**
     * @param warmUp rounds that are not counted
     * @param meter read before and after each request, outside of the time that is measured
     */
    List<Result> run(int warmUp, int rounds, Meter meter) {
        Samples samples = new Samples();
        for (int round = 0; round < warmUp + rounds; round++) {
            round(round < warmUp ? null : samples, meter);
        }
        return samples.results();
    }

    /** @param into null while warming up */
    private void round(Samples into, Meter meter) {
        variants.keySet().forEach(variant -> {
            Meter.Reading before = meter.read();
            long start = System.nanoTime();
            request(variant);
            double milliseconds = (System.nanoTime() - start) / 1e6;
            if (into != null) {
                into.add(variant, milliseconds, meter.read().minus(before));
            }
        });
    }

    /** What was measured so far, by variant. */
    private final class Samples {

        private final Map<String, List<Double>> milliseconds = new LinkedHashMap<>();
        private final Map<String, Meter.Reading> used = new LinkedHashMap<>();

        void add(String variant, double time, Meter.Reading reading) {
            milliseconds.computeIfAbsent(variant, none -> new ArrayList<>()).add(time);
            used.merge(variant, reading, Meter.Reading::plus);
        }

        List<Result> results() {
            List<Result> results = new ArrayList<>();
            milliseconds.forEach((variant, times) -> results.add(Result.of(
                    operation, variant, times, used.get(variant), results.isEmpty() ? null : results.get(0))));
            return results;
        }
    }

    /** Runs, and prints a row for each variant. */
    void print(int warmUp, int rounds, Meter meter) {
        print(run(warmUp, rounds, meter));
    }

    /** Operations that undo each other: a round of the one, then a round of the other. */
    static void printAlternating(List<Comparison> comparisons, int warmUp, int rounds, Meter meter) {
        Map<Comparison, Samples> samples = new LinkedHashMap<>();
        comparisons.forEach(comparison -> samples.put(comparison, comparison.new Samples()));
        for (int round = 0; round < warmUp + rounds; round++) {
            boolean measured = round >= warmUp;
            samples.forEach((comparison, into) -> comparison.round(measured ? into : null, meter));
        }
        samples.values().forEach(sampled -> print(sampled.results()));
    }

    private static void print(List<Result> results) {
        results.forEach(result -> System.out.println(result.toMarkdown()));
    }
}
