package io.github.enterprisesso.it.client;

import java.io.IOException;
import java.net.CookieManager;
import java.net.CookiePolicy;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;

/**
 * A person's browser without a screen: keeps cookies, follows redirects, fills forms, and stops where the client's
 * redirect URI is reached. With the calls that the client would then make.
 */
public final class OidcBrowser {

    /** The client of the tests; public, with the standard flow and direct grants. */
    public static final String CLIENT = "app";

    /** Where the client receives people; this browser stops there and reads the code from the address. */
    public static final String REDIRECT_URI = ClientPage.serve();

    private final URI server;
    private final String realm;
    private final Map<String, String> headers;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .cookieHandler(new LoopbackCookies())
            .build();

    public OidcBrowser(URI server, String realm) {
        this(server, realm, Map.of());
    }

    private OidcBrowser(URI server, String realm, Map<String, String> headers) {
        this.server = server;
        this.realm = realm;
        this.headers = headers;
    }

    /** A fresh browser that sends one more header with whatever it asks for. */
    public OidcBrowser withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new OidcBrowser(server, realm, more);
    }

    /** Opens the authorization endpoint for the client of the tests. */
    public Page login() {
        return login(Map.of());
    }

    /** Opens the authorization endpoint; the parameters are added to the usual ones or replace them. */
    public Page login(Map<String, String> parameters) {
        return open(loginUrl(parameters));
    }

    /** The address that {@link #login(Map)} opens. */
    public URI loginUrl(Map<String, String> parameters) {
        Map<String, String> query = new LinkedHashMap<>(Map.of(
                "client_id", CLIENT,
                "redirect_uri", REDIRECT_URI,
                "response_type", "code",
                "scope", "openid",
                "nonce", "n"));
        query.putAll(parameters);
        return URI.create(endpoint("auth") + "?" + form(query));
    }

    /** Signs in with username and password in the login form of the realm. */
    public Page loginByPassword(String username, String password) {
        return login().signIn(username, password);
    }

    /** Goes to the identity provider from the login page and signs in there. */
    public Page loginThrough(String alias, String username, String password) {
        return login().follow("#social-" + alias).signIn(username, password);
    }

    public Page open(URI address) {
        return open(address, Map.of());
    }

    /** GET with the parameters in the query. */
    public Page open(URI address, Map<String, String> parameters) {
        String query = form(parameters);
        URI target =
                query.isEmpty() ? address : URI.create(address + (address.getRawQuery() == null ? "?" : "&") + query);
        return follow(request(target).GET());
    }

    /** POST of a form. */
    public Page post(URI address, Map<String, String> fields) {
        return follow(request(address)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields))));
    }

    /** The token response for the code that a page carries. */
    public Answer tokens(Page page) {
        String code = page.code().orElseThrow(() -> new AssertionError("No code at " + page));
        return token(Map.of("grant_type", "authorization_code", "code", code, "redirect_uri", REDIRECT_URI));
    }

    /** The password grant (direct access grant). */
    public Answer directGrant(String username, String password) {
        return token(Map.of("grant_type", "password", "username", username, "password", password, "scope", "openid"));
    }

    public Answer refresh(String refreshToken) {
        return token(Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    /** The token endpoint, as the client of the tests unless the fields name another. */
    public Answer token(Map<String, String> fields) {
        Map<String, String> all = new LinkedHashMap<>(Map.of("client_id", CLIENT));
        all.putAll(fields);
        return endpoint("token", all);
    }

    /** POST of a form below {@code /protocol/openid-connect/}, as a program sends it; the client goes along as given. */
    public Answer endpoint(String name, Map<String, String> fields) {
        return Http.send(request(endpoint(name))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form(fields)))
                .build());
    }

    /** What a program gets at an address: no cookies, no redirects. */
    public Answer get(URI address) {
        return Http.send(request(address).build());
    }

    /** The same with a body. */
    public Answer post(URI address, String contentType, String body) {
        return Http.send(request(address)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    /** The same, to delete what is there. */
    public Answer delete(URI address) {
        return Http.send(request(address).DELETE().build());
    }

    /** The user-info endpoint: 200 shows that the access token belongs to a living session. */
    public Answer userInfo(String accessToken) {
        return Http.send(HttpRequest.newBuilder(endpoint("userinfo"))
                .header("Authorization", "Bearer " + accessToken)
                .build());
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        headers.forEach(request::header);
        return request;
    }

    private URI endpoint(String name) {
        return URI.create(server + "/realms/" + realm + "/protocol/openid-connect/" + name);
    }

    private Page follow(HttpRequest.Builder first) {
        HttpRequest request = first.build();
        for (int hop = 0; hop < 20; hop++) {
            Answer answer = Http.send(http, request);
            String location = answer.header("Location");
            if (answer.status() / 100 != 3 || location.isEmpty()) {
                return new Page(
                        this,
                        answer.status(),
                        request.uri(),
                        Jsoup.parse(answer.text(), request.uri().toString()));
            }
            URI next = request.uri().resolve(location);
            if (location.startsWith(REDIRECT_URI)) {
                return new Page(this, answer.status(), next, Jsoup.parse(""));
            }
            request = request(next).GET().build();
        }
        throw new AssertionError("More than 20 redirects, the last to " + request.uri());
    }

    private static String form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
                        + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** Browsers treat http://localhost as trustworthy and send Secure cookies there; the JDK's cookie store does not. */
    private static final class LoopbackCookies extends CookieManager {

        LoopbackCookies() {
            super(null, CookiePolicy.ACCEPT_ALL);
        }

        @Override
        public void put(URI uri, Map<String, List<String>> headers) throws IOException {
            Map<String, List<String>> trusted = new LinkedHashMap<>(headers);
            trusted.replaceAll((name, values) -> "set-cookie".equalsIgnoreCase(name)
                    ? values.stream()
                            .map(value -> value.replaceAll("(?i);\\s*secure", ""))
                            .toList()
                    : values);
            super.put(uri, trusted);
        }
    }
}
