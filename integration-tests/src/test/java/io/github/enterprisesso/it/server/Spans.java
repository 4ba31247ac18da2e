package io.github.enterprisesso.it.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where the servers of a run send their trace spans (OTLP over HTTP). They record nothing of their own accord: only requests that
 * are part of a recorded trace, by the header {@code traceparent} (W3C Trace Context).
 */
public final class Spans {

    private static final Spans SPANS = new Spans();

    private final Map<String, List<Span>> byTrace = new ConcurrentHashMap<>();
    private final String endpoint;

    /** @param attributes strings and numbers, as text */
    public record Span(String name, Map<String, String> attributes) {}

    private Spans() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::receive);
            server.start();
            endpoint = "http://localhost:" + server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address for {@code --tracing-endpoint}. */
    static String endpoint() {
        return SPANS.endpoint;
    }

    /** The id of a trace that is not there yet. */
    public static String newTrace() {
        byte[] id = new byte[16];
        ThreadLocalRandom.current().nextBytes(id);
        return HexFormat.of().formatHex(id);
    }

    /** The header {@code traceparent} with which a request becomes part of the trace and is recorded. */
    public static String traceparent(String trace) {
        return "00-" + trace + "-00f067aa0ba902b7-01";
    }

    /** Waits for the span of that name in the trace. */
    public static Span await(String trace, String name) {
        long end = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        synchronized (SPANS) {
            while (true) {
                List<Span> spans = SPANS.byTrace.getOrDefault(trace, List.of());
                for (Span span : spans) {
                    if (span.name().equals(name)) {
                        return span;
                    }
                }
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    throw new AssertionError("No span '" + name + "' in " + spans);
                }
                try {
                    SPANS.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    private void receive(HttpExchange exchange) throws IOException {
        Message request = new Message(exchange.getRequestBody().readAllBytes());
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
        synchronized (this) {
            for (Message resource : request.messages(1)) {
                for (Message scope : resource.messages(2)) {
                    scope.messages(2).forEach(this::add);
                }
            }
            notifyAll();
        }
    }

    /** Of a span the trace's id is field 1, the name 5, the attributes are 9. */
    private void add(Message span) {
        Map<String, String> attributes = new TreeMap<>();
        for (Message attribute : span.messages(9)) {
            attributes.put(attribute.text(1), attribute.messages(2).get(0).value());
        }
        String trace = HexFormat.of().formatHex(span.bytes(1));
        byTrace.computeIfAbsent(trace, id -> new ArrayList<>()).add(new Span(span.text(5), attributes));
    }

    /** As much of Protocol Buffers as a span needs: what is no message, text or integer is passed over. */
    private static final class Message {

        private static final int VARINT = 0;
        private static final int FIXED64 = 1;
        private static final int BYTES = 2;

        private final Map<Integer, List<byte[]>> fields = new TreeMap<>();
        private final Map<Integer, Long> numbers = new TreeMap<>();

        Message(byte[] bytes) {
            ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            while (in.hasRemaining()) {
                int key = (int) varint(in);
                switch (key & 7) {
                    case VARINT -> numbers.put(key >> 3, varint(in));
                    case FIXED64 -> in.getLong();
                    case BYTES -> {
                        byte[] value = new byte[(int) varint(in)];
                        in.get(value);
                        fields.computeIfAbsent(key >> 3, number -> new ArrayList<>())
                                .add(value);
                    }
                    default -> in.getInt();
                }
            }
        }

        private static long varint(ByteBuffer in) {
            long value = 0;
            for (int shift = 0; ; shift += 7) {
                byte next = in.get();
                value |= (next & 0x7fL) << shift;
                if (next >= 0) {
                    return value;
                }
            }
        }

        List<Message> messages(int field) {
            return fields.getOrDefault(field, List.of()).stream()
                    .map(Message::new)
                    .toList();
        }

        byte[] bytes(int field) {
            return fields.getOrDefault(field, List.of(new byte[0])).get(0);
        }

        String text(int field) {
            return new String(bytes(field), StandardCharsets.UTF_8);
        }

        /** Of an attribute: text is field 1, a truth value 2, an integer 3. */
        String value() {
            return List.of(2, 3).stream()
                    .filter(numbers::containsKey)
                    .map(field -> Long.toString(numbers.get(field)))
                    .findFirst()
                    .orElseGet(() -> text(1));
        }
    }
}
