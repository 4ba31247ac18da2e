package io.github.enterprisesso.sso.login;

import io.github.enterprisesso.sso.gate.NewAccount;
import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import java.util.List;
import java.util.Optional;
import org.keycloak.broker.provider.AbstractIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * A login that was refused leaves nothing behind: neither the account that it registered or imported (routes 6 and 10)
 * nor the link that it made to another provider's account (route 6), nor a used invitation. The page that explains the refusal stays usable
 * without the account.
 */
record RefusedLogin(KeycloakSession session, RealmModel realm, AuthenticationSessionModel login) {

    /** Keycloak has no user to ask about any more, so the providers of the page are remembered here. */
    private static final String OFFERED = "enforce-sso.offered";

    private static final String SEPARATOR = ",";

    void leavesNothing(UserModel user, Refuse refusal, Optional<String> linkJustMade, EventBuilder event) {
        if (user == null) {
            return;
        }
        if (madeTheAccount() && !LightweightUserAdapter.isLightweightUser(user.getId())) {
            login.setAuthNote(OFFERED, String.join(SEPARATOR, refusal.providers()));
            Optional<Invitation> invitation = Invitation.of(session, login);
            EventBuilder removal = event.clone();
            invitation.ifPresent(used -> {
                used.restore(session, realm, user);
                removal.detail("invitation", used.id());
            });
            new NewAccount(session, realm, user).takeBack(removal);
        } else {
            linkJustMade.ifPresent(alias -> unlink(user, alias, event));
        }
    }

    /** The providers to offer to somebody whose account was taken back; empty for everybody else. */
    Optional<List<String>> providersOfferedWithoutAccount() {
        return Optional.ofNullable(login.getAuthNote(OFFERED))
                .map(aliases -> aliases.isEmpty() ? List.of() : List.of(aliases.split(SEPARATOR)));
    }

    /** Both notes are Keycloak's own, and are gone once the login starts again. */
    private boolean madeTheAccount() {
        return Boolean.parseBoolean(login.getAuthNote(AuthenticationManager.NEW_USER_REGISTERED))
                || Boolean.parseBoolean(login.getAuthNote(AbstractIdentityProvider.BROKER_REGISTERED_NEW_USER));
    }

    private void unlink(UserModel user, String alias, EventBuilder event) {
        if (session.users().removeFederatedIdentity(realm, user, alias)) {
            event.clone()
                    .event(EventType.REMOVE_FEDERATED_IDENTITY)
                    .user(user)
                    .detail(Details.IDENTITY_PROVIDER, alias)
                    .detail(Details.REASON, SsoGate.SSO_REQUIRED)
                    .success();
        }
    }
}
