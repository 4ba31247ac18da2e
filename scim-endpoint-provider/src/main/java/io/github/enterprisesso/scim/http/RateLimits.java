package io.github.enterprisesso.scim.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Counts requests by key in token buckets that hold a minute's worth. In this node's memory: on n nodes behind a load
 * balancer a client may come n times as often.
 */
final class RateLimits {

    /** Beyond that many keys, those that were quiet for a minute are forgotten; if none was, all are. */
    private static final int MOST_KEYS = 10_000;

    private static final double NANOS_PER_MINUTE = 60e9;

    private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    RateLimits() {
        this(System::nanoTime);
    }

    RateLimits(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** 0 and counts the request when there is room, else after how many whole seconds there will be. */
    int secondsToWait(String key, int perMinute) {
        return secondsToWait(key, perMinute, 1);
    }

    /** The same for what counts as several requests, at most as {@code perMinute}. */
    int secondsToWait(String key, int perMinute, int requests) {
        if (perMinute == 0 || requests == 0) {
            return 0;
        }
        long now = nanoTime.getAsLong();
        int[] wait = new int[1];
        buckets.compute(key, (same, bucket) -> {
            double tokens = bucket == null ? perMinute : bucket.tokens(now, perMinute);
            if (tokens >= requests) {
                return new Bucket(tokens - requests, now);
            }
            wait[0] = (int) Math.ceil((requests - tokens) * 60 / perMinute);
            return new Bucket(tokens, now);
        });
        forgetIfMany(now);
        return wait[0];
    }

    private void forgetIfMany(long now) {
        if (buckets.size() > MOST_KEYS) {
            buckets.values().removeIf(bucket -> now - bucket.at() > NANOS_PER_MINUTE);
            if (buckets.size() > MOST_KEYS) {
                buckets.clear();
            }
        }
    }

    private record Bucket(double left, long at) {

        double tokens(long now, int perMinute) {
            return Math.min(perMinute, left + (now - at) / NANOS_PER_MINUTE * perMinute);
        }
    }
}
