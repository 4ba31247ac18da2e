package io.github.enterprisesso.sso.login;

import jakarta.persistence.EntityManager;
import java.util.Map;
import java.util.Optional;
import org.keycloak.OAuth2Constants;
import org.keycloak.authentication.actiontoken.inviteorg.InviteOrgActionToken;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.OrganizationInvitationEntity;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.protocol.oidc.OIDCLoginProtocolService;
import org.keycloak.protocol.oidc.utils.OIDCResponseType;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * The invitation to an organization by whose link somebody registered. Keycloak's {@code RegistrationUserCreation} (26.7)
 * deletes it together with making the account, before any gate is asked; a refusal puts it back (route 10).
 *
 * @param id of the invitation and of its token
 * @param expires in seconds since 1970
 * @param token as it is in the link
 */
record Invitation(String id, String organization, String email, int expires, String token) {

    private static final String NOTE = "enforce-sso.invitation";

    private static final String SEPARATOR = "\n";

    /** Remembers the invitation that this very request has used; the refusal may be a request later. */
    static void remember(KeycloakSession session, AuthenticationSessionModel login) {
        ofRequest(session).ifPresent(invitation -> login.setAuthNote(NOTE, invitation.text()));
    }

    static Optional<Invitation> of(KeycloakSession session, AuthenticationSessionModel login) {
        return ofRequest(session)
                .or(() -> Optional.ofNullable(login.getAuthNote(NOTE)).map(Invitation::read));
    }

    /** Where Keycloak's registration form leaves the token that it has accepted. */
    private static Optional<Invitation> ofRequest(KeycloakSession session) {
        String serialized = session.getContext().getUri().getQueryParameters().getFirst(Constants.TOKEN);
        return session.getAttribute(InviteOrgActionToken.class.getName()) instanceof InviteOrgActionToken token
                        && serialized != null
                ? Optional.of(new Invitation(
                        token.getId(),
                        token.getOrgId(),
                        token.getEmail(),
                        token.getExp().intValue(),
                        serialized))
                : Optional.empty();
    }

    private String text() {
        return String.join(SEPARATOR, id, organization, Integer.toString(expires), token, email);
    }

    private static Invitation read(String text) {
        String[] parts = text.split(SEPARATOR, 5);
        return new Invitation(parts[0], parts[1], parts[4], Integer.parseInt(parts[2]), parts[3]);
    }

    /**
     * Makes the link work again, with the id that its token has: Keycloak's own interface gives every invitation a new one.
     *
     * @param user whose names the invitation gets
     */
    void restore(KeycloakSession session, RealmModel realm, UserModel user) {
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        if (organizations == null || organizations.getById(organization) == null) {
            return;
        }
        EntityManager database =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        database.flush();
        if (database.find(OrganizationInvitationEntity.class, id) == null) {
            OrganizationInvitationEntity invitation =
                    new OrganizationInvitationEntity(id, organization, email, user.getFirstName(), user.getLastName());
            invitation.setExpiresAt(expires);
            invitation.setInviteLink(link(session, realm));
            database.persist(invitation);
        }
    }

    /** As Keycloak's OrganizationInvitationResource writes it. */
    private String link(KeycloakSession session, RealmModel realm) {
        return OIDCLoginProtocolService.registrationsUrl(
                        session.getContext().getUri().getBaseUriBuilder())
                .queryParam(OAuth2Constants.RESPONSE_TYPE, OIDCResponseType.CODE)
                .queryParam(Constants.CLIENT_ID, Constants.ACCOUNT_MANAGEMENT_CLIENT_ID)
                .queryParam(Constants.TOKEN, token)
                .buildFromMap(Map.of("realm", realm.getName(), "protocol", OIDCLoginProtocol.LOGIN_PROTOCOL))
                .toString();
    }
}
