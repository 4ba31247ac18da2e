package io.github.enterprisesso.scim.token;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/** The text of a token: {@code scim_} and 256 random bits in URL-safe Base64. Never kept, logged or printed. */
final class TokenSecret {

    /** Lets secret scanners and people recognise the token. */
    private static final String MARK = "scim_";

    private static final int PREFIX_LENGTH = MARK.length() + 6;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private TokenSecret(String text) {
        this.text = text;
    }

    static TokenSecret random() {
        byte[] bits = new byte[32];
        RANDOM.nextBytes(bits);
        return new TokenSecret(MARK + Base64.getUrlEncoder().withoutPadding().encodeToString(bits));
    }

    static TokenSecret of(String text) {
        return new TokenSecret(text);
    }

    String text() {
        return text;
    }

    /** What an administrator may see, to tell tokens apart. */
    String prefix() {
        return text.substring(0, PREFIX_LENGTH);
    }

    /** SHA-256 in hexadecimal: 256 random bits need no salt and no slow hash. */
    String hash() {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "token";
    }
}
