package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.reconcile.Change;
import io.github.enterprisesso.teams.reconcile.Change.Action;
import io.github.enterprisesso.teams.store.MapperState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/**
 * The same write for many users: one statement for each target, and an event for each user. Few users are written by Keycloak's
 * own user model, and so are roles of those of a user storage. Their groups never are: leaving a team, Keycloak's LDAP mapper
 * (26.7) looks for a group of that name in the directory, and takes the user out of it there, or fails where it may only read.
 */
final class Batch {

    /** Below this the user model is as fast. */
    private static final int FROM = 10;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MapperState state;
    private final Effects effects;
    private final Map<Target, List<Write>> writes = new LinkedHashMap<>();

    Batch(KeycloakSession session, RealmModel realm, MapperState state, Effects effects) {
        this.session = session;
        this.realm = realm;
        this.state = state;
        this.effects = effects;
    }

    private record Target(Action action, String id) {}

    private record Write(UserModel user, boolean federated, Cause cause) {}

    void add(Change change, UserModel user, boolean federated, Cause cause) {
        writes.computeIfAbsent(new Target(change.action(), change.targetId()), target -> new ArrayList<>())
                .add(new Write(user, federated, cause));
    }

    /** What is given comes before what is taken. */
    void write() {
        for (Action action : List.of(Action.JOIN, Action.GRANT_ROLE, Action.LEAVE, Action.REVOKE_ROLE)) {
            writes.forEach((target, wanted) -> {
                if (target.action() == action) {
                    write(target, wanted);
                }
            });
        }
    }

    private void write(Target target, List<Write> wanted) {
        switch (target.action()) {
            case JOIN -> {
                GroupModel group = realm.getGroupById(target.id());
                membership(
                        wanted,
                        state.model()::join,
                        target.id(),
                        (user, cause) -> effects.joined(user, group, cause),
                        (user, cause) -> effects.join(user, group, cause));
            }
            case LEAVE -> {
                GroupModel group = realm.getGroupById(target.id());
                membership(
                        wanted,
                        state.model()::leave,
                        target.id(),
                        (user, cause) -> effects.left(user, group, cause),
                        (user, cause) -> effects.leave(user, group, cause));
            }
            case GRANT_ROLE -> {
                RoleModel role = realm.getRoleById(target.id());
                role(
                        wanted,
                        state.model()::grant,
                        target.id(),
                        (user, cause) -> effects.granted(user, role, cause),
                        (user, cause) -> effects.grant(user, role, cause));
            }
            default -> {
                RoleModel role = realm.getRoleById(target.id());
                role(
                        wanted,
                        state.model()::revoke,
                        target.id(),
                        (user, cause) -> effects.revoked(user, role, cause),
                        (user, cause) -> effects.revoke(user, role, cause));
            }
        }
    }

    private void membership(
            List<Write> wanted,
            BiConsumer<String, List<String>> statement,
            String targetId,
            BiConsumer<UserModel, Cause> told,
            BiConsumer<UserModel, Cause> done) {
        Predicate<Write> byStatement = wanted.size() >= FROM ? write -> true : Write::federated;
        write(wanted, byStatement, statement, targetId, told, done);
    }

    private void role(
            List<Write> wanted,
            BiConsumer<String, List<String>> statement,
            String targetId,
            BiConsumer<UserModel, Cause> told,
            BiConsumer<UserModel, Cause> done) {
        boolean many = wanted.stream().filter(write -> !write.federated()).count() >= FROM;
        write(wanted, write -> many && !write.federated(), statement, targetId, told, done);
    }

    private void write(
            List<Write> wanted,
            Predicate<Write> byStatement,
            BiConsumer<String, List<String>> statement,
            String targetId,
            BiConsumer<UserModel, Cause> told,
            BiConsumer<UserModel, Cause> done) {
        List<Write> together = wanted.stream().filter(byStatement).toList();
        if (!together.isEmpty()) {
            statement.accept(
                    targetId,
                    together.stream().map(write -> write.user().getId()).toList());
            evict(together);
            together.forEach(write -> told.accept(write.user(), write.cause()));
        }
        wanted.stream().filter(byStatement.negate()).forEach(write -> done.accept(write.user(), write.cause()));
    }

    /** Before listeners are told: who asks for one of the users then gets him as he is now. */
    private void evict(List<Write> written) {
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            written.forEach(write -> cache.evict(realm, write.user()));
        }
    }
}
