package io.github.enterprisesso.teams.reconcile;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/** Steps, taken one after the other by the core and by the model. */
record History(List<Step> steps) {

    static History random(long seed, int length) {
        Random random = new Random(seed);
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            steps.add(Step.random(random));
        }
        return new History(steps);
    }

    /** The first thing that is not as it should be; empty when there is none. */
    Optional<String> failure(World.Core core) {
        World world = new World(core);
        Model model = new Model();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            for (int times = step.repeatable() ? 2 : 1; times > 0; times--) {
                try {
                    world.take(step);
                } catch (RuntimeException | AssertionError e) {
                    return Optional.of("step " + (i + 1) + ": " + e);
                }
                model.take(step);
                Optional<String> failure = model.difference(world).or(world::violation);
                if (failure.isPresent()) {
                    return Optional.of("after step " + (i + 1) + ": " + failure.get());
                }
            }
        }
        return Optional.empty();
    }

    /** A shortest part of the history that still fails: no step can be left out. */
    History shrunk(World.Core core) {
        List<Step> left = new ArrayList<>(steps);
        for (int size = left.size() / 2; size > 0; size = size == 1 ? 0 : size / 2) {
            boolean shorter = true;
            while (shorter) {
                shorter = false;
                for (int from = 0; from + size <= left.size(); ) {
                    List<Step> without = new ArrayList<>(left);
                    without.subList(from, from + size).clear();
                    if (new History(without).failure(core).isPresent()) {
                        left = without;
                        shorter = true;
                    } else {
                        from += size;
                    }
                }
            }
        }
        return new History(left);
    }

    @Override
    public String toString() {
        return steps.stream().map(step -> "  " + step).collect(Collectors.joining("\n", "\n", ""));
    }
}
