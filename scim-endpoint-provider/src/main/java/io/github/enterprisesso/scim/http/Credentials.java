package io.github.enterprisesso.scim.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What an {@code Authorization} header carries.
 *
 * @param secret the bearer token, or the password of HTTP Basic
 */
record Credentials(Scheme scheme, String secret) {

    enum Scheme {
        BEARER,
        BASIC
    }

    /** Empty when there is no header or it is of another scheme or no Basic at all. Schemes have no case (RFC 9110). */
    static Optional<Credentials> read(String header) {
        if (header == null) {
            return Optional.empty();
        }
        if (header.regionMatches(true, 0, "Bearer ", 0, 7)) {
            return of(Scheme.BEARER, header.substring(7).trim());
        }
        if (header.regionMatches(true, 0, "Basic ", 0, 6)) {
            return password(header.substring(6).trim()).flatMap(password -> of(Scheme.BASIC, password));
        }
        return Optional.empty();
    }

    private static Optional<Credentials> of(Scheme scheme, String secret) {
        return secret.isEmpty() ? Optional.empty() : Optional.of(new Credentials(scheme, secret));
    }

    private static Optional<String> password(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A signed token of the realm has dots, a token of a connection none. */
    boolean isAccessToken() {
        return scheme == Scheme.BEARER && secret.indexOf('.') >= 0;
    }

    @Override
    public String toString() {
        return scheme.name();
    }
}
