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

    /** Those who left one group together. */
    private record Left(TombstoneEntity tombstone, Set<String> members) {}

    void left(GroupModel group, String userId) {
        if (settings.tombstoneDays() == 0 || !StorageId.isLocalStorage(userId)) {
            return;
        }
        Left left = groups.computeIfAbsent(group.getId(), id -> remembered(group));
        if (left.members().size() < MOST && left.members().add(userId)) {
            state.tombstones().remember(left.tombstone(), userId);
        }
    }

    private Left remembered(GroupModel group) {
        TombstoneEntity tombstone = state.tombstones()
                .departed(group.getId(), Time.currentTimeMillis() - TOGETHER)
                .orElseGet(() -> begin(group));
        return new Left(tombstone, new HashSet<>(state.tombstones().members(tombstone.getId())));
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
