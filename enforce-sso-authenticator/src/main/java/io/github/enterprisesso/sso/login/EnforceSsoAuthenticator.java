package io.github.enterprisesso.sso.login;

import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Decision;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Evidence;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.OAuthErrorException;
import org.keycloak.authentication.AuthenticationFlowContext;
import org.keycloak.authentication.Authenticator;
import org.keycloak.models.DefaultActionTokenKey;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.FormMessage;
import org.keycloak.representations.idm.OAuth2ErrorRepresentation;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.LoginActionsService;

/**
 * Refuses early, inside a flow. Answers with {@code forceChallenge}: a {@code failure} would count for brute-force
 * detection, and a locked user is refused by the enterprise provider's broker as well.
 */
final class EnforceSsoAuthenticator implements Authenticator {

    /** What Keycloak calls the flow of a password grant. */
    private static final String DIRECT_GRANT = "token";

    @Override
    public void authenticate(AuthenticationFlowContext context) {
        SsoGate gate = SsoGate.of(context.getSession(), context.getRealm());
        if (gate.open() || resetOfNobody(context)) {
            context.success();
            return;
        }
        Evidence evidence = evidence(context);
        Decision decision = gate.decide(context.getUser(), evidence);
        if (decision instanceof Refuse refusal) {
            gate.record(
                    refusal,
                    true,
                    evidence,
                    context.getUser(),
                    context.getAuthenticationSession().getClient());
            refused(context)
                    .leavesNothing(
                            context.getUser(), refusal, facts(context).linkJustMade(evidence), context.getEvent());
            refuse(context, refusal);
        } else {
            context.success();
        }
    }

    @Override
    public void action(AuthenticationFlowContext context) {
        Optional<List<String>> withoutAccount = refused(context).providersOfferedWithoutAccount();
        if (withoutAccount.isPresent()) {
            answer(context, withoutAccount.get());
            return;
        }
        SsoGate gate = SsoGate.of(context.getSession(), context.getRealm());
        if (!(gate.decide(context.getUser(), evidence(context)) instanceof Refuse refusal)) {
            context.success();
            return;
        }
        answer(context, refusal.providers());
    }

    private static void answer(AuthenticationFlowContext context, List<String> providers) {
        context.forceChallenge(page(context, providers)
                .answer(
                        context.getHttpRequest().getDecodedFormParameters(),
                        context.getAuthenticationSession(),
                        context.form()));
    }

    private static void refuse(AuthenticationFlowContext context, Refuse refusal) {
        if (DIRECT_GRANT.equals(context.getFlowPath())) {
            context.forceChallenge(Response.status(Response.Status.BAD_REQUEST)
                    .type(MediaType.APPLICATION_JSON_TYPE)
                    .entity(new OAuth2ErrorRepresentation(OAuthErrorException.INVALID_GRANT, SsoGate.ERROR_DESCRIPTION))
                    .build());
        } else if (resettingCredentials(context) && !followedMailLink(context)) {
            // The same words as for an unknown name (ENF-11); there just is no mail.
            context.forkWithSuccessMessage(new FormMessage(Messages.EMAIL_SENT));
        } else {
            context.forceChallenge(page(context, refusal.providers()).render(context.form()));
        }
    }

    private static Evidence evidence(AuthenticationFlowContext context) {
        LoginEvidence facts = facts(context);
        if (LoginActionsService.FIRST_BROKER_LOGIN_PATH.equals(context.getFlowPath())) {
            return facts.ofBrokerFlow(true);
        }
        if (LoginActionsService.POST_BROKER_LOGIN_PATH.equals(context.getFlowPath())) {
            return facts.ofBrokerFlow(false);
        }
        return facts.ofFinishedLogin();
    }

    /** Keycloak answers for an unknown name by itself; asking the policy would tell it from a known one. */
    private static boolean resetOfNobody(AuthenticationFlowContext context) {
        return resettingCredentials(context) && context.getUser() == null;
    }

    private static boolean resettingCredentials(AuthenticationFlowContext context) {
        return LoginActionsService.RESET_CREDENTIALS_PATH.equals(context.getFlowPath());
    }

    private static boolean followedMailLink(AuthenticationFlowContext context) {
        return context.getUser() != null
                && Objects.equals(
                        context.getUser().getId(),
                        context.getAuthenticationSession().getAuthNote(DefaultActionTokenKey.ACTION_TOKEN_USER_ID));
    }

    private static LoginEvidence facts(AuthenticationFlowContext context) {
        return new LoginEvidence(context.getSession(), context.getRealm(), context.getAuthenticationSession());
    }

    private static RefusedLogin refused(AuthenticationFlowContext context) {
        return new RefusedLogin(context.getSession(), context.getRealm(), context.getAuthenticationSession());
    }

    private static SsoRequiredPage page(AuthenticationFlowContext context, List<String> providers) {
        return new SsoRequiredPage(context.getSession(), context.getRealm(), providers);
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
