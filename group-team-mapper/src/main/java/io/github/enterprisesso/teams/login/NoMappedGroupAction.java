package io.github.enterprisesso.teams.login;

import io.github.enterprisesso.teams.settings.NoMappedGroup;
import io.github.enterprisesso.teams.sync.GroupMapper;
import java.util.Optional;
import org.keycloak.authentication.InitiatedActionSupport;
import org.keycloak.authentication.RequiredActionContext;
import org.keycloak.authentication.RequiredActionProvider;
import org.keycloak.events.Details;
import org.keycloak.models.UserModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Stops a login of who has no mapped group before there is a session, whatever way he came. */
final class NoMappedGroupAction implements RequiredActionProvider {

    private static final String RECORDED = "group-mapping.recorded";

    /** With NOT_SUPPORTED, {@code kc_action=no-mapped-group} would make Keycloak skip this action altogether. */
    @Override
    public InitiatedActionSupport initiatedActionSupport() {
        return InitiatedActionSupport.SUPPORTED;
    }

    @Override
    public void evaluateTriggers(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        login.removeRequiredAction(NoMappedGroup.ACTION);
        if (shutOut(context)) {
            login.addRequiredAction(NoMappedGroup.ACTION);
        }
    }

    private static boolean shutOut(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        // Links that verify an address end without a session; at the token endpoint the gate of tokens says why.
        boolean noSession = login.getAuthNote(AuthenticationManager.END_AFTER_REQUIRED_ACTIONS) != null;
        if (noSession || PendingGate.atTokenEndpoint(context.getSession())) {
            return false;
        }
        Optional<GroupMapper> mapper = GroupMapper.of(context.getSession(), context.getRealm())
                .filter(found -> found.settings().shutsOut());
        return mapper.isPresent() && shutOut(mapper.get(), context.getUser(), login);
    }

    private static boolean shutOut(GroupMapper mapper, UserModel user, AuthenticationSessionModel login) {
        boolean arrives = Optional.ofNullable(provider(login))
                .filter(mapper.settings().identityProviders()::contains)
                .isPresent();
        if (arrives && login.getAuthNote(BrokerLogin.LOOKED_AT) == null) {
            login.setAuthNote(BrokerLogin.LOOKED_AT, provider(login));
            mapper.arrived(user.getId());
        }
        return mapper.shutOut(user.getId(), arrives);
    }

    private static String provider(AuthenticationSessionModel login) {
        return login.getUserSessionNotes().get(Details.IDENTITY_PROVIDER);
    }

    @Override
    public void requiredActionChallenge(RequiredActionContext context) {
        AuthenticationSessionModel login = context.getAuthenticationSession();
        if (!shutOut(context)) {
            context.success();
            return;
        }
        NoAccess refusal = new NoAccess(
                context.getSession(),
                context.getRealm(),
                GroupMapper.of(context.getSession(), context.getRealm())
                        .orElseThrow()
                        .settings());
        if (login.getAuthNote(RECORDED) == null) {
            login.setAuthNote(RECORDED, Boolean.TRUE.toString());
            refusal.record(context.getUser(), login.getClient(), provider(login));
        }
        refusal.endSessions(context.getUser());
        context.challenge(refusal.page(context.form()));
    }

    @Override
    public void processAction(RequiredActionContext context) {
        requiredActionChallenge(context);
    }

    @Override
    public void close() {}
}
