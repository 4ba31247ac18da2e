package io.github.enterprisesso.teams.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.function.Function;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Brings a whole realm in line, a batch of users per transaction: interrupted, it has done what it has done, and a second run
 * does the rest.
 */
public final class RealmReconciliation {

    private static final int BATCH = 200;

    private final KeycloakSession session;
    private final RealmModel realm;

    public RealmReconciliation(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * What a reconciliation found and did.
     *
     * @param groups pushed groups in the realm
     * @param users users looked at
     * @param changes memberships and roles given or taken
     * @param remaining users not looked at, as a part was asked for
     * @param next where the next part begins: after this user id; null when nothing remains
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(int groups, int users, int changes, int remaining, String next) {}

    /**
     * The caller's own transaction is not part of it.
     *
     * @param after id of the user after whom to begin; null for the beginning
     * @param max how many users to look at; negative for all
     */
    public Result run(String after, int max) {
        int groups = inTransaction(GroupMapper::refreshGroups, 0);
        // A user storage imports whom it names: they must be there before they are looked at.
        List<String> users = inTransaction(GroupMapper::concerned, List.<String>of()).stream()
                .filter(id -> after == null || id.compareTo(after) > 0)
                .sorted()
                .toList();
        List<String> part = max < 0 ? users : users.subList(0, Math.min(max, users.size()));
        int changes = 0;
        for (int from = 0; from < part.size(); from += BATCH) {
            List<String> batch = part.subList(from, Math.min(from + BATCH, part.size()));
            changes += inTransaction(mapper -> mapper.reconcile(batch), 0);
        }
        int remaining = users.size() - part.size();
        return new Result(
                groups,
                part.size(),
                changes,
                remaining,
                remaining == 0 ? null : part.isEmpty() ? after : part.get(part.size() - 1));
    }

    private <T> T inTransaction(Function<GroupMapper, T> work, T otherwise) {
        AuthDetails actor = Actor.of(session, realm);
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                inner -> {
                    Actor.carry(actor, inner);
                    return GroupMapper.of(inner, inner.getContext().getRealm())
                            .map(work)
                            .orElse(otherwise);
                },
                "reconcile groups and teams");
    }
}
