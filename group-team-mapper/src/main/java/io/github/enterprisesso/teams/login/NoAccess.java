package io.github.enterprisesso.teams.login;

import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.settings.NoMappedGroup;
import jakarta.ws.rs.core.Response;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** What follows when somebody is not let in: the page {@code no-access.ftl}, and the event. */
final class NoAccess {

    private static final String TEMPLATE = "no-access.ftl";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;

    NoAccess(KeycloakSession session, RealmModel realm, MappingSettings settings) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
    }

    Response page(AuthenticationSessionModel login) {
        return page(session.getProvider(LoginFormsProvider.class).setAuthenticationSession(login));
    }

    Response page(LoginFormsProvider form) {
        settings.contact().ifPresent(contact -> form.setAttribute("contact", contact));
        return form.createForm(TEMPLATE);
    }

    /** Whatever way he had come in before, he is out. */
    void endSessions(UserModel user) {
        session.sessions()
                .getUserSessionsStream(realm, user)
                .toList()
                .forEach(userSession -> session.sessions().removeUserSession(realm, userSession));
        session.sessions()
                .getOfflineUserSessionsStream(realm, user)
                .toList()
                .forEach(userSession -> session.sessions().removeOfflineUserSession(realm, userSession));
    }

    /** @param provider alias of the identity provider that he came through; null for another way */
    void record(UserModel user, ClientModel client, String provider) {
        new EventBuilder(realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(client)
                .user(user)
                .detail(Details.USERNAME, user.getUsername())
                .detail(Details.IDENTITY_PROVIDER, provider)
                .detail(Details.REASON, "no group of this user is mapped")
                .error(NoMappedGroup.ERROR);
    }
}
