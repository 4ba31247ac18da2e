package io.github.enterprisesso.sso.login;

import io.github.enterprisesso.sso.gate.SessionEvidence;
import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.policy.Decision;
import io.github.enterprisesso.sso.policy.Decision.Allow;
import io.github.enterprisesso.sso.policy.Decision.Grounds;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Decision.Report;
import io.github.enterprisesso.sso.policy.Evidence;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.List;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.services.ErrorPageException;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/**
 * Looks at every interactive login after it succeeded, whatever flow it came through, and stops it before there is a
 * session. Never uses {@code failure}, which would count for brute-force detection, nor {@code ignore}, which would let
 * the login go on.
 */
final class EnforceSsoAction implements RequiredActionProvider {

    private static final String RECORDED = "enforce-sso.recorded";

    private static final String REMEMBERED = "enforce-sso.remembered";

    /** With NOT_SUPPORTED, {@code kc_action=enforce-sso} would make Keycloak skip this action altogether. */
    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (context.getUser() == null) {
            throw new ErrorPageException(pageWithoutAccount(context).render(context.form()));
        }
        login.removeRequiredAction(SsoSettings.ACTION);
        if (endsWithoutSession(login) || directGrant(context)) {
            return;
        }
        LoginEvidence facts = facts(context);
        SsoGate gate = SsoGate.of(context.getSession(), context.getRealm());
        if (gate.open() && facts.byCookie()) {
            return;
        }
        Evidence evidence = facts.ofFinishedLogin();
        facts.keep(evidence);
        Decision decision = gate.decide(context.getUser(), evidence);
        if (!facts.byCookie() && firstTime(login, REMEMBERED)) {
            gate.remember(context.getUser(), evidence, decision);
        }
        if (decision instanceof Refuse) {
            login.addRequiredAction(SsoSettings.ACTION);
            Invitation.remember(context.getSession(), login);
        } else if (decision instanceof Report report && first(login)) {
            login.setUserSessionNote(
                    SsoGate.reportedNote(), report.refusal().reason().code());
            gate.record(report.refusal(), false, evidence, context.getUser(), login.getClient());
        } else if (decision instanceof Allow allow && allow.grounds() == Grounds.ENTERPRISE_PROVIDER) {
            facts.offlineSessionOfEarlierLogin()
                    .filter(offline ->
                            gate.decide(context.getUser(), SessionEvidence.of(context.getSession(), offline, "offline"))
                                    instanceof Refuse)
                    .ifPresent(gate::end);
        }
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        SsoGate gate = SsoGate.of(context.getSession(), context.getRealm());
        LoginEvidence facts = facts(context);
        Evidence evidence = facts.ofFinishedLogin();
        if (!endsWithoutSession(login) && gate.decide(context.getUser(), evidence) instanceof Refuse refusal) {
            if (first(login)) {
                gate.record(refusal, true, evidence, context.getUser(), login.getClient());
            }
            if (facts.byCookie()) {
                gate.end(facts.userSession());
            }
            refused(context).leavesNothing(context.getUser(), refusal, facts.linkJustMade(), context.getEvent());
            context.challenge(page(context, refusal.providers()).render(context.form()));
        } else {
            context.success();
        }
    }

    @Override
    public void processAction(RequiredActionContext context) {
        if (context.getUser() == null) {
            answer(context, pageWithoutAccount(context));
            return;
        }
        Decision decision = SsoGate.of(context.getSession(), context.getRealm())
                .decide(context.getUser(), facts(context).ofFinishedLogin());
        if (decision instanceof Refuse refusal) {
            answer(context, page(context, refusal.providers()));
        } else {
            context.success();
        }
    }

    private static void answer(RequiredActionContext context, SsoRequiredPage page) {
        context.challenge(page.answer(
                context.getHttpRequest().getDecodedFormParameters(),
                context.getAuthenticationSession(),
                context.form()));
    }

    @Override
    public void close() {
        // holds nothing
    }

    /** Links that verify an address or execute actions end on an information page, without a session (route 9). */
    private static boolean endsWithoutSession(AuthenticationSessionModel login) {
        return login.getAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS) != null;
    }

    /**
     * A direct grant evaluates required actions too, and would answer only "Account is not fully set up": the output
     * gate refuses it and says why.
     */
    private static boolean directGrant(RequiredActionContext context) {
        return SsoGate.atTokenEndpoint(context.getSession());
    }

    /** True once for each login, so that reloading the page records nothing new. */
    private static boolean first(AuthenticationSessionModel login) {
        return firstTime(login, RECORDED);
    }

    private static boolean firstTime(AuthenticationSessionModel login, String note) {
        boolean first = login.getAuthNote(note) == null;
        login.setAuthNote(note, Boolean.TRUE.toString());
        return first;
    }

    private static LoginEvidence facts(RequiredActionContext context) {
        return new LoginEvidence(context.getSession(), context.getRealm(), context.getAuthenticationSession());
    }

    private static RefusedLogin refused(RequiredActionContext context) {
        return new RefusedLogin(context.getSession(), context.getRealm(), context.getAuthenticationSession());
    }

    /** For somebody whose account was made by the refused login, and is gone. */
    private static SsoRequiredPage pageWithoutAccount(RequiredActionContext context) {
        return page(context, refused(context).providersOfferedWithoutAccount().orElseGet(List::of));
    }

    private static SsoRequiredPage page(RequiredActionContext context, List<String> providers) {
        return new SsoRequiredPage(context.getSession(), context.getRealm(), providers);
    }
}
