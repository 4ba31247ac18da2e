package io.github.enterprisesso.sso.pages;

import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.authenticators.browser.AbstractUsernameFormAuthenticator;
import org.keycloak.forms.login.freemarker.FreeMarkerLoginFormsProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.services.messages.Messages;
import org.keycloak.utils.MediaTypeMatcher;

/**
 * Keycloak's pages, with {@code account-deactivated.ftl} for a person who proved who he is, here or at an identity
 * provider, and whose account is disabled. Keycloak (26.7) shows that as one more error on the login form or as "We are
 * sorry", and calls a temporary lock after a broker login by the same name: that stays Keycloak's.
 */
final class AccountPages extends FreeMarkerLoginFormsProvider {

    private static final String TEMPLATE = "account-deactivated.ftl";

    AccountPages(KeycloakSession session) {
        super(session);
    }

    @Override
    public Response createErrorPage(Response.Status status) {
        if (MediaTypeMatcher.isJsonRequest(session.getContext().getHttpRequest().getHttpHeaders()) || !deactivated()) {
            return super.createErrorPage(status);
        }
        this.status = status;
        return createForm(TEMPLATE);
    }

    @Override
    public Response createLoginUsernamePassword() {
        return deactivated() ? createForm(TEMPLATE) : super.createLoginUsernamePassword();
    }

    @Override
    public Response createLoginPassword() {
        return deactivated() ? createForm(TEMPLATE) : super.createLoginPassword();
    }

    /** Asks for the person only where Keycloak has already said that the account is disabled. */
    private boolean deactivated() {
        if (authenticationSession == null
                || messages == null
                || messages.stream().noneMatch(message -> Messages.ACCOUNT_DISABLED.equals(message.getMessage()))) {
            return false;
        }
        UserModel person = authenticationSession.getAuthenticatedUser();
        if (person == null) {
            String name = authenticationSession.getAuthNote(AbstractUsernameFormAuthenticator.ATTEMPTED_USERNAME);
            person = name == null ? null : KeycloakModelUtils.findUserByNameOrEmail(session, realm, name);
        }
        return person != null && !person.isEnabled();
    }
}
