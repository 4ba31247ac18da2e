package io.github.enterprisesso.teams.sync;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.enterprisesso.teams.reconcile.Part;
import java.util.List;
import java.util.function.Function;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Brings a whole realm, or one group, in line, a batch of users per transaction: interrupted, it has done what it has done, and
 * a second run does the rest.
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
     * @param groups pushed groups looked at
     * @param users users looked at
     * @param changes memberships and roles given or taken
     * @param done users looked at in this part and those before it
     * @param total users there are to look at
     * @param remaining users not looked at, as a part was asked for
     * @param next where the next part begins: after this user id; null when nothing remains
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Result(int groups, int users, int changes, int done, int total, int remaining, String next) {}

    /**
     * The caller's own transaction is not part of it.
     *
     * @param after id of the user after whom to begin; null for the beginning
     * @param max how many users to look at; negative for all
     */
    public Result run(String after, int max) {
        int groups = inTransaction(GroupMapper::refreshGroups, 0);
        // A user storage imports whom it names: they must be there before they are looked at.
        return run(groups, inTransaction(GroupMapper::concerned, List.of()), after, max);
    }

    /** The same for one pushed group: its members, and who has something through it. */
    public Result run(GroupModel group, String after, int max) {
        String id = group.getId();
        int groups = inTransaction(mapper -> mapper.refreshGroup(id), 0);
        return run(groups, inTransaction(mapper -> mapper.concernedBy(id), List.of()), after, max);
    }

    private Result run(int groups, List<String> users, String after, int max) {
        Part part = Part.of(users, after, max);
        int changes = 0;
        for (int from = 0; from < part.userIds().size(); from += BATCH) {
            List<String> batch = part.userIds()
                    .subList(from, Math.min(from + BATCH, part.userIds().size()));
            changes += inTransaction(mapper -> mapper.reconcile(batch), 0);
        }
        return new Result(
                groups, part.userIds().size(), changes, part.done(), part.total(), part.remaining(), part.next(after));
    }

    private <T> T inTransaction(Function<GroupMapper, T> work, T otherwise) {
        AuthDetails actor = Actor.of(session, realm);
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                inner -> {
                    Actor.carry(actor, inner);
                    RequestId.carry(session, inner);
                    return GroupMapper.of(inner, inner.getContext().getRealm())
                            .map(work)
                            .orElse(otherwise);
                },
                "reconcile groups and teams");
    }
}
