package io.github.enterprisesso.sso.gate;

import java.util.List;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;

/** An account that exists only because of a login that is being refused. */
public record NewAccount(KeycloakSession session, RealmModel realm, UserModel user) {

    /**
     * Removes the account, and records that.
     *
     * @param event names the client; is completed and sent
     * @return false if somebody else has removed it before
     */
    public boolean takeBack(EventBuilder event) {
        String username = user.getUsername();
        unlink();
        if (!new UserManager(session).removeUser(realm, user)) {
            return false;
        }
        event.event(EventType.DELETE_ACCOUNT)
                .user(user.getId())
                .detail(Details.USERNAME, username)
                .detail(Details.REASON, SsoGate.SSO_REQUIRED)
                .success();
        return true;
    }

    /** One by one: where this very transaction made the link, Keycloak's bulk removal leaves it in Hibernate's session. */
    private void unlink() {
        List<String> aliases = session.users()
                .getFederatedIdentitiesStream(realm, user)
                .map(FederatedIdentityModel::getIdentityProvider)
                .toList();
        aliases.forEach(alias -> session.users().removeFederatedIdentity(realm, user, alias));
    }
}
