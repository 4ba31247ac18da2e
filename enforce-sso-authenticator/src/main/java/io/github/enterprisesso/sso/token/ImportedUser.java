package io.github.enterprisesso.sso.token;

import io.github.enterprisesso.sso.gate.NewAccount;
import org.keycloak.events.EventBuilder;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserProvider;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * The user of an exchanged external token. Token exchange v1 imports who is unknown before the token passes the gate, and
 * an error answer does not roll that back.
 */
record ImportedUser(KeycloakSession session, RealmModel realm, UserModel user) {

    /** Removes the account if this request made it. */
    void leavesNothing() {
        if (knownBefore()) {
            return;
        }
        new NewAccount(session, realm, user)
                .takeBack(new EventBuilder(realm, session, session.getContext().getConnection())
                        .client(session.getContext().getClient()));
    }

    /** Another transaction sees the account only if this one did not make it. */
    private boolean knownBefore() {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), other -> {
            RealmModel same = other.realms().getRealm(realm.getId());
            other.getContext().setRealm(same);
            return other.getProvider(UserProvider.class).getUserById(same, user.getId()) != null;
        });
    }
}
