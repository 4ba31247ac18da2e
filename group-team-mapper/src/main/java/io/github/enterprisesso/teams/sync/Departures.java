package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.TombstoneEntity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.keycloak.common.util.Time;
import org.keycloak.models.GroupModel;
import org.keycloak.storage.StorageId;

/** Whom pushed groups have lost lately, so that a group that was emptied by mistake can have its members back. */
final class Departures {

    /** Some clients send one request for each member: who leaves within this time of the first leaves with him. */
    private static final long TOGETHER = TimeUnit.HOURS.toMillis(1);

    /** Members that are remembered of one group. */
    private static final int MOST = 10_000;

    private final MappingSettings settings;
    private final MapperState state;
    private final Map<String, Left> groups = new HashMap<>();

    Departures(MappingSettings settings, MapperState state) {
        this.settings = settings;
        this.state = state;
    }

    /** Those who left one group together. Who they are is read only when a second one leaves in this transaction. */
    private final class Left {

        private final TombstoneEntity tombstone;
        private Set<String> members;
        private String first;

        private Left(TombstoneEntity tombstone) {
            this.tombstone = tombstone;
        }

        private void remember(String userId) {
            boolean unknown;
            if (first == null) {
                first = userId;
                unknown = state.tombstones().hasRoom(tombstone, userId, MOST);
            } else {
                if (members == null) {
                    members = new HashSet<>(state.tombstones().members(tombstone.getId()));
                    members.add(first);
                }
                unknown = members.size() < MOST && members.add(userId);
            }
            if (unknown) {
                state.tombstones().remember(tombstone, userId);
            }
        }
    }

    void left(GroupModel group, String userId) {
        if (settings.tombstoneDays() == 0 || !StorageId.isLocalStorage(userId)) {
            return;
        }
        groups.computeIfAbsent(group.getId(), id -> new Left(tombstone(group))).remember(userId);
    }

    private TombstoneEntity tombstone(GroupModel group) {
        return state.tombstones()
                .departed(group.getId(), Time.currentTimeMillis() - TOGETHER)
                .orElseGet(() -> begin(group));
    }

    private TombstoneEntity begin(GroupModel group) {
        state.tombstones().expire(settings.tombstoneDays());
        return state.tombstones()
                .remember(
                        group.getId(),
                        group.getName(),
                        group.getParentId(),
                        group.getFirstAttribute(PushedGroup.CONNECTION),
                        String.join(",", PushedGroup.roles(group)));
    }
}
