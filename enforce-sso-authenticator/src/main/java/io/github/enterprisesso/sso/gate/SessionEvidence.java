package io.github.enterprisesso.sso.gate;

import io.github.enterprisesso.sso.policy.Evidence;
import java.util.Optional;
import org.keycloak.broker.provider.UserAuthenticationIdentityProvider;
import org.keycloak.events.Details;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.ImpersonationSessionNote;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserSessionModel;

/** What a user session tells about the login that made it. */
public final class SessionEvidence {

    /**
     * Our own note: alias of the provider, written on a real brokered login. Keycloak's {@code identity_provider} note
     * alone proves nothing, because account linking sets it on a session that began with a password (route 7).
     */
    public static final String NOTE = "enforce-sso.provider";

    /**
     * How Keycloak's {@code AbstractTokenExchangeProvider} marks a session that it makes for the token of another provider
     * (token exchange v1, route 18).
     */
    public static final String EXTERNAL_EXCHANGE = "external-exchange";

    private SessionEvidence() {}

    /** A session of many that are looked at in one go: the links of its person are at hand. */
    public interface WithLinks extends UserSessionModel {

        /** The id that the person has at a provider, if he is linked to it. */
        Optional<String> linkedAs(String alias);
    }

    /** @param method what to call a session that no provider vouches for */
    public static Evidence of(KeycloakSession session, UserSessionModel userSession, String method) {
        if (userSession == null) {
            return new Evidence.Local(method);
        }
        String administrator = userSession.getNote(ImpersonationSessionNote.IMPERSONATOR_ID.toString());
        if (administrator != null) {
            return new Evidence.Impersonated(administrator);
        }
        String provider = userSession.getNote(NOTE);
        if (provider != null) {
            return new Evidence.Brokered(provider);
        }
        if (EXTERNAL_EXCHANGE.equals(userSession.getAuthMethod())) {
            String external = userSession.getNote(UserAuthenticationIdentityProvider.EXTERNAL_IDENTITY_PROVIDER);
            return external == null ? new Evidence.Local(method) : new Evidence.Brokered(external);
        }
        String claimed = userSession.getNote(Details.IDENTITY_PROVIDER);
        if (claimed != null && startedBy(session, userSession, claimed)) {
            return new Evidence.Brokered(claimed);
        }
        return new Evidence.Local(method);
    }

    /**
     * For sessions older than the installation: Keycloak names the broker user of a session {@code alias.id} when a
     * provider's login starts it, and never later. Compared with the user's own link, as aliases may contain dots.
     */
    private static boolean startedBy(KeycloakSession session, UserSessionModel userSession, String alias) {
        String brokerUser = userSession.getBrokerUserId();
        if (brokerUser == null
                || !brokerUser.startsWith(alias + ".")
                || !(userSession instanceof WithLinks) && userSession.getUser() == null) {
            return false;
        }
        Optional<String> linked = userSession instanceof WithLinks known
                ? known.linkedAs(alias)
                : Optional.ofNullable(session.users()
                                .getFederatedIdentity(userSession.getRealm(), userSession.getUser(), alias))
                        .map(FederatedIdentityModel::getUserId);
        return linked.filter(id -> brokerUser.equals(alias + "." + id)).isPresent();
    }
}
