package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.store.ClaimedGroupEntity;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.store.MapperState;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;

/** The groups that logins name: pushed ones, and others that the mapper knows by what the provider calls them. */
final class ClaimedGroups {

    /** How Microsoft Entra writes a group: no name to make a team of. */
    private static final Pattern OBJECT_ID =
            Pattern.compile("\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");

    private final RealmModel realm;
    private final MapperState state;
    private final Claims claims;
    private final Targets targets;
    private final PushedGroups groups;

    ClaimedGroups(RealmModel realm, MapperState state, Claims claims, Targets targets, PushedGroups groups) {
        this.realm = realm;
        this.state = state;
        this.claims = claims;
        this.targets = targets;
        this.groups = groups;
    }

    /**
     * Ids of the groups, each made known.
     *
     * @param values to the letter; the id or name of a group that the provider's directory pushed, else a name of its own
     * @param names value to the name by which the group is known here
     */
    Set<String> of(String provider, Collection<String> values, Map<String, String> names) {
        Set<String> words = new HashSet<>(values);
        values.forEach(value -> words.add(names.getOrDefault(value, value)));
        Map<String, Set<String>> pushed = pushed(provider, words);

        Set<String> ids = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        for (String value : values) {
            String name = names.getOrDefault(value, value);
            Set<String> byId = pushed.getOrDefault(value, Set.of());
            Set<String> found = byId.isEmpty() ? pushed.getOrDefault(name, Set.of()) : byId;
            ids.addAll(found);
            if (found.isEmpty()) {
                others.add(name);
            }
        }
        ids.forEach(id -> targets.group(id)
                .filter(group -> state.groups().find(id).isEmpty())
                .ifPresent(group -> groups.refresh(group, true)));
        known(provider, others, true).values().forEach(group -> ids.add(group.getId()));
        return ids;
    }

    /** Id of the group of this name, made known without asking the rules: an administrator is about to map it. */
    String of(String provider, String name) {
        return pushed(provider, Set.of(name)).getOrDefault(name, Set.of()).stream()
                .findFirst()
                .orElseGet(() -> known(provider, Set.of(name), false).get(name).getId());
    }

    private Map<String, Set<String>> pushed(String provider, Set<String> words) {
        Map<String, Set<String>> pushed = claims.pushed(words, PushedGroup.CONNECTION, PushedGroup.EXTERNAL_ID);
        pushed.values().forEach(ids -> ids.removeIf(id -> !sameDirectory(id, provider)));
        return pushed;
    }

    private Map<String, ClaimedGroupEntity> known(String provider, Set<String> names, boolean rules) {
        Map<String, ClaimedGroupEntity> known = new HashMap<>(claims.named(provider, names));
        if (!known.keySet().containsAll(names)) {
            // Two first logins at the same time may both bring the name.
            state.model().lockChildren(null);
            known.putAll(claims.named(provider, names));
            for (String name : names) {
                if (!known.containsKey(name)) {
                    ClaimedGroupEntity added = claims.addGroup(provider, name);
                    known.put(name, added);
                    if (rules && !OBJECT_ID.matcher(name).matches()) {
                        groups.claimed(added);
                    }
                }
            }
        }
        return known;
    }

    /**
     * Whether the logins of a provider may speak of a pushed group: those of another directory may not. A connection that is no
     * component is nobody's.
     */
    private boolean sameDirectory(String groupId, String provider) {
        Optional<GroupModel> group = targets.group(groupId).filter(PushedGroup::is);
        return group.isPresent()
                && group.map(found -> found.getFirstAttribute(PushedGroup.CONNECTION))
                        .map(realm::getComponent)
                        .map(ClaimedGroups::provider)
                        .filter(other -> !other.equals(provider))
                        .isEmpty();
    }

    private static String provider(ComponentModel connection) {
        return connection.get(PushedGroup.CONNECTION_PROVIDER);
    }
}
