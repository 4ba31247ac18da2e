package io.github.enterprisesso.teams.sync;

import java.util.List;
import java.util.function.ToIntFunction;
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
     */
    public record Result(int groups, int users, int changes) {}

    /** Runs to the end; the caller's own transaction is not part of it. */
    public Result run() {
        int groups = inTransaction(GroupMapper::refreshGroups);
        List<String> users = GroupMapper.of(session, realm)
                .map(mapper -> mapper.state().concerned(mapper.settings().roleAttribute()))
                .orElse(List.of());
        int changes = 0;
        for (int from = 0; from < users.size(); from += BATCH) {
            List<String> batch = users.subList(from, Math.min(from + BATCH, users.size()));
            changes += inTransaction(mapper -> mapper.reconcile(batch));
        }
        return new Result(groups, users.size(), changes);
    }

    private int inTransaction(ToIntFunction<GroupMapper> work) {
        AuthDetails actor = Actor.of(session, realm);
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                inner -> {
                    Actor.carry(actor, inner);
                    return GroupMapper.of(inner, inner.getContext().getRealm())
                            .map(mapper -> work.applyAsInt(mapper))
                            .orElse(0);
                },
                "reconcile groups and teams");
    }
}
