package io.github.enterprisesso.it.client;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;

/** Where a browser has arrived: a page of the server, or the redirect URI of the client. */
public final class Page {

    private final OidcBrowser browser;
    private final int status;
    private final URI location;
    private final Document document;

    Page(OidcBrowser browser, int status, URI location, Document document) {
        this.browser = browser;
        this.status = status;
        this.location = location;
        this.document = document;
    }

    /** The HTTP status of the page; 302 where the browser was sent to the client. */
    public int status() {
        return status;
    }

    /** The address that was reached. */
    public URI location() {
        return location;
    }

    /** True if the login is over and the browser was sent back to the client, with a code or with an error. */
    public boolean isClient() {
        return location.toString().startsWith(OidcBrowser.REDIRECT_URI);
    }

    /** The authorization code that was handed to the client. */
    public Optional<String> code() {
        return parameter("code");
    }

    /** A parameter of the reached address, from its query or its fragment. */
    public Optional<String> parameter(String name) {
        String address = location.toString();
        int start = Math.max(address.indexOf('?'), address.indexOf('#'));
        for (String pair : address.substring(start + 1).split("[&#?]")) {
            if (pair.startsWith(name + "=")) {
                return Optional.of(URLDecoder.decode(pair.substring(name.length() + 1), StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    public Document document() {
        return document;
    }

    /** The visible text of the page. */
    public String text() {
        return document.text();
    }

    /** True if the page has an element that the CSS selector finds. */
    public boolean has(String selector) {
        return document.selectFirst(selector) != null;
    }

    /** Follows the link that the CSS selector finds. */
    public Page follow(String selector) {
        return browser.open(URI.create(element(selector).absUrl("href")));
    }

    /** Fills the form that the CSS selector finds and submits it; hidden fields go along. */
    public Page submit(String selector, Map<String, String> fields) {
        FormElement form = (FormElement) element(selector);
        Map<String, String> values = new LinkedHashMap<>();
        form.formData().forEach(field -> values.put(field.key(), field.value()));
        values.putAll(fields);
        URI action = URI.create(form.absUrl("action"));
        return "post".equalsIgnoreCase(form.attr("method"))
                ? browser.post(action, values)
                : browser.open(action, values);
    }

    /** The login form, filled. */
    public Page signIn(String username, String password) {
        return submit("#kc-form-login", Map.of("username", username, "password", password));
    }

    /** The texts of all elements that the CSS selector finds. */
    public List<String> texts(String selector) {
        return document.select(selector).eachText();
    }

    private Element element(String selector) {
        Element element = document.selectFirst(selector);
        if (element == null) {
            throw new AssertionError("No " + selector + " on " + location + ":\n" + document.body());
        }
        return element;
    }

    @Override
    public String toString() {
        return status + " " + location + " " + (document == null ? "" : document.text());
    }
}
