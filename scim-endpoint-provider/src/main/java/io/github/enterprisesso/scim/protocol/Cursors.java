package io.github.enterprisesso.scim.protocol;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.LongSupplier;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads the cursors of one list (RFC 9865 section 2). Nothing is kept on the server: a cursor holds the key of the
 * resource at the edge of its page, encrypted, since addresses are logged and the key may be a person's name, and sealed together
 * with the list that it is for: AES-GCM, base64url, {@code nonce ‖ ["User",["jane"],false,950,1767225600]}. It grants nothing:
 * what is beyond that key is asked for anew, with the rights and the filter of the request that brings it.
 */
public final class Cursors {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final byte[] list;
    private final long timeout;
    private final LongSupplier clock;

    /**
     * @param secret known to every node
     * @param list what is listed for whom, with which filter, in which order: a cursor of another list is none of this
     * @param timeout seconds that a cursor is good for; after that its total is too old to be told
     * @param clock seconds since the epoch
     */
    public Cursors(byte[] secret, String list, long timeout, LongSupplier clock) {
        this.key = key(secret);
        this.list = list.getBytes(StandardCharsets.UTF_8);
        this.timeout = timeout;
        this.clock = clock;
    }

    /** A key of its own, whatever else the secret is for. */
    private static SecretKeySpec key(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return new SecretKeySpec(mac.doFinal("scim-cursor".getBytes(StandardCharsets.UTF_8)), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java has HMAC with SHA-256", e);
        }
    }

    /** Of unreserved characters only (RFC 3986 section 2.3). */
    String write(Cursor cursor) {
        ArrayNode json = JsonNodeFactory.instance.arrayNode();
        json.add(cursor.position().resourceType());
        ArrayNode values = json.addArray();
        cursor.position().key().forEach(value -> values.add(JSON.<JsonNode>valueToTree(value)));
        json.add(cursor.backwards()).add(cursor.total()).add(clock.getAsLong());
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(JSON.writeValueAsBytes(json));
            byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
            System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
        } catch (GeneralSecurityException | JsonProcessingException e) {
            throw new IllegalStateException("A cursor can always be written", e);
        }
    }

    /** 400 {@code invalidCursor} for anything that was not written for this list, {@code expiredCursor} after the timeout. */
    Cursor read(String text) {
        JsonNode json;
        try {
            byte[] all = Base64.getUrlDecoder().decode(text);
            if (all.length < NONCE_BYTES + TAG_BITS / Byte.SIZE) {
                throw ScimException.invalidCursor();
            }
            byte[] nonce = Arrays.copyOf(all, NONCE_BYTES);
            json = JSON.readTree(
                    cipher(Cipher.DECRYPT_MODE, nonce).doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES));
        } catch (IllegalArgumentException | GeneralSecurityException | IOException e) {
            throw ScimException.invalidCursor();
        }
        if (clock.getAsLong() - json.get(4).asLong() > timeout) {
            throw ScimException.expiredCursor(timeout);
        }
        List<Object> values = new ArrayList<>();
        json.get(1).forEach(value -> values.add(value(value)));
        return new Cursor(
                new Position(json.get(0).asText(), values),
                json.get(2).asBoolean(),
                json.get(3).asLong());
    }

    private static Object value(JsonNode json) {
        if (json.isNull()) {
            return null;
        }
        return json.isBoolean() ? (Object) json.asBoolean() : json.isNumber() ? (Object) json.asLong() : json.asText();
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(list);
        return cipher;
    }
}
