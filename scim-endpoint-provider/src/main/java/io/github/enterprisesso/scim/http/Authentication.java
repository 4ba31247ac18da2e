package io.github.enterprisesso.scim.http;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.http.Credentials.Scheme;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.token.ScimToken;
import io.github.enterprisesso.scim.token.ScimTokens;
import io.github.enterprisesso.scim.token.TokenStatus;
import java.time.Instant;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.Errors;
import org.keycloak.events.EventBuilder;
import org.keycloak.events.EventType;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.urls.UrlType;

/**
 * Who asks: a token of a connection, as a bearer token or, where the connection allows it, as the password of HTTP Basic;
 * or an access token of the service account that the connection names. What fails is a {@code CLIENT_LOGIN_ERROR} event and
 * a line in the log, with the address and never with what was sent (requirement TOK-7).
 */
final class Authentication {

    /** More failures of one address in a minute are answered and no longer recorded: they must not fill the database. */
    private static final int RECORDED_FAILURES_PER_MINUTE = 20;

    private static final String REFUSED = "The token is unknown or has expired.";
    private static final Logger LOG = Logger.getLogger(Authentication.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final RateLimits failures;
    private final Observation observation;

    Authentication(KeycloakSession session, RateLimits failures, Observation observation) {
        this.observation = observation;
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.failures = failures;
    }

    /** 401 for everybody else. */
    ScimContext authenticate(String header) {
        Credentials credentials = Credentials.read(header)
                .orElseThrow(() ->
                        refused("no_token", null, null, "A bearer token is required: Authorization: Bearer <token>."));
        return credentials.isAccessToken() ? serviceAccount(credentials) : ownToken(credentials);
    }

    private ScimContext serviceAccount(Credentials credentials) {
        ServiceAccount account = ServiceAccount.of(session, credentials.secret())
                .orElseThrow(() -> refused("invalid_access_token", null, null, REFUSED));
        ScimConnection connection = account.connection(realm)
                .orElseThrow(() -> refused("access_token_without_connection", null, null, REFUSED));
        return context(connection, ScimToken.ofServiceAccount(connection.id(), account.client(), account.user()));
    }

    /**
     * For {@code /Me}: a person, by an access token that a client got for him. Only through the connection that provisions him,
     * and only when that connection names the client: 404 and 403. 403 as well for a connection's own token, which is nobody.
     */
    ScimContext person(String header) {
        Credentials credentials = Credentials.read(header)
                .orElseThrow(() ->
                        refused("no_token", null, null, "An access token is required: Authorization: Bearer <token>."));
        if (!credentials.isAccessToken()) {
            ownToken(credentials);
            throw ScimException.forbidden("/Me is for people, by an access token; a connection has no User.");
        }
        Person person = Person.of(session, credentials.secret())
                .orElseThrow(() -> refused("invalid_access_token", null, null, REFUSED));
        ScimConnection connection =
                person.connection(session, realm).orElseThrow(() -> ScimException.notFound("A User of yours"));
        String client = person.client().getClientId();
        if (!connection.meClients().contains(client)) {
            throw ScimException.forbidden(
                    "Access tokens of client '" + client + "' do not open /Me (option meClients).");
        }
        return context(connection, ScimToken.ofPerson(connection.id(), person.client(), person.user()));
    }

    private ScimContext ownToken(Credentials credentials) {
        ScimToken token = new ScimTokens(session, realm)
                .byText(credentials.secret())
                .orElseThrow(() -> refused("unknown_token", null, null, REFUSED));
        Optional<ScimConnection> found = ScimConnection.find(realm, token.connectionId());
        if (found.isEmpty()) {
            throw refused("unknown_token", null, null, REFUSED);
        }
        ScimConnection connection = found.get();
        observation.caller(connection, token);
        if (token.status(Instant.ofEpochMilli(Time.currentTimeMillis())) == TokenStatus.EXPIRED) {
            throw refused("expired_token", connection, token, REFUSED);
        }
        if (credentials.scheme() == Scheme.BASIC && !connection.basicAuthentication()) {
            throw refused("basic_not_allowed", connection, token, REFUSED);
        }
        return context(connection, token);
    }

    private ScimContext context(ScimConnection connection, ScimToken token) {
        observation.caller(connection, token);
        String server =
                session.getContext().getUri(UrlType.FRONTEND).getBaseUri().toString();
        return new ScimContext(session, realm, connection, token, ScimContext.baseUrl(server, realm.getName()));
    }

    private ScimException refused(String reason, ScimConnection connection, ScimToken token, String detail) {
        String address = session.getContext().getConnection().getRemoteHost();
        if (failures.secondsToWait(realm.getId() + " " + address, RECORDED_FAILURES_PER_MINUTE) == 0) {
            LOG.warnf(
                    "SCIM request refused in realm %s from %s: %s%s",
                    realm.getName(), address, reason, token == null ? "" : " " + token.prefix() + "...");
            EventBuilder event = new EventBuilder(
                            realm, session, session.getContext().getConnection())
                    .event(EventType.CLIENT_LOGIN)
                    .detail("auth_method", "scim")
                    .detail("reason", reason);
            if (connection != null) {
                event.detail("scim_connection", connection.name()).detail("scim_token", token.prefix());
            }
            event.error(Errors.INVALID_TOKEN);
        }
        return ScimException.unauthorized(detail);
    }

    /** The {@code WWW-Authenticate} header of the realm: Basic only where some connection takes it. */
    static String challenge(RealmModel realm) {
        String challenge = "Bearer realm=\"" + realm.getName() + "\"";
        boolean basic = ScimConnection.all(realm).stream().anyMatch(ScimConnection::basicAuthentication);
        return basic ? challenge + ", Basic realm=\"" + realm.getName() + "\"" : challenge;
    }
}
