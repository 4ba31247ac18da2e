package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.context.AdministratorProtection;
import io.github.enterprisesso.scim.context.ParameterLists;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.user.UserReader;
import io.github.enterprisesso.scim.user.UserReader.Candidate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupModel.Type;
import org.keycloak.models.UserModel;

/**
 * Lets users and groups join and leave one group. Asks only for the members that the request names; the group itself is never loaded
 * unless its exact list is given, and then only its ids. Local users join and leave
 * through {@link BulkMembership}, others through the user model; Keycloak's listeners are told of each.
 */
final class Memberships {

    private final ScimContext scim;
    private final UserReader users;
    private final GroupModel group;
    private final BulkMembership bulk;

    Memberships(ScimContext scim, GroupModel group) {
        this.scim = scim;
        this.users = new UserReader(scim);
        this.group = group;
        this.bulk = new BulkMembership(scim, group);
    }

    /** For a group whose row is locked. Whether anything changed; 400 for an id that is no user and no group, and then nothing does. */
    boolean apply(MembershipChange change) {
        if (change.isEmpty()) {
            return false;
        }
        Set<String> before = change.exact() ? new Members(scim).usersOf(group.getId()) : Set.of();
        Set<String> named = change.exact()
                ? union(without(change.added(), before), without(before, change.added()))
                : union(change.added(), change.removed());
        Map<String, Candidate> candidates = candidates(named);
        Set<String> joining = new TreeSet<>();
        Set<String> leaving = new TreeSet<>();
        candidates.values().forEach(user -> {
            boolean wanted = change.added().contains(user.id());
            if (!user.member() && wanted) {
                joining.add(user.id());
            } else if (user.member()
                    && (change.exact() ? !wanted : change.removed().contains(user.id()))) {
                leaving.add(user.id());
            }
        });
        boolean nested = nest(
                change,
                without(change.removed(), candidates.keySet()),
                without(without(change.added(), candidates.keySet()), before));
        write(joining, leaving, candidates);
        return nested || !joining.isEmpty() || !leaving.isEmpty();
    }

    private Map<String, Candidate> candidates(Set<String> ids) {
        Map<String, Candidate> candidates = new HashMap<>();
        ParameterLists.of(ids).forEach(some -> candidates.putAll(users.candidates(group.getId(), some)));
        return candidates;
    }

    /**
     * Listeners are told in one order of the ids: they may lock each user, and two requests that name the same users must not
     * wait for each other.
     */
    private void write(Set<String> joining, Set<String> leaving, Map<String, Candidate> candidates) {
        Map<String, UserModel> moved = new HashMap<>();
        ParameterLists.of(local(joining, candidates)).forEach(some -> moved.putAll(bulk.join(some)));
        ParameterLists.of(local(leaving, candidates)).forEach(some -> moved.putAll(bulk.leave(some)));
        Map<UserModel, OperationType> changed = new LinkedHashMap<>();
        for (String id : new TreeSet<>(union(joining, leaving))) {
            boolean joins = joining.contains(id);
            OperationType operation = joins ? OperationType.CREATE : OperationType.DELETE;
            UserModel user = moved.get(id);
            if (user != null) {
                bulk.tell(operation, user);
            } else {
                user = user(id);
                move(user, joins);
            }
            changed.put(user, operation);
        }
        // After listeners have written: each of their queries would look at every event that waits to be stored.
        changed.forEach((user, operation) -> scim.events().membership(operation, user, group));
        scim.em().flush();
    }

    /** Those who need no user storage to be asked. */
    private List<Candidate> local(Set<String> ids, Map<String, Candidate> candidates) {
        return group.getType() == Type.REALM
                ? ids.stream().map(candidates::get).filter(Candidate::local).toList()
                : List.of();
    }

    private void move(UserModel user, boolean joins) {
        if (joins) {
            user.joinGroup(group);
        } else {
            user.leaveGroup(group);
        }
    }

    /**
     * Lets groups join and leave. While all that is named are users, and no exact list is given, nothing is asked.
     *
     * @param absent ids to be removed that are no users in the group
     * @param strangers ids to be added that are no users
     */
    private boolean nest(MembershipChange change, Set<String> absent, Set<String> strangers) {
        if (!change.exact() && absent.isEmpty() && strangers.isEmpty()) {
            return false;
        }
        NestedGroups groups = new NestedGroups(scim, group);
        Set<String> present = new HashSet<>();
        if (change.exact()) {
            present.addAll(groups.all());
        } else {
            ParameterLists.of(union(absent, strangers)).forEach(some -> present.addAll(groups.among(some)));
        }
        Set<String> joining = without(strangers, present);
        Set<String> leaving = change.exact() ? without(present, change.added()) : intersection(absent, present);
        Map<String, String> names = new HashMap<>();
        ParameterLists.of(joining).forEach(some -> names.putAll(groups.pushedAmong(some)));
        refuseUnknown(without(joining, names.keySet()));
        ParameterLists.of(leaving).forEach(some -> groups.leave(Set.copyOf(some)));
        groups.join(names);
        return !joining.isEmpty() || !leaving.isEmpty();
    }

    private UserModel user(String id) {
        UserModel user = scim.session().users().getUserById(scim.realm(), id);
        if (user == null) {
            throw ScimException.invalidValue("members.value", "there is no user " + id);
        }
        AdministratorProtection.refuseAdministrator(user);
        return user;
    }

    private static void refuseUnknown(Set<String> unknown) {
        if (!unknown.isEmpty()) {
            List<String> first = unknown.stream().limit(5).toList();
            throw ScimException.invalidValue(
                    "members.value",
                    "there are no users or groups " + first + (unknown.size() > 5 ? " and others" : ""));
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> union = new LinkedHashSet<>(one);
        union.addAll(other);
        return union;
    }

    private static Set<String> without(Set<String> all, Set<String> some) {
        Set<String> rest = new LinkedHashSet<>(all);
        rest.removeAll(some);
        return rest;
    }

    private static Set<String> intersection(Set<String> one, Set<String> other) {
        Set<String> both = new LinkedHashSet<>(one);
        both.retainAll(other);
        return both;
    }
}
