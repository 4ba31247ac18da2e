package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.RealmPolicy;
import io.github.enterprisesso.teams.mapping.Rung;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.keycloak.models.GroupModel;

/**
 * Comings and goings of one transaction. Keycloak tells of each member by himself, even where a push has written them all
 * before: from the second one on, all that the push changed are brought in line together, and the others' news is no news.
 *
 * <p>Each user's row is locked on the way. The SCIM endpoint tells in the order of the ids, so looking only at those behind the
 * first keeps one order, and two pushes of the same people do not wait for each other.
 */
final class Arrivals {

    private final MappingSettings settings;
    private final MapperState state;
    private final People people;
    private final Members members;
    private final Map<String, News> groups = new HashMap<>();

    Arrivals(MappingSettings settings, MapperState state, People people, Members members) {
        this.settings = settings;
        this.state = state;
        this.people = people;
        this.members = members;
    }

    /** What this transaction has heard of one group, and whom it has settled without having heard of them. */
    private static final class News {
        private final String first;
        private int heard;
        private final Set<String> joined = new HashSet<>();
        private final Set<String> left = new HashSet<>();

        /** Of a group that gives no target: who was in it when all were looked at; null before that. */
        private Set<String> present;

        private News(String first) {
            this.first = first;
        }

        /** Whether it was written before all were looked at, and found to change nothing. */
        private boolean old(String userId, boolean join) {
            return present != null && join == present.contains(userId);
        }
    }

    void changed(GroupModel group, String userId, boolean joined) {
        String groupId = group.getId();
        News news = groups.computeIfAbsent(groupId, id -> new News(userId));
        if ((joined ? news.joined : news.left).remove(userId) || news.old(userId, joined)) {
            return;
        }
        (joined ? news.left : news.joined).remove(userId);
        news.heard++;
        // The brake has to see the whole push before its first effect, and the lock of the top role comes behind all
        // users.
        boolean all = news.heard > 1 || !joined && settings.brakePercent().isPresent() || members.administrates(userId);
        Set<String> concerned = new HashSet<>(Set.of(userId));
        if (all) {
            List<MappingEntity> giving = giving(groupId);
            concerned.addAll(behind(news, news.joined, joiners(group, giving)));
            concerned.addAll(behind(news, news.left, state.concerned().leavers(groupId)));
            if (giving.isEmpty() && news.present == null) {
                news.present = state.model().members(groupId);
            }
        }
        members.reconcile(concerned, Occasion.PUSH);
        news.joined.remove(userId);
        news.left.remove(userId);
        if (news.present != null) {
            if (joined) {
                news.present.add(userId);
            } else {
                news.present.remove(userId);
            }
        }
    }

    private static List<String> behind(News news, Set<String> settled, Collection<String> found) {
        List<String> behind =
                found.stream().filter(id -> id.compareTo(news.first) > 0).toList();
        settled.addAll(behind);
        return behind;
    }

    private List<MappingEntity> giving(String groupId) {
        return state.mappings().of(List.of(groupId)).stream()
                .filter(mapping -> mapping.getStatus().syncs() && mapping.getTargetId() != null)
                .toList();
    }

    /** Members whom the group has something for. */
    private List<String> joiners(GroupModel group, List<MappingEntity> giving) {
        if (!giving.isEmpty()) {
            return state.concerned()
                    .joiners(
                            group.getId(),
                            giving.stream().map(MappingEntity::getId).toList());
        }
        List<Rung> atLeast = people.rungsFromTheTop(group);
        if (!atLeast.isEmpty()) {
            return state.concerned()
                    .joinersBelow(
                            group.getId(), atLeast.stream().map(Rung::roleId).toList());
        }
        RealmPolicy policy = people.policy();
        return policy.ladder().fallback().isPresent()
                        || policy.defaultExclusiveGroup().isPresent()
                ? state.concerned().newcomers(group.getId())
                : List.of();
    }
}
