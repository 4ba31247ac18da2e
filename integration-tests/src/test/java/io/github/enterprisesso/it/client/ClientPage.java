package io.github.enterprisesso.it.client;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** What a person sees when the login is over: the page of the client, on a port of its own. */
final class ClientPage {

    private static final byte[] HTML = "<!DOCTYPE html><html lang=\"en\"><title>Client</title><h1>Signed in</h1></html>"
            .getBytes(StandardCharsets.UTF_8);

    private ClientPage() {}

    /** Serves the page for as long as the test run lasts and answers its address. */
    static String serve() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/callback", exchange -> {
                exchange.getResponseHeaders().set("Content-Type", "text/html");
                exchange.sendResponseHeaders(200, HTML.length);
                exchange.getResponseBody().write(HTML);
                exchange.close();
            });
            server.start();
            return "http://localhost:" + server.getAddress().getPort() + "/callback";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
