package io.github.enterprisesso.sso.login;

import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Evidence;
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
 * console or any other application (UX-5): the password would be of no use to him.
 *
 * <p>Where two factories share an id, Keycloak takes the one that is not its own. What an administrator or an expired
 * password asks for stays as it is.
 */
public final class UpdatePasswordWithinPolicy extends UpdatePassword {

    private static final String TEMPLATE = "sso-no-password.ftl";

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

    private static void refuse(RequiredActionContext context) {
        context.getEvent()
                .clone()
                .event(EventType.UPDATE_CREDENTIAL)
                .user(context.getUser())
                .detail(Details.CREDENTIAL_TYPE, PasswordCredentialModel.TYPE)
                .error(SsoGate.SSO_REQUIRED);
        context.challenge(context.form().createForm(TEMPLATE));
    }

    private boolean inVain(RequiredActionContext context) {
        return getId().equals(context.getAuthenticationSession().getClientNote(Constants.KC_ACTION_EXECUTING))
                && SsoGate.of(context.getSession(), context.getRealm())
                                .decide(context.getUser(), new Evidence.Local(PasswordCredentialModel.TYPE))
                        instanceof Refuse;
    }
}
