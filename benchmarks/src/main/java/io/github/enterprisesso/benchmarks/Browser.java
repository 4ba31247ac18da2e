package io.github.enterprisesso.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A person's browser for one login: cookies by path, redirects, and the one form that there is on a login page. */
final class Browser {

    private static final Pattern FORM = Pattern.compile("<form id=\"kc-form-login\"[^>]*action=\"([^\"]+)\"");
    private static final Pattern PATH = Pattern.compile("(?i)path=([^;]+)");

    private final HttpClient http;
    private final String end;
    private final Map<Cookie, String> cookies = new HashMap<>();

    private record Cookie(String path, String name) {}

    /** @param end where the browser stops following redirects */
    Browser(HttpClient http, String end) {
        this.http = http;
        this.end = end;
    }

    /** Opens the address, fills the login form that it leads to, and answers the address that it ends at. */
    URI login(URI address, String username, String password) {
        String page = follow(HttpRequest.newBuilder(address)).body();
        Matcher form = FORM.matcher(page);
        if (!form.find()) {
            throw new IllegalStateException("No login form at " + address + ":\n" + page);
        }
        HttpResponse<String> last =
                follow(HttpRequest.newBuilder(URI.create(form.group(1).replace("&amp;", "&")))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(
                                "username=" + Client.encode(username) + "&password=" + Client.encode(password))));
        String reached = last.headers().firstValue("Location").orElse("");
        if (!reached.startsWith(end)) {
            throw new IllegalStateException("The login ended at " + last.uri() + ":\n" + last.body());
        }
        return URI.create(reached);
    }

    private HttpResponse<String> follow(HttpRequest.Builder request) {
        HttpResponse<String> response = send(request);
        String location = response.headers().firstValue("Location").orElse("");
        return response.statusCode() / 100 == 3 && !location.startsWith(end)
                ? follow(HttpRequest.newBuilder(response.uri().resolve(location)))
                : response;
    }

    private HttpResponse<String> send(HttpRequest.Builder builder) {
        String path = builder.build().uri().getPath();
        String sent = cookies.entrySet().stream()
                .filter(cookie -> path.startsWith(cookie.getKey().path()))
                .map(cookie -> cookie.getKey().name() + "=" + cookie.getValue())
                .collect(Collectors.joining("; "));
        try {
            HttpResponse<String> response = http.send(
                    (sent.isEmpty() ? builder : builder.header("Cookie", sent)).build(),
                    HttpResponse.BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private void keep(String header) {
        Matcher path = PATH.matcher(header);
        String pair = header.substring(0, (header + ";").indexOf(';'));
        int equals = pair.indexOf('=');
        cookies.put(
                new Cookie(path.find() ? path.group(1).trim() : "/", pair.substring(0, equals)),
                pair.substring(equals + 1));
    }
}
