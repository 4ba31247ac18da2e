package io.github.enterprisesso.sso.gate;

import io.github.enterprisesso.sso.policy.Decision;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Evidence;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import io.github.enterprisesso.sso.policy.Subject;
import io.github.enterprisesso.sso.settings.ServerOption;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.List;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;

/** The policy of one realm, as the gates ask it: whatever a gate is made of, it decides, records and cleans up here. */
public final class SsoGate {

    /** The {@code error} of every event that a refusal leaves, and the first word of what a client reads. */
    public static final String SSO_REQUIRED = "sso_required";

    /** The {@code error_description} of a refusal at the token endpoint. */
    public static final String ERROR_DESCRIPTION = SSO_REQUIRED + ": sign in through an enterprise identity provider";

    private static final Logger LOG = Logger.getLogger(SsoGate.class);

    private static final String TOKEN_ENDPOINT = "/protocol/openid-connect/token";

    private static final String REPORTED = "enforce-sso.reported";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SsoSettings settings;
    private final SsoPolicy policy;

    private SsoGate(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.settings = SsoSettings.of(realm);
        SsoPolicy stored = settings.policy();
        this.policy = stored.off() || ServerOption.GATES.enabled() ? stored : SsoPolicy.OFF;
        if (policy.damaged()) {
            LOG.errorf(
                    "The SSO policy of realm %s has the unknown mode '%s': enforcing it, so that nobody slips through",
                    realm.getName(), settings.mode());
        }
    }

    public static SsoGate of(KeycloakSession session, RealmModel realm) {
        return new SsoGate(session, realm);
    }

    /** True if a program reads the answer to this request, and no person can be shown a page. */
    public static boolean atTokenEndpoint(KeycloakSession session) {
        return session.getContext().getUri().getPath().contains(TOKEN_ENDPOINT);
    }

    /** True if nothing needs to be asked: the gates then cost nothing. */
    public boolean open() {
        return policy.off();
    }

    public SsoPolicy policy() {
        return policy;
    }

    /** True if nobody but exempt people may use any other provider: the buttons of others would lead nowhere. */
    public boolean coversEverybody() {
        return policy.mode() == Mode.ENFORCE;
    }

    /**
     * Where whoever types this belongs, known here or not: nobody is looked up, so that the answer tells nothing about
     * accounts (ENF-11).
     *
     * @param typedAddress what stands in the field of the login page; may be a username
     * @return aliases of identity providers, preferred one first; empty if nothing is enforced for the address
     */
    public List<String> providersFor(String typedAddress) {
        return policy.mode() == Mode.ENFORCE ? policy.allowedProviders() : List.of();
    }

    /** @param user null if nobody has been identified: nobody is never exempt */
    public Decision decide(UserModel user, Evidence evidence) {
        return policy.decide(subject(user), evidence);
    }

    private Subject subject(UserModel user) {
        if (user != null && user.getServiceAccountClientLink() != null) {
            return Subject.serviceAccount();
        }
        return Subject.person(() -> user != null && holdsExemptRole(user));
    }

    private boolean holdsExemptRole(UserModel user) {
        RoleModel role = realm.getRole(settings.exemptRole());
        return role != null && user.hasRole(role);
    }

    /**
     * Records a refusal, or what would have been one.
     *
     * @param enforced false in REPORT
     */
    public void record(Refuse refusal, boolean enforced, Evidence evidence, UserModel user, ClientModel client) {
        EventBuilder event = new EventBuilder(
                        realm, session, session.getContext().getConnection())
                .event(EventType.LOGIN)
                .client(client)
                .user(user)
                .detail("enforced", Boolean.toString(enforced))
                .detail("method", evidence.method())
                .detail(Details.IDENTITY_PROVIDER, evidence.provider().orElse(null))
                .detail("client", client == null ? null : client.getClientId())
                .detail(Details.REASON, refusal.reason().code());
        if (user != null) {
            event.detail(Details.USERNAME, user.getUsername());
        }
        event.error(SSO_REQUIRED);
    }

    /** Records what ENFORCE would refuse, once for each session: a session that is refreshed all day says so once. */
    public void reportOnce(UserSessionModel userSession, Refuse refusal, Evidence evidence, ClientModel client) {
        if (userSession != null) {
            if (userSession.getNote(REPORTED) != null) {
                return;
            }
            userSession.setNote(REPORTED, refusal.reason().code());
        }
        record(refusal, false, evidence, userSession == null ? null : userSession.getUser(), client);
    }

    /** Name of the user-session note that stops {@link #reportOnce} from recording the same login again. */
    public static String reportedNote() {
        return REPORTED;
    }

    /** Takes a session away that the policy does not accept, the offline one of the same login included. */
    public void end(UserSessionModel userSession) {
        if (userSession == null || userSession.getPersistenceState() == SessionPersistenceState.TRANSIENT) {
            return;
        }
        if (userSession.isOffline()) {
            session.sessions().removeOfflineUserSession(realm, userSession);
        } else {
            session.sessions().removeUserSession(realm, userSession);
        }
    }
}
