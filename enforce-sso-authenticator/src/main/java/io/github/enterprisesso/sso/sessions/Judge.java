package io.github.enterprisesso.sso.sessions;

import io.github.enterprisesso.sso.gate.SessionEvidence;
import io.github.enterprisesso.sso.gate.SsoGate;
import io.github.enterprisesso.sso.people.Account;
import io.github.enterprisesso.sso.people.Accounts;
import io.github.enterprisesso.sso.policy.Decision.Refuse;
import io.github.enterprisesso.sso.policy.Evidence;
import io.github.enterprisesso.sso.policy.SsoPolicy;
import io.github.enterprisesso.sso.policy.Subject;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.common.util.Time;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What the policy says to the sessions of one batch; everything that it asks about is read for all of them at once. */
final class Judge {

    private static final String METHOD = "session";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final SsoPolicy policy;
    private final Map<String, Account> accounts;
    private final Set<String> atExceptedClients;
    private final Instant now = Instant.ofEpochMilli(Time.currentTimeMillis());

    Judge(KeycloakSession session, RealmModel realm, Accounts people, SsoPolicy policy, List<StoredSession> batch) {
        this.session = session;
        this.realm = realm;
        this.policy = policy;
        this.accounts = policy.off()
                ? Map.of()
                : people.of(batch.stream().map(StoredSession::userId).collect(Collectors.toSet()));
        this.atExceptedClients =
                policy.exceptedClients().isEmpty() || batch.isEmpty() ? Set.of() : atExceptedClientsOnly(batch);
    }

    /** Why the session would be refused if it was used now; empty if it would not. */
    Optional<Refuse> refusal(StoredSession stored) {
        if (policy.off() || atExceptedClients.contains(stored.getId())) {
            return Optional.empty();
        }
        Account account = accounts.get(stored.userId());
        return account == null
                ? ofSomebodyElse(stored)
                : decide(account.subject(now), stored.withLinks(account::linkedAs));
    }

    /** A federated user who is not imported, or a service account. */
    private Optional<Refuse> ofSomebodyElse(StoredSession stored) {
        UserModel user = session.users().getUserById(realm, stored.userId());
        return user == null
                ? Optional.empty()
                : decide(
                        SsoGate.of(session, realm).subject(user),
                        stored.withLinks(
                                alias -> Optional.ofNullable(session.users().getFederatedIdentity(realm, user, alias))
                                        .map(link -> link.getUserId())));
    }

    private Optional<Refuse> decide(Subject subject, StoredSession stored) {
        Evidence evidence = SessionEvidence.of(session, stored, METHOD);
        return policy.decide(subject, evidence) instanceof Refuse refusal ? Optional.of(refusal) : Optional.empty();
    }

    /** Ids of the sessions that have clients, all of which the policy excepts. */
    private Set<String> atExceptedClientsOnly(List<StoredSession> batch) {
        Set<String> excepted = policy.exceptedClients().stream()
                .map(realm::getClientByClientId)
                .filter(client -> client != null)
                .map(ClientModel::getId)
                .collect(Collectors.toSet());
        EntityManager database =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return database
                .createQuery(
                        "select c.userSessionId, c.clientId from PersistentClientSessionEntity c"
                                + " where c.offline = :offline and c.userSessionId in (:ids)",
                        Object[].class)
                .setParameter("offline", batch.get(0).isOffline() ? "1" : "0")
                .setParameter("ids", batch.stream().map(StoredSession::getId).toList())
                .getResultList()
                .stream()
                .collect(Collectors.groupingBy(
                        row -> (String) row[0], Collectors.mapping(row -> (String) row[1], Collectors.toSet())))
                .entrySet()
                .stream()
                .filter(clients -> excepted.containsAll(clients.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
