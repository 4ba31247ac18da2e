package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import jakarta.persistence.LockModeType;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;
import java.util.function.Supplier;

/** {@code If-Match} and {@code If-None-Match} of one request; without them there is nothing to meet. */
final class Preconditions {

    private final String ifMatch;
    private final String ifNoneMatch;

    Preconditions(HttpHeaders headers) {
        this.ifMatch = joined(headers.getRequestHeader(HttpHeaders.IF_MATCH));
        this.ifNoneMatch = joined(headers.getRequestHeader(HttpHeaders.IF_NONE_MATCH));
    }

    private Preconditions(String ifMatch) {
        this.ifMatch = ifMatch;
        this.ifNoneMatch = null;
    }

    /** @param version which the resource must still have; null: any */
    static Preconditions ifMatch(String version) {
        return new Preconditions(version);
    }

    private static String joined(List<String> values) {
        return values == null || values.isEmpty() ? null : String.join(",", values);
    }

    /** Whether a reader has that version already (304). */
    boolean known(EntityTag tag) {
        return ifNoneMatch != null && tag.isNamedBy(ifNoneMatch);
    }

    /**
     * Before a write: 412 unless the resource still is what the client has seen. The row is held until the write is done, so
     * that of two writers with the same version one is refused.
     *
     * @param row entity of the resource
     * @param versions under which the client may know it, each computed only when those before it do not match; they end with 404
     *     for a resource that does not exist
     */
    void beforeWrite(ScimContext scim, Class<?> row, String id, List<Supplier<EntityTag>> versions) {
        if (ifMatch == null) {
            return;
        }
        scim.em().find(row, id, LockModeType.PESSIMISTIC_WRITE);
        if (versions.stream().noneMatch(version -> version.get().isNamedBy(ifMatch))) {
            throw ScimException.preconditionFailed("The resource is not the version that If-Match names any more.");
        }
    }
}
