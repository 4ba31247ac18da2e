package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.connection.ScimConnection;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Somebody who asks for himself, by an access token that a client got for him. */
record Person(ClientModel client, UserModel user) {

    /** Empty for everything but a valid access token of a user who is no service account. */
    static Optional<Person> of(KeycloakSession session, String accessToken) {
        return AccessTokens.verify(session, accessToken)
                .filter(result -> result.user().getServiceAccountClientLink() == null)
                .map(result -> new Person(result.client(), result.user()));
    }

    /** The connection that provisions him. */
    Optional<ScimConnection> connection(KeycloakSession session, RealmModel realm) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return em.createQuery(
                        "select s.connectionId from ScimUserEntity s where s.userId = :user and s.realmId = :realm",
                        String.class)
                .setParameter("user", user.getId())
                .setParameter("realm", realm.getId())
                .getResultStream()
                .findFirst()
                .flatMap(id -> ScimConnection.find(realm, id));
    }
}
