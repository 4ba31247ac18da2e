package io.github.enterprisesso.sso.token;

import io.github.enterprisesso.sso.gate.SsoGate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.ClientScopeModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserConsentModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * What Keycloak's CIBA grant writes down as the person's consent before the token passes the gate (route 19). An error answer
 * does not roll that back.
 */
record BackchannelConsent(KeycloakSession session, RealmModel realm, UserModel user, ClientModel client) {

    /** Makes the consent what it was before this request. */
    void leavesNothing() {
        Optional<Map<String, List<String>>> before = scopesBefore();
        UserConsentModel now = session.users().getConsentByClient(realm, user.getId(), client.getId());
        if (now == null || before.isPresent() && before.get().equals(scopes(now))) {
            return;
        }
        if (before.isPresent()) {
            session.users().updateConsent(realm, user.getId(), reduced(now, before.get()));
        } else {
            session.users().revokeConsentForClient(realm, user.getId(), client.getId());
        }
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.REVOKE_GRANT)
                .client(client)
                .user(user)
                .detail(Details.REVOKED_CLIENT, client.getClientId())
                .detail(Details.REASON, SsoGate.SSO_REQUIRED)
                .success();
    }

    private UserConsentModel reduced(UserConsentModel now, Map<String, List<String>> before) {
        UserConsentModel reduced = new UserConsentModel(client);
        now.getGrantedClientScopes().stream()
                .filter(scope -> before.containsKey(scope.getId()))
                .forEach(scope -> {
                    if (ClientScopeModel.isParameterizedScope(scope)) {
                        before.get(scope.getId()).forEach(parameter -> reduced.addGrantedClientScope(scope, parameter));
                    } else {
                        reduced.addGrantedClientScope(scope);
                    }
                });
        return reduced;
    }

    /** Another transaction sees what was there before this one; empty if there was no consent at all. */
    private Optional<Map<String, List<String>>> scopesBefore() {
        return KeycloakModelUtils.runJobInTransactionWithResult(session.getKeycloakSessionFactory(), other -> {
            RealmModel same = other.realms().getRealm(realm.getId());
            other.getContext().setRealm(same);
            return Optional.ofNullable(other.users().getConsentByClient(same, user.getId(), client.getId()))
                    .map(BackchannelConsent::scopes);
        });
    }

    /** The parameters of each scope, by the scope's id. */
    private static Map<String, List<String>> scopes(UserConsentModel consent) {
        Map<String, List<String>> scopes = new HashMap<>();
        consent.getGrantedClientScopes()
                .forEach(scope -> scopes.put(scope.getId(), List.copyOf(consent.getParameters(scope))));
        return scopes;
    }
}
