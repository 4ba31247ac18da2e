package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.settings.SsoSettings;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** A role that a user was just given, within the transaction that did it. */
record RoleChange(KeycloakSession session, RealmModel realm, RoleModel role, UserModel user) {

    private static final Logger LOG = Logger.getLogger(RoleChange.class);

    /** Where identity providers answer, and where their mappers work. */
    private static final String BROKER = "/broker/";

    /**
     * Takes the exempt role away again if a mapper of an identity provider gave it: whoever may configure a provider, or speaks
     * for it, could otherwise exempt people from it (EXM-4).
     */
    void isNotMadeByAProvider() {
        if (realm == null || session.getContext().getBearerToken() != null) {
            return;
        }
        RoleModel exempt = realm.getRole(SsoSettings.of(realm).exemptRole());
        if (exempt == null || !role.hasRole(exempt) || !atTheBroker()) {
            return;
        }
        user.deleteRoleMapping(role);
        LOG.warnf(
                "A mapper of an identity provider gave the role %s to user %s of realm %s; it was taken away again, because it "
                        + "exempts from SSO",
                role.getName(), user.getId(), realm.getName());
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.UPDATE_PROFILE)
                .user(user)
                .detail("role", role.getName())
                .detail(Details.REASON, "a provider's mapper cannot exempt anybody")
                .error("sso_exemption_refused");
    }

    private boolean atTheBroker() {
        try {
            return session.getContext().getUri().getPath().contains(BROKER);
        } catch (RuntimeException noRequest) {
            return false;
        }
    }
}
