package io.github.enterprisesso.sso.login;

import io.github.enterprisesso.sso.gate.SessionEvidence;
import io.github.enterprisesso.sso.policy.Evidence;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.keycloak.authentication.AuthenticatorUtil;
import org.keycloak.authentication.authenticators.broker.AbstractIdpAuthenticator;
import org.keycloak.authentication.authenticators.broker.util.PostBrokerLoginConstants;
import org.keycloak.authentication.authenticators.broker.util.SerializedBrokeredIdentityContext;
import org.keycloak.authentication.authenticators.browser.CookieAuthenticatorFactory;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.cookie.CookieProvider;
import org.keycloak.cookie.CookieType;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.organization.authentication.authenticators.browser.OrganizationAuthenticatorFactory;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.managers.AuthenticationManager.AuthResult;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;

/**
 * How the user proved himself in the login that is going on. A session's past counts only if the login consists of its
 * cookie; a fresh authentication inside an SSO session is judged by itself (route 14).
 */
final class LoginEvidence {

    /** What ends a login by cookie: the cookie itself, or the choice of the organization that follows it. */
    private static final Set<String> COOKIE =
            Set.of(CookieAuthenticatorFactory.PROVIDER_ID, OrganizationAuthenticatorFactory.ID);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final AuthenticationSessionModel login;

    LoginEvidence(KeycloakSession session, RealmModel realm, AuthenticationSessionModel login) {
        this.session = session;
        this.realm = realm;
        this.login = login;
    }

    /** After authentication: Keycloak sets the note of the provider just before it runs the required actions. */
    Evidence ofFinishedLogin() {
        if (byCookie()) {
            return SessionEvidence.of(session, userSession(), "cookie");
        }
        String provider = login.getUserSessionNotes().get(Details.IDENTITY_PROVIDER);
        return provider != null ? new Evidence.Brokered(provider) : new Evidence.Local(method());
    }

    /** Within a provider's own flow the note is not set yet: the brokered identity says who answered. */
    Evidence ofBrokerFlow(boolean firstLogin) {
        SerializedBrokeredIdentityContext brokered = SerializedBrokeredIdentityContext.readFromAuthenticationSession(
                login,
                firstLogin
                        ? AbstractIdpAuthenticator.BROKERED_CONTEXT_NOTE
                        : PostBrokerLoginConstants.PBL_BROKERED_IDENTITY_CONTEXT);
        return brokered == null
                ? new Evidence.Local(method())
                : new Evidence.Brokered(brokered.getIdentityProviderId());
    }

    /** Keeps the evidence for the tokens and cookie logins that follow, if this login brings any. */
    void keep(Evidence evidence) {
        evidence.provider().ifPresent(alias -> login.setUserSessionNote(SessionEvidence.NOTE, alias));
    }

    /**
     * True if the login was made by the cookie of an existing session and by nothing else. Keycloak's note alone is not
     * enough: for an organization the cookie authenticator (26.7) sets it and lets the flow go on; either the organization
     * is then picked, or the user proves himself afresh, with a passkey even in the very step that picks it.
     */
    boolean byCookie() {
        return Boolean.parseBoolean(login.getAuthNote(AuthenticationManager.SSO_AUTH))
                && AuthenticatorUtil.getAuthnCredentials(login).isEmpty()
                && succeeded().anyMatch(COOKIE::contains);
    }

    /** True if the person followed the link that "forgot password" mails (route 8). */
    boolean byResetMail() {
        return succeeded().anyMatch(ResetCredentialEmail.PROVIDER_ID::equals);
    }

    /** Alias of the provider whose account this very login linked to the user for the first time. */
    Optional<String> linkJustMade() {
        return linkJustMade(ofFinishedLogin());
    }

    /** The same where the evidence is not that of a finished login. */
    Optional<String> linkJustMade(Evidence evidence) {
        return Optional.ofNullable(login.getAuthNote(AbstractIdpAuthenticator.FIRST_BROKER_LOGIN_SUCCESS))
                .filter(alias -> evidence.provider().filter(alias::equals).isPresent());
    }

    /**
     * The offline session that goes by the id of the session in which this fresh login takes place. Keycloak would give it
     * the next offline token and leave its notes as they are, so that the token would be refused for a login long ago
     * (route 16). Costs nothing in a browser without a session.
     */
    Optional<UserSessionModel> offlineSessionOfEarlierLogin() {
        if (byCookie() || session.getProvider(CookieProvider.class).get(CookieType.IDENTITY) == null) {
            return Optional.empty();
        }
        return Optional.ofNullable(session.sessions()
                .getOfflineUserSession(realm, login.getParentSession().getId()));
    }

    /**
     * The session whose cookie made the login, or null. Keycloak gives it the id of the authentication session's parent;
     * a browser with an abandoned login in another tab is the exception.
     */
    UserSessionModel userSession() {
        UserSessionModel same = session.sessions()
                .getUserSession(realm, login.getParentSession().getId());
        if (same != null) {
            return same;
        }
        AuthResult cookie = AuthenticationManager.authenticateIdentityCookie(session, realm, true);
        return cookie != null && cookie.user().equals(login.getAuthenticatedUser()) ? cookie.session() : null;
    }

    private String method() {
        String authenticators = succeeded().sorted().collect(Collectors.joining(" "));
        return authenticators.isEmpty() ? "local" : authenticators;
    }

    /** The ids of the authenticators that were content in this login. */
    private Stream<String> succeeded() {
        return login.getExecutionStatus().entrySet().stream()
                .filter(execution -> execution.getValue() == ExecutionStatus.SUCCESS)
                .map(Map.Entry::getKey)
                .map(realm::getAuthenticationExecutionById)
                .filter(Objects::nonNull)
                .map(AuthenticationExecutionModel::getAuthenticator)
                .filter(Objects::nonNull);
    }
}
