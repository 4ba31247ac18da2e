package io.github.enterprisesso.teams.login;

import io.github.enterprisesso.teams.claim.GroupsClaim;
import io.github.enterprisesso.teams.settings.NoMappedGroup;
import io.github.enterprisesso.teams.sync.GroupMapper;
import jakarta.ws.rs.WebApplicationException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.keycloak.broker.provider.BrokeredIdentityContext;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.sessions.AuthenticationSessionModel;

/** A provider has answered; Keycloak does not know yet who it is. */
final class BrokerLogin {

    /** Note of the authentication session: the groups of this login were looked at. */
    static final String LOOKED_AT = "group-mapping.looked-at";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final BrokeredIdentityContext context;
    private final String provider;

    BrokerLogin(KeycloakSession session, RealmModel realm, BrokeredIdentityContext context) {
        this.session = session;
        this.realm = realm;
        this.context = context;
        this.provider = context.getIdpConfig().getAlias();
    }

    /** @param names value of the claim to name of the group */
    void claims(GroupsClaim claim, Map<String, String> names) {
        Optional<GroupMapper> mapper = GroupMapper.of(session, realm);
        if (mapper.isEmpty()) {
            return;
        }
        AuthenticationSessionModel login = context.getAuthenticationSession();
        Optional<UserModel> user = user();
        if (user.isPresent()) {
            apply(mapper.get(), user.get(), provider, claim, names, login, session);
            refuse(mapper.get(), user.get(), login);
        } else {
            Map<String, String> needed = new HashMap<>(names);
            if (claim instanceof GroupsClaim.Named named) {
                needed.keySet().retainAll(named.values());
            }
            PendingClaim.of(context.getId(), claim, needed).keep(provider, login, session);
        }
    }

    private Optional<UserModel> user() {
        return Optional.ofNullable(byId(context.getId()))
                .or(() -> Optional.ofNullable(context.getLegacyId()).map(this::byId));
    }

    private UserModel byId(String id) {
        return session.users()
                .getUserByFederatedIdentity(realm, new FederatedIdentityModel(provider, id, context.getUsername()));
    }

    /**
     * Brings the user in line with the claim; if that fails, with nothing: Keycloak makes a page of every error, and would
     * keep what was done before it.
     */
    static void apply(
            GroupMapper mapper,
            UserModel user,
            String provider,
            GroupsClaim claim,
            Map<String, String> names,
            AuthenticationSessionModel login,
            KeycloakSession session) {
        try {
            mapper.loggedIn(user.getId(), provider, claim, names);
        } catch (RuntimeException e) {
            session.getTransactionManager().setRollbackOnly();
            throw e;
        }
        if (login != null) {
            login.setAuthNote(LOOKED_AT, provider);
        }
        NoMappedGroup.addIfMissing(session.getContext().getRealm(), mapper.settings());
    }

    /** Here already, with the right page: Keycloak would say only that the account is disabled. */
    private void refuse(GroupMapper mapper, UserModel user, AuthenticationSessionModel login) {
        boolean arrives = mapper.settings().identityProviders().contains(provider);
        if (login != null && mapper.shutOut(user.getId(), arrives)) {
            NoAccess refusal = new NoAccess(session, realm, mapper.settings());
            refusal.record(user, login.getClient(), provider);
            refusal.endSessions(user);
            throw new WebApplicationException(refusal.page(login));
        }
    }
}
