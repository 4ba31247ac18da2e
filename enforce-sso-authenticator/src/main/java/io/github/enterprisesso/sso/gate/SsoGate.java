package io.github.enterprisesso.sso.gate;

import io.github.enterprisesso.sso.policy.Decision;
import io.github.enterprisesso.sso.policy.Decision.Allow;
import io.github.enterprisesso.sso.policy.Decision.Grounds;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.policy.EnforcedOrganization;
import io.github.enterprisesso.sso.policy.Evidence;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.policy.Scope;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import io.github.enterprisesso.sso.policy.Subject;
import io.github.enterprisesso.sso.settings.OrganizationModes;
import io.github.enterprisesso.sso.settings.ServerOption;
import io.github.enterprisesso.sso.settings.SsoSettings;
import io.github.enterprisesso.sso.store.LastLoginRows;
import io.micrometer.core.instrument.Metrics;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.events.Details;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserSessionModel;
import org.keycloak.models.UserSessionModel.SessionPersistenceState;
import org.keycloak.models.light.LightweightUserAdapter;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.sessions.AuthenticationSessionModel;

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
        if (!policy.off() && policy.damaged()) {
            LOG.errorf(
                    "The SSO policy of realm %s cannot be read (mode '%s', scope %s, domains %s): it is enforced for "
                            + "everybody who is not exempt, so that nobody slips through",
                    realm.getName(), settings.mode(), settings.scope(), settings.domains());
        } else if (policy.withoutProviders()) {
            LOG.errorf(
                    "The SSO policy of realm %s is enforced and names no identity provider: nobody but exempt people gets in",
                    realm.getName());
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
        return policy.mode() == Mode.ENFORCE
                && (policy.damaged() || policy.scopes().contains(Scope.REALM));
    }

    /** @param user null if nobody has been identified: nobody is never exempt */
    public Decision decide(UserModel user, Evidence evidence) {
        Decision decision = decide(user, evidence, client());
        if (!open()) {
            Metrics.counter(
                            "sso.decisions",
                            "realm",
                            realm.getName(),
                            "decision",
                            decision.word(),
                            "reason",
                            decision.why())
                    .increment();
        }
        return decision;
    }

    private Decision decide(UserModel user, Evidence evidence, Optional<String> client) {
        return policy.decide(new Person(session, realm, settings, user, client), evidence);
    }

    /**
     * Why a session would not be accepted if it were used now, or empty if it would. One that was used for excepted clients
     * alone is accepted.
     */
    public Optional<Refuse> objectionTo(UserSessionModel userSession) {
        Set<String> clients = userSession.getAuthenticatedClientSessions().values().stream()
                .map(clientSession -> clientSession.getClient().getClientId())
                .collect(Collectors.toSet());
        if (!clients.isEmpty() && policy.exceptedClients().containsAll(clients)) {
            return Optional.empty();
        }
        Decision decision =
                decide(userSession.getUser(), SessionEvidence.of(session, userSession, "session"), Optional.empty());
        return decision instanceof Refuse refusal ? Optional.of(refusal) : Optional.empty();
    }

    /** Ends the sessions and offline sessions of a person that would not be accepted now; answers how many. */
    public int endRefused(UserModel user) {
        List<UserSessionModel> refused = Stream.concat(
                        session.sessions().getUserSessionsStream(realm, user),
                        session.sessions().getOfflineUserSessionsStream(realm, user))
                .filter(userSession -> objectionTo(userSession).isPresent())
                .toList();
        refused.forEach(this::end);
        return refused.size();
    }

    /** A user as the policy asks about him, at no particular client. */
    public Subject subject(UserModel user) {
        return new Person(session, realm, settings, user, Optional.empty());
    }

    /**
     * Aliases of the identity providers that whoever types this name must use, by the domain of an address alone: the
     * answer is the same whether or not there is such a user, and whether or not he is exempt (ENF-11). Empty if nothing is
     * enforced for the domain, or none of its providers can be used now.
     *
     * @param typed anything that a person may type as his user name; null for nothing
     */
    public List<String> providersFor(String typed) {
        if (open()) {
            return List.of();
        }
        return EnforcedDomain.ofAddress(typed)
                .map(domain -> policy.providersFor(domain, owner(domain)))
                .orElse(List.of())
                .stream()
                .filter(this::usable)
                .toList();
    }

    private Optional<EnforcedOrganization> owner(String domain) {
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        return !policy.scopes().contains(Scope.ORGANIZATIONS) || organizations == null
                ? Optional.empty()
                : Optional.ofNullable(organizations.getByDomainName(domain))
                        .flatMap(organization -> OrganizationModes.enforced(session, organization));
    }

    private boolean usable(String alias) {
        IdentityProviderModel provider = session.identityProviders().getByAlias(alias);
        return provider != null && provider.isEnabled() && !Boolean.TRUE.equals(provider.isLinkOnly());
    }

    /** The client that a login or token is for: of the request, else of the login that is going on. */
    private Optional<String> client() {
        AuthenticationSessionModel login = session.getContext().getAuthenticationSession();
        ClientModel client =
                login != null ? login.getClient() : session.getContext().getClient();
        return Optional.ofNullable(client).map(ClientModel::getClientId);
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

    /**
     * Remembers a fresh login that goes through, for the lists of people: one statement by primary key, in the transaction of
     * the login. Nothing is remembered while the policy is OFF, nor for an administrator who acts as somebody, nor of
     * transient users, who are somebody else each time.
     */
    public void remember(UserModel user, Evidence evidence, Decision decision) {
        if (open()
                || decision instanceof Refuse
                || evidence instanceof Evidence.Impersonated
                || LightweightUserAdapter.isLightweightUser(user.getId())) {
            return;
        }
        LastLoginRows logins = new LastLoginRows(session, realm.getId());
        if (decision instanceof Allow allow && allow.grounds() == Grounds.ENTERPRISE_PROVIDER) {
            logins.enterprise(user.getId(), evidence.provider().orElseThrow());
        } else {
            logins.other(
                    user.getId(),
                    evidence.provider()
                            .map(alias -> evidence.method() + " " + alias)
                            .orElse(evidence.method()));
        }
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
