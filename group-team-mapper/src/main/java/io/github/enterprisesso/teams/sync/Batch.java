package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.reconcile.Change;
import io.github.enterprisesso.teams.reconcile.Change.Action;
import io.github.enterprisesso.teams.store.MapperState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/**
 * The same write for many users: one statement for each target, and an event for each user. Few users, and those of a user
 * storage, are written by Keycloak's own user model.
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
        List<Write> local = wanted.stream().filter(write -> !write.federated()).toList();
        boolean many = local.size() >= FROM;
        switch (target.action()) {
            case JOIN -> {
                GroupModel group = realm.getGroupById(target.id());
                write(
                        many,
                        wanted,
                        local,
                        state::join,
                        target.id(),
                        (user, cause) -> effects.joined(user, group, cause),
                        (user, cause) -> effects.join(user, group, cause));
            }
            case LEAVE -> {
                GroupModel group = realm.getGroupById(target.id());
                write(
                        many,
                        wanted,
                        local,
                        state::leave,
                        target.id(),
                        (user, cause) -> effects.left(user, group, cause),
                        (user, cause) -> effects.leave(user, group, cause));
            }
            case GRANT_ROLE -> {
                RoleModel role = realm.getRoleById(target.id());
                write(
                        many,
                        wanted,
                        local,
                        state::grant,
                        target.id(),
                        (user, cause) -> effects.granted(user, role, cause),
                        (user, cause) -> effects.grant(user, role, cause));
            }
            default -> {
                RoleModel role = realm.getRoleById(target.id());
                write(
                        many,
                        wanted,
                        local,
                        state::revoke,
                        target.id(),
                        (user, cause) -> effects.revoked(user, role, cause),
                        (user, cause) -> effects.revoke(user, role, cause));
            }
        }
    }

    private void write(
            boolean many,
            List<Write> wanted,
            List<Write> local,
            BiConsumer<String, List<String>> statement,
            String targetId,
            BiConsumer<UserModel, Cause> told,
            BiConsumer<UserModel, Cause> done) {
        if (many) {
            statement.accept(
                    targetId, local.stream().map(write -> write.user().getId()).toList());
            evict(local);
            local.forEach(write -> told.accept(write.user(), write.cause()));
        }
        wanted.stream()
                .filter(write -> !many || write.federated())
                .forEach(write -> done.accept(write.user(), write.cause()));
    }

    /** Before listeners are told: who asks for one of the users then gets him as he is now. */
    private void evict(List<Write> written) {
        UserCache cache = UserStorageUtil.userCache(session);
        if (cache != null) {
            written.forEach(write -> cache.evict(realm, write.user()));
        }
    }
}
