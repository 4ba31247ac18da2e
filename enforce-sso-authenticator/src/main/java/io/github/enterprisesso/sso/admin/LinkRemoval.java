package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.policy.Scope;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.FederatedIdentityModel.FederatedIdentityRemovedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.ErrorResponse;

/** The link between a user and his account at an identity provider, within the transaction that has just removed it. */
record LinkRemoval(KeycloakSession session, RealmModel realm, UserModel user, String alias) {

    /** Where Keycloak's LinkedAccountsResource (26.7) lets people remove their own links. */
    private static final String OWN_LINKS = "/account/linked-accounts/";

    static LinkRemoval of(FederatedIdentityRemovedEvent event) {
        return new LinkRemoval(
                event.getKeycloakSession(),
                event.getRealm(),
                event.getUser(),
                event.getFederatedIdentity().getIdentityProvider());
    }

    /**
     * Refuses it to a person who would be out of the scope {@link Scope#LINKED} by that (ENF-15).
     *
     * @throws org.keycloak.services.ErrorResponseException 400 with the reason, and the link stays
     */
    void isNoWayOutOfTheScope() {
        if (!byHimself()) {
            return;
        }
        SsoGate gate = SsoGate.of(session, realm);
        SsoPolicy policy = gate.policy();
        if (policy.mode() != Mode.ENFORCE
                || !policy.scopes().contains(Scope.LINKED)
                || !policy.allowedProviders().contains(alias)
                || gate.subject(user).exempt()) {
            return;
        }
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.REMOVE_FEDERATED_IDENTITY)
                .user(user)
                .detail(Details.IDENTITY_PROVIDER, alias)
                .error(SsoGate.SSO_REQUIRED);
        throw ErrorResponse.error(
                session.getProvider(LoginFormsProvider.class).getMessage("enforceSsoKeepLink"),
                Response.Status.BAD_REQUEST);
    }

    private boolean byHimself() {
        try {
            return session.getContext().getUri().getPath().contains(OWN_LINKS);
        } catch (RuntimeException noRequest) {
            return false;
        }
    }
}
