package io.github.enterprisesso.scim.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The version of a resource (RFC 7644 section 3.14), made from all that the resource says: whoever changed it, by whatever
 * way, it is another one. Weak, as it is compared without regard to the form of the answer.
 *
 * @param text as in the header: {@code W/"…"}
 */
record EntityTag(String text) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** @param resource without {@code meta.version} */
    static EntityTag of(JsonNode resource) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            JSON.writeValue(new DigestOutputStream(OutputStream.nullOutputStream(), digest), resource);
            byte[] start = Arrays.copyOf(digest.digest(), 12);
            return new EntityTag(
                    "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + "\"");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the version into the resource's {@code meta}. */
    static EntityTag stamp(ObjectNode resource) {
        return of(resource).writeTo(resource);
    }

    EntityTag writeTo(ObjectNode resource) {
        resource.withObjectProperty("meta").put("version", text);
        return this;
    }

    /** {@code {"meta":{"version":"W/\"…\""}}} */
    ObjectNode inMeta() {
        ObjectNode resource = JSON.createObjectNode();
        resource.putObject("meta").put("version", text);
        return resource;
    }

    /** Whether the value of an {@code If-Match} or {@code If-None-Match} header names it; {@code *} names every one. */
    boolean isNamedBy(String header) {
        return Arrays.stream(header.split(","))
                .map(String::trim)
                .anyMatch(name -> name.equals("*") || opaque(name).equals(opaque(text)));
    }

    private static String opaque(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }
}
