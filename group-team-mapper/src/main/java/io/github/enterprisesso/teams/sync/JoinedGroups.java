package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.store.MapperState;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.KeycloakSession;

/**
 * Teams and exclusive groups that this transaction puts people into. Keycloak's table of memberships (26.7) does not refer to its
 * groups, so a team that somebody deletes meanwhile would keep members and grants that nobody sees. They are looked at once more
 * before the transaction ends: behind all users, as by who deletes one, so that neither waits for the other's people.
 */
final class JoinedGroups extends AbstractKeycloakTransaction {

    private final KeycloakSession session;
    private final MapperState state;
    private final Consumer<Target> vanished;
    private final Map<String, Target> unsure = new TreeMap<>();
    private final Set<String> settled = new HashSet<>();
    private boolean enlisted;

    /** @param vanished takes back what was given of a target that is gone */
    JoinedGroups(KeycloakSession session, MapperState state, Consumer<Target> vanished) {
        this.session = session;
        this.state = state;
        this.vanished = vanished;
    }

    void add(Target target) {
        if (!settled.contains(target.id())) {
            unsure.put(target.id(), target);
        }
        if (!enlisted) {
            enlisted = true;
            session.getTransactionManager().enlistPrepare(this);
        }
    }

    /** Whoever is taken out of one that is gone may join another one. */
    @Override
    protected void commitImpl() {
        while (!unsure.isEmpty()) {
            List<Target> asked = List.copyOf(unsure.values());
            unsure.clear();
            asked.forEach(target -> settled.add(target.id()));
            Set<String> there =
                    state.model().holdGroups(asked.stream().map(Target::id).toList());
            asked.stream().filter(target -> !there.contains(target.id())).forEach(vanished);
        }
    }

    @Override
    protected void rollbackImpl() {}
}
