package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.context.AdministratorProtection;
import io.github.enterprisesso.scim.context.QueryText;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.schema.Condition;
import io.github.enterprisesso.scim.user.UserReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.hibernate.jpa.HibernateHints;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.UserModel;

/**
 * Lets users and groups join and leave one group. Asks only for the members that the request names; the group itself is never loaded
 * unless its exact list is given, and then only its ids. Few joins and leaves go through the user model, many at once through
 * {@link BulkMembership}; Keycloak's listeners are told of each.
 */
final class Memberships {

    /** Members that the connection knows of: no service accounts, and nobody whom another connection provisions. */
    static final String COUNTED =
            "u.serviceAccountClientLink is null and (s.userId is null or s.connectionId = :connection)";

    /** Databases limit the length of a list of parameters. */
    private static final int CHUNK = 1000;

    /** Of ids only: Keycloak's own setting would go to the database for every 64. */
    private static final int FETCH_SIZE = 2000;

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
        Set<String> present = change.exact() ? all() : among(union(change.added(), change.removed()));
        Set<String> missing = without(change.added(), present);
        Set<String> strangers = strangers(missing);
        boolean nested = nest(change, without(change.removed(), present), strangers);
        Set<String> joining = without(missing, strangers);
        Set<String> leaving =
                change.exact() ? without(present, change.added()) : intersection(change.removed(), present);
        write(joining, leaving);
        return nested || !joining.isEmpty() || !leaving.isEmpty();
    }

    /**
     * Joins and leaves in one order of the ids: listeners may lock each user, and two requests that name the same users must not
     * wait for each other.
     */
    private void write(Set<String> joining, Set<String> leaving) {
        Map<String, UserModel> joined = inBulk(joining, bulk::join);
        Map<String, UserModel> left = inBulk(leaving, bulk::leave);
        Map<UserModel, OperationType> changed = new LinkedHashMap<>();
        for (String id : new TreeSet<>(union(joining, leaving))) {
            boolean joins = joining.contains(id);
            OperationType operation = joins ? OperationType.CREATE : OperationType.DELETE;
            UserModel user = (joins ? joined : left).get(id);
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

    private void move(UserModel user, boolean joins) {
        if (joins) {
            user.joinGroup(group);
        } else {
            user.leaveGroup(group);
        }
    }

    /** Does many at once, and answers those; for the others it takes the user model. */
    private static Map<String, UserModel> inBulk(
            Set<String> ids, Function<Collection<String>, Map<String, UserModel>> bulk) {
        Map<String, UserModel> done = new HashMap<>();
        if (ids.size() >= BulkMembership.FROM) {
            chunks(ids).forEach(chunk -> done.putAll(bulk.apply(chunk)));
        }
        return done;
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
            chunks(union(absent, strangers)).forEach(chunk -> present.addAll(groups.among(chunk)));
        }
        Set<String> joining = without(strangers, present);
        Set<String> leaving = change.exact() ? without(present, change.added()) : intersection(absent, present);
        Map<String, String> names = new HashMap<>();
        chunks(joining).forEach(chunk -> names.putAll(groups.pushedAmong(chunk)));
        refuseUnknown(without(joining, names.keySet()));
        chunks(leaving).forEach(chunk -> groups.leave(Set.copyOf(chunk)));
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

    /** Those of the ids that are no users whom the connection sees. */
    private Set<String> strangers(Set<String> ids) {
        Set<String> strangers = new LinkedHashSet<>(ids);
        chunks(ids).forEach(chunk -> strangers.removeAll(users.visibleAmong(chunk)));
        return strangers;
    }

    private static void refuseUnknown(Set<String> unknown) {
        if (!unknown.isEmpty()) {
            List<String> first = unknown.stream().limit(5).toList();
            throw ScimException.invalidValue(
                    "members.value",
                    "there are no users or groups " + first + (unknown.size() > 5 ? " and others" : ""));
        }
    }

    private Set<String> all() {
        return new HashSet<>(scim.em()
                .createQuery(
                        "select u.id from UserGroupMembershipEntity m join m.user u"
                                + " left join ScimUserEntity s on s.userId = u.id where m.groupId = :group and "
                                + COUNTED,
                        String.class)
                .setParameter("group", group.getId())
                .setParameter("connection", scim.connection().id())
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCH_SIZE)
                .getResultList());
    }

    private Set<String> among(Set<String> ids) {
        Set<String> present = new HashSet<>();
        chunks(ids)
                .forEach(chunk -> present.addAll(new QueryText("from UserGroupMembershipEntity m")
                        .where("m.groupId = :group")
                        .with("group", group.getId())
                        .where(Condition.among("m.user.id", "ids", chunk))
                        .query(scim.em(), "select m.user.id", "", String.class)
                        .getResultList()));
        return present;
    }

    private static List<List<String>> chunks(Collection<String> ids) {
        List<String> all = new ArrayList<>(ids);
        List<List<String>> chunks = new ArrayList<>();
        for (int start = 0; start < all.size(); start += CHUNK) {
            chunks.add(all.subList(start, Math.min(all.size(), start + CHUNK)));
        }
        return chunks;
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
