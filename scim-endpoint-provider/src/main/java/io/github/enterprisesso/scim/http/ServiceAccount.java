package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.connection.ScimConnection;
import java.util.Optional;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;

/** The service account of a client, by an access token that carries the client's own role {@code scim}. */
record ServiceAccount(ClientModel client, UserModel user) {

    /** Role of the client that opens its connection. */
    private static final String ROLE = "scim";

    /**
     * Empty unless the realm has issued the token, it is alive, it belongs to the service account of the client that it was
     * issued to (a person's token from the same client does not count), it carries the role, and the account still has it.
     */
    static Optional<ServiceAccount> of(KeycloakSession session, String accessToken) {
        return AccessTokens.verify(session, accessToken)
                .filter(ServiceAccount::isServiceAccount)
                .map(result -> new ServiceAccount(result.client(), result.user()));
    }

    private static boolean isServiceAccount(AuthResult result) {
        ClientModel client = result.client();
        AccessToken.Access access = result.token().getResourceAccess(client.getClientId());
        RoleModel role = client.getRole(ROLE);
        return client.isServiceAccountsEnabled()
                && client.getId().equals(result.user().getServiceAccountClientLink())
                && access != null
                && access.isUserInRole(ROLE)
                && role != null
                && result.user().hasRole(role);
    }

    /** The one connection that names the client. */
    Optional<ScimConnection> connection(RealmModel realm) {
        var named = ScimConnection.all(realm).stream()
                .filter(connection -> client.getClientId().equals(connection.serviceAccountClient()))
                .toList();
        return named.size() == 1 ? Optional.of(named.get(0)) : Optional.empty();
    }
}
