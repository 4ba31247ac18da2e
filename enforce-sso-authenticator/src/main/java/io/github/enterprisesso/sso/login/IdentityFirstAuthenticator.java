package io.github.enterprisesso.sso.login;

import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Evidence;
import io.github.enterprisesso.sso.policy.Mode;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.forms.login.LoginFormsProvider;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.protocol.oidc.OIDCLoginProtocol;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.services.messages.Messages;

/**
 * Asks for the address first, and sends whoever must sign in elsewhere straight to his provider (ENF-12).
 *
 * <p>Only the domain decides: nobody is looked up, so known and unknown people see the same (ENF-11). Everybody else, and
 * whoever asks for the password (UX-3), goes on to the next step of the flow with the address filled in. That step is the
 * usual form; the gates behind it decide as ever.
 */
final class IdentityFirstAuthenticator implements Authenticator {

    private static final String TEMPLATE = "identity-first.ftl";
    private static final String PASSWORD_BUTTON = "usePassword";
    private static final String TYPED = "enforce-sso.typed";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        SsoGate gate = gate(context);
        if (gate.policy().mode() != Mode.ENFORCE) {
            context.success();
        } else if (context.getUser() != null) {
            again(context, gate);
        } else {
            context.challenge(ask(context, gate, prefilled(context)));
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        MultivaluedMap<String, String> posted = context.getHttpRequest().getDecodedFormParameters();
        String typed = typed(context, posted);
        if (posted.containsKey(PASSWORD_BUTTON)) {
            usualForm(context, typed);
            return;
        }
        SsoGate gate = gate(context);
        if (typed.isEmpty() && context.getUser() == null) {
            context.form().addError(new FormMessage(AuthenticationManager.FORM_USERNAME, Messages.MISSING_USERNAME));
            context.challenge(ask(context, gate, typed));
            return;
        }
        List<String> aliases = context.getUser() == null ? gate.providersFor(typed) : required(context, gate);
        if (aliases.isEmpty()) {
            usualForm(context, typed);
            return;
        }
        SsoRequiredPage page = new SsoRequiredPage(context.getSession(), context.getRealm(), aliases);
        page.chosen(posted)
                .or(page::only)
                .ifPresentOrElse(
                        provider -> redirect(context, page, provider, typed),
                        () -> context.forceChallenge(page.offer(context.form())));
    }

    /** Whoever has a session and is to prove himself again is known: he gets the button, but is not sent away unasked. */
    private static void again(AuthenticationFlowContext context, SsoGate gate) {
        List<String> aliases = required(context, gate);
        if (aliases.isEmpty()) {
            context.success();
            return;
        }
        UserModel user = context.getUser();
        context.getAuthenticationSession()
                .setAuthNote(TYPED, user.getEmail() == null ? user.getUsername() : user.getEmail());
        context.challenge(new SsoRequiredPage(context.getSession(), context.getRealm(), aliases).offer(context.form()));
    }

    private static List<String> required(AuthenticationFlowContext context, SsoGate gate) {
        return gate.decide(context.getUser(), new Evidence.Local("reauthentication")) instanceof Refuse refusal
                ? refusal.providers()
                : List.of();
    }

    private static void redirect(
            AuthenticationFlowContext context, SsoRequiredPage page, IdentityProviderModel provider, String typed) {
        context.forceChallenge(page.redirect(provider, context.getAuthenticationSession(), typed));
    }

    /**
     * The next step reads the name from where a client's {@code login_hint} is kept; a theme that folds the form away is told
     * that it is the form that is wanted now.
     */
    private static void usualForm(AuthenticationFlowContext context, String typed) {
        context.form().setAttribute("enforceSsoFormWanted", true);
        if (!typed.isEmpty()) {
            context.getAuthenticationSession().setClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM, typed);
        }
        context.success();
    }

    private static Response ask(AuthenticationFlowContext context, SsoGate gate, String name) {
        MultivaluedMap<String, String> fields = new MultivaluedHashMap<>();
        fields.putSingle(AuthenticationManager.FORM_USERNAME, name);
        LoginFormsProvider form = context.form().setFormData(fields);
        form.setAttribute("enforceSsoName", name);
        form.setAttribute("enforceSsoEverybody", gate.coversEverybody());
        return form.createForm(TEMPLATE);
    }

    /** What the name of the client's {@code login_hint} or of "remember me" is; else empty. */
    private static String prefilled(AuthenticationFlowContext context) {
        String hint = context.getAuthenticationSession().getClientNote(OIDCLoginProtocol.LOGIN_HINT_PARAM);
        String remembered = hint == null ? AuthenticationManager.getRememberMeUsername(context.getSession()) : hint;
        return remembered == null ? "" : remembered;
    }

    /** The name on the page that was posted, or, from the choice between providers, on the page before. */
    private static String typed(AuthenticationFlowContext context, MultivaluedMap<String, String> posted) {
        String name = posted.getFirst(AuthenticationManager.FORM_USERNAME);
        if (name != null) {
            context.getAuthenticationSession().setAuthNote(TYPED, name.strip());
        }
        String typed = context.getAuthenticationSession().getAuthNote(TYPED);
        return typed == null ? "" : typed;
    }

    private static SsoGate gate(AuthenticationFlowContext context) {
        return SsoGate.of(context.getSession(), context.getRealm());
    }

    @Override
    public boolean requiresUser() {
        return false;
    }

    @Override
    public boolean configuredFor(KeycloakSession session, RealmModel realm, UserModel user) {
        return true;
    }

    @Override
    public void setRequiredActions(KeycloakSession session, RealmModel realm, UserModel user) {
        // nothing to set up
    }

    @Override
    public void close() {
        // holds nothing
    }
}
