package io.github.enterprisesso.sso.login;

import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Evidence;
import jakarta.ws.rs.core.Response;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.authentication.requiredactions.UpdatePassword;
import org.keycloak.events.Details;
import org.keycloak.events.EventType;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.credential.PasswordCredentialModel;

/**
 * Keycloak's own action {@code UPDATE_PASSWORD}, but whoever must use single sign-on cannot ask for it, from the account
 * console or any other application (UX-5) or by "forgot password" (route 8): the password would be of no use to him.
 *
 * <p>Where two factories share an id, Keycloak takes the one that is not its own. What an administrator or an expired
 * password asks for stays as it is.
 */
public final class UpdatePasswordWithinPolicy extends UpdatePassword {

    private static final String TEMPLATE = "sso-no-password.ftl";
    private static final String MESSAGE = "enforceSsoNoPassword";

    @Override
    public RequiredActionProvider create(KeycloakSession session) {
        return this;
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        if (inVain(context)) {
            refuse(context);
        } else {
            super.requiredActionChallenge(context);
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (inVain(context)) {
            refuse(context);
        } else {
            super.processAction(context);
        }
    }

    private void refuse(RequiredActionContext context) {
        context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .user(context.getUser())
                .detail(Details.CREDENTIAL_TYPE, PasswordCredentialModel.TYPE)
                .error(SsoGate.SSO_REQUIRED);
        context.challenge(
                byApplication(context)
                        ? context.form().createForm(TEMPLATE)
                        : context.form().setError(MESSAGE).createErrorPage(Response.Status.FORBIDDEN));
    }

    private boolean inVain(RequiredActionContext context) {
        return (byApplication(context) || byMail(context))
                && SsoGate.of(context.getSession(), context.getRealm())
                                .decide(context.getUser(), new Evidence.Local(PasswordCredentialModel.TYPE))
                        instanceof Refuse;
    }

    private boolean byApplication(RequiredActionContext context) {
        return getId().equals(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING));
    }

    /** The link may end without a session, in another browser for example: the gates have then let it pass. */
    private static boolean byMail(RequiredActionContext context) {
        return new LoginEvidence(context.getSession(), context.getRealm(), context.getAuthenticationSession())
                .byResetMail();
    }
}
