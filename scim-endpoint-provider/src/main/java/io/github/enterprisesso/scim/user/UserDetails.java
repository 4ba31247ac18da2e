package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.context.ParameterLists;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.schema.Condition;
import io.github.enterprisesso.scim.user.UserRecord.GroupRef;
import jakarta.persistence.TypedQuery;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What users have beside their rows, read for a page of up to 512 of them in one statement. */
final class UserDetails {

    /** How often a statement names the users. */
    private static final int LISTS = 3;

    private static final String MAPPED = "select a.user.id, 'mapped', a.name, 0, '', coalesce(a.value, a.longValue)"
            + " from UserAttributeEntity a where %s and %s";

    private static final String OWN =
            "select e.userId, 'own', e.attribute, e.itemIndex, e.subAttribute, e.value from ScimAttributeEntity e where %s";

    private static final String GROUPS = "select m.user.id, 'group', g.id, 0, '', g.name"
            + " from UserGroupMembershipEntity m join GroupEntity g on g.id = m.groupId join g.attributes a"
            + " where %s and a.name = '" + ScimContext.CONNECTION_ATTRIBUTE + "' and a.value = :connection";

    private final Map<String, Map<String, List<String>>> mapped = new HashMap<>();
    private final Map<String, Map<String, TreeMap<Integer, Map<String, String>>>> own = new HashMap<>();
    private final Map<String, List<GroupRef>> groups = new HashMap<>();

    private UserDetails() {}

    /**
     * @param userAttributes names of those that the user profile keeps for us
     * @param withOwn whether what we keep ourselves is wanted
     * @param withGroups whether the pushed groups are wanted
     */
    static UserDetails read(
            ScimContext scim,
            Collection<String> users,
            Set<String> userAttributes,
            boolean withOwn,
            boolean withGroups) {
        UserDetails details = new UserDetails();
        ParameterLists.of(users, LISTS).forEach(some -> details.add(scim, some, userAttributes, withOwn, withGroups));
        details.sort();
        return details;
    }

    private void add(
            ScimContext scim, List<String> users, Set<String> userAttributes, boolean withOwn, boolean withGroups) {
        List<String> parts = new ArrayList<>();
        Map<String, Object> parameters = new HashMap<>();
        if (!userAttributes.isEmpty()) {
            Condition names = Condition.among("a.name", "name", new TreeSet<>(userAttributes));
            parameters.putAll(names.parameters());
            parts.add(MAPPED.formatted(of("a.user.id", users), names.text()));
        }
        if (withOwn) {
            parts.add(OWN.formatted(of("e.userId", users)));
        }
        if (withGroups) {
            parameters.put("connection", scim.connection().id());
            parts.add(GROUPS.formatted(of("m.user.id", users)));
        }
        if (parts.isEmpty()) {
            return;
        }
        parameters.putAll(Condition.among("", "user", users).parameters());
        TypedQuery<Object[]> query = scim.em().createQuery(String.join(" union all ", parts), Object[].class);
        parameters.forEach(query::setParameter);
        query.getResultList().forEach(this::add);
    }

    private static String of(String column, List<String> users) {
        return Condition.among(column, "user", users).text();
    }

    private void add(Object[] row) {
        String user = (String) row[0];
        String name = (String) row[2];
        String value = (String) row[5];
        switch ((String) row[1]) {
            case "mapped" ->
                mapped.computeIfAbsent(user, id -> new HashMap<>())
                        .computeIfAbsent(name, attribute -> new ArrayList<>())
                        .add(value);
            case "own" ->
                own.computeIfAbsent(user, id -> new HashMap<>())
                        .computeIfAbsent(name, attribute -> new TreeMap<>())
                        .computeIfAbsent((Integer) row[3], index -> new HashMap<>())
                        .put((String) row[4], value);
            default -> groups.computeIfAbsent(user, id -> new ArrayList<>()).add(new GroupRef(name, value));
        }
    }

    /** The tables keep no order; this one is the same each time. */
    private void sort() {
        mapped.values().forEach(attributes -> attributes.values().forEach(Collections::sort));
        groups.values()
                .forEach(refs -> refs.sort(Comparator.comparing(GroupRef::name).thenComparing(GroupRef::id)));
    }

    /** By user attribute. */
    Map<String, List<String>> mapped(String user) {
        return mapped.getOrDefault(user, Map.of());
    }

    /** By attribute the values with their sub-attributes. */
    Map<String, List<Map<String, String>>> own(String user) {
        Map<String, List<Map<String, String>>> values = new HashMap<>();
        own.getOrDefault(user, Map.of()).forEach((name, byIndex) -> values.put(name, List.copyOf(byIndex.values())));
        return values;
    }

    List<GroupRef> groups(String user) {
        return groups.getOrDefault(user, List.of());
    }
}
