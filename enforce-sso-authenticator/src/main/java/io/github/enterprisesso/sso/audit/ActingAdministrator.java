package io.github.enterprisesso.sso.audit;

import java.util.Optional;
import org.keycloak.common.ClientConnection;
import org.keycloak.common.util.Encode;
import org.keycloak.models.KeycloakContext;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.AccessToken;
import org.keycloak.services.resources.admin.AdminAuth;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/** Who makes the request that is going on, for an event about something that follows from it. */
public final class ActingAdministrator {

    private final AdminAuth auth;
    private final ClientConnection connection;

    private ActingAdministrator(AdminAuth auth, ClientConnection connection) {
        this.auth = auth;
        this.connection = connection;
    }

    /** Empty without an administrator's token: at an import at start there is nobody to name. */
    public static Optional<ActingAdministrator> of(KeycloakSession session) {
        KeycloakContext context = session.getContext();
        return context.getBearerToken() instanceof AccessToken token && context.getUser() != null
                ? auth(session, token).map(auth -> new ActingAdministrator(auth, context.getConnection()))
                : Optional.empty();
    }

    /** As Keycloak's AdminRoot does it: the administrator's realm is the one that issued the token. */
    private static Optional<AdminAuth> auth(KeycloakSession session, AccessToken token) {
        String issuer = token.getIssuer();
        String name = Encode.decodePath(issuer.substring(issuer.lastIndexOf('/') + 1));
        return Optional.ofNullable(session.realms().getRealmByName(name))
                .map(home -> new AdminAuth(
                        home, token, session.getContext().getUser(), home.getClientByClientId(token.getIssuedFor())));
    }

    /** @param session the one that stores the event, also a later one than the request's */
    public AdminEventBuilder event(KeycloakSession session, RealmModel realm) {
        return new AdminEventBuilder(realm, auth, session, connection);
    }
}
