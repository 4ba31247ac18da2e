package io.github.enterprisesso.scim.context;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.token.ScimToken;
import jakarta.persistence.EntityManager;
import org.keycloak.common.util.Encode;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/**
 * One authenticated SCIM request.
 *
 * @param baseUrl {@code {server}/realms/{realm}/scim-provisioning/v2}
 */
public record ScimContext(
        KeycloakSession session, RealmModel realm, ScimConnection connection, ScimToken token, String baseUrl) {

    /** {@link ScimConnection#GROUP_ATTRIBUTE} */
    public static final String CONNECTION_ATTRIBUTE = ScimConnection.GROUP_ATTRIBUTE;

    /** Of every connection of the realm: the token tells them apart. */
    public static String baseUrl(String server, String realm) {
        String root = server.endsWith("/") ? server : server + "/";
        return root + "realms/" + Encode.encodePathSegmentAsIs(realm) + "/scim-provisioning/v2";
    }

    public EntityManager em() {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }

    /** Address of a resource: {@code location("Users", id)}. */
    public String location(String endpoint, String id) {
        return baseUrl + "/" + endpoint + "/" + id;
    }

    public ScimAdminEvents events() {
        return new ScimAdminEvents(this);
    }
}
