package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.protocol.ScimException;
import jakarta.ws.rs.WebApplicationException;
import org.jboss.logging.Logger;
import org.keycloak.models.ModelException;
import org.keycloak.models.RealmModel;
import org.keycloak.storage.ReadOnlyException;

/** What stopped a request, in the protocol's words. */
final class Failure {

    private static final Logger LOG = Logger.getLogger(Failure.class);

    private Failure() {}

    /**
     * @param path below the mount point, {@code /v2/Users/…}
     * @param requestId under which the log shows what has no name in the protocol
     */
    static ScimException of(RuntimeException e, String path, String requestId, RealmModel realm) {
        if (e instanceof ScimException refusal) {
            return refusal;
        }
        if (Collision.is(e)) {
            LOG.debugf(e, "SCIM request collides with what is there");
            return ScimException.uniqueness(
                    Collision.attribute(e, path), "another one exists, perhaps since a moment ago");
        }
        if (e instanceof ReadOnlyException) {
            return ScimException.mutability(Collision.resource(path), "is read-only in the store that it comes from");
        }
        if (e instanceof ModelException || e instanceof WebApplicationException web && isClientError(web)) {
            LOG.debugf(e, "SCIM request refused by Keycloak");
            return ScimException.invalidValue(Collision.resource(path), "Keycloak refuses it");
        }
        LOG.errorf(e, "SCIM request %s failed in realm %s", requestId, realm.getName());
        return ScimException.internal();
    }

    private static boolean isClientError(WebApplicationException e) {
        return e.getResponse().getStatus() < 500;
    }
}
