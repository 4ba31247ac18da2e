package io.github.enterprisesso.it.client;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What several clients do at the same time. */
public final class Simultaneously {

    private Simultaneously() {}

    /** The same action by several clients, each with its number. */
    public static <T> List<T> call(int clients, IntFunction<T> action) throws Exception {
        return call(IntStream.range(0, clients)
                .<Callable<T>>mapToObj(client -> () -> action.apply(client))
                .toList());
    }

    /** For what has no answer. */
    public static void run(Runnable... actions) throws Exception {
        call(Stream.of(actions).<Callable<Object>>map(Executors::callable).toList());
    }

    /** Starts all together and waits for all. */
    public static <T> List<T> call(List<Callable<T>> actions) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(actions.size());
        CyclicBarrier start = new CyclicBarrier(actions.size());
        try {
            List<Future<T>> answers = new ArrayList<>();
            for (Callable<T> action : actions) {
                answers.add(clients.submit(() -> {
                    start.await(1, TimeUnit.MINUTES);
                    return action.call();
                }));
            }
            List<T> all = new ArrayList<>();
            for (Future<T> answer : answers) {
                all.add(answer.get(2, TimeUnit.MINUTES));
            }
            return all;
        } finally {
            clients.shutdown();
        }
    }
}
