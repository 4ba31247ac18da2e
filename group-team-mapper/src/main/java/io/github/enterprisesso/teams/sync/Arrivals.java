package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Comings and goings of one transaction. Keycloak tells of each member by himself, even where a push has written them all
 * before: from the second one on, all that the push changed are brought in line together, and the others' news is no news.
 */
final class Arrivals {

    private final MappingSettings settings;
    private final MapperState state;
    private final Members members;
    private final Map<String, News> groups = new HashMap<>();

    Arrivals(MappingSettings settings, MapperState state, Members members) {
        this.settings = settings;
        this.state = state;
        this.members = members;
    }

    /** What this transaction has heard of one group, and whom it has settled without having heard of them. */
    private static final class News {
        private int heard;
        private final Set<String> joined = new HashSet<>();
        private final Set<String> left = new HashSet<>();
    }

    void changed(String groupId, String userId, boolean joined) {
        News news = groups.computeIfAbsent(groupId, id -> new News());
        Set<String> settled = joined ? news.joined : news.left;
        if (settled.remove(userId)) {
            return;
        }
        (joined ? news.left : news.joined).remove(userId);
        news.heard++;
        Set<String> concerned = new HashSet<>(Set.of(userId));
        // The brake has to see the whole push before its first effect.
        if (news.heard > 1 || !joined && settings.brakePercent().isPresent()) {
            concerned.addAll(joined ? joiners(groupId) : state.leavers(groupId));
        }
        members.reconcile(concerned, Occasion.PUSH);
        concerned.remove(userId);
        settled.addAll(concerned);
    }

    private List<String> joiners(String groupId) {
        List<String> giving = state.mappingsOf(List.of(groupId)).stream()
                .filter(mapping -> mapping.getStatus().syncs() && mapping.getTargetId() != null)
                .map(MappingEntity::getId)
                .toList();
        return giving.isEmpty() ? List.of() : state.joiners(groupId, giving);
    }
}
