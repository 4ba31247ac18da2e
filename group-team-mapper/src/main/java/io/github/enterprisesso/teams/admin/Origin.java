package io.github.enterprisesso.teams.admin;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * How an account came (requirement ADM-7).
 *
 * @param connection name of the SCIM connection that provisions it, or null
 */
record Origin(String name, String connection) {

    /** Entity of the SCIM endpoint: a row for each user whom a connection provisions. */
    private static final String PROVISIONED = "ScimUserEntity";

    static Origin of(KeycloakSession session, RealmModel realm, UserModel user) {
        return connection(session, user)
                .map(id -> new Origin("SCIM", nameOf(realm, id)))
                .orElseGet(() -> new Origin(withoutScim(session, realm, user), null));
    }

    private static String withoutScim(KeycloakSession session, RealmModel realm, UserModel user) {
        if (user.getFederationLink() != null) {
            return "DIRECTORY";
        }
        boolean linked = session.users()
                .getFederatedIdentitiesStream(realm, user)
                .findAny()
                .isPresent();
        return linked ? "LOGIN" : "HAND";
    }

    private static Optional<String> connection(KeycloakSession session, UserModel user) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        boolean installed = em.getMetamodel().getEntities().stream()
                .anyMatch(entity -> entity.getName().equals(PROVISIONED));
        return installed
                ? em
                        .createQuery(
                                "select s.connectionId from " + PROVISIONED + " s where s.userId = :user", String.class)
                        .setParameter("user", user.getId())
                        .getResultList()
                        .stream()
                        .findFirst()
                : Optional.empty();
    }

    private static String nameOf(RealmModel realm, String connectionId) {
        ComponentModel connection = realm.getComponent(connectionId);
        return connection == null ? connectionId : connection.getName();
    }
}
