package io.github.enterprisesso.benchmarks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntConsumer;

/** Variants of one operation, run in turns; prints the median of each and its ratio to the first. */
final class Comparison {

    private final String operation;
    private final Map<String, IntConsumer> variants = new LinkedHashMap<>();

    Comparison(String operation) {
        this.operation = operation;
    }

    /** @param request gets the number of the round, so that rounds can differ in their data */
    Comparison variant(String name, IntConsumer request) {
        variants.put(name, request);
        return this;
    }

    /** @param warmUp rounds that are not counted */
    List<String> run(int warmUp, int rounds) {
        Map<String, double[]> milliseconds = new LinkedHashMap<>();
        variants.keySet().forEach(name -> milliseconds.put(name, new double[rounds]));
        for (int round = 0; round < warmUp + rounds; round++) {
            for (Map.Entry<String, IntConsumer> variant : variants.entrySet()) {
                long start = System.nanoTime();
                variant.getValue().accept(round);
                if (round >= warmUp) {
                    milliseconds.get(variant.getKey())[round - warmUp] = (System.nanoTime() - start) / 1e6;
                }
            }
        }
        List<String> lines = new ArrayList<>();
        double base = 0;
        for (Map.Entry<String, double[]> variant : milliseconds.entrySet()) {
            double median = median(variant.getValue());
            base = base == 0 ? median : base;
            lines.add(String.format(
                    Locale.ROOT, "%-24s %-18s %8.2f ms %6.2f x", operation, variant.getKey(), median, median / base));
        }
        return lines;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
