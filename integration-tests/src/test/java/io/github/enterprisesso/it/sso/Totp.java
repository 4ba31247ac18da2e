package io.github.enterprisesso.it.sso;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The authenticator app of a person: RFC 6238 with Keycloak's defaults (HMAC-SHA1, 30 seconds, six digits). */
record Totp(String secret) {

    private static final int PERIOD_SECONDS = 30;
    private static final int SIX_DIGITS = 1_000_000;

    String code() {
        try {
            Mac hmac = Mac.getInstance("HmacSHA1");
            hmac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            ByteBuffer hash = ByteBuffer.wrap(hmac.doFinal(ByteBuffer.allocate(Long.BYTES)
                    .putLong(Instant.now().getEpochSecond() / PERIOD_SECONDS)
                    .array()));
            int offset = hash.get(hash.limit() - 1) & 0xf;
            return "%06d".formatted((hash.getInt(offset) & Integer.MAX_VALUE) % SIX_DIGITS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
