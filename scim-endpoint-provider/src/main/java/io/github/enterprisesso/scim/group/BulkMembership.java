package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.schema.Condition;
import io.github.enterprisesso.scim.user.UserReader.Candidate;
import jakarta.persistence.Query;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupModel.GroupMemberJoinEvent;
import org.keycloak.models.GroupModel.GroupMemberLeaveEvent;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/**
 * Joins and leaves of as many users as one list of parameters holds in a fixed number of statements, with all that
 * {@code UserAdapter.joinGroup} and
 * {@code leaveGroup} of Keycloak's JPA store do besides: the user leaves the cache on every node, and listeners are told of
 * each. Only for users who live in this database alone: a user storage (LDAP) may want to know of a join before it happens,
 * and members of organization groups are managed by the organization. The caller holds the lock on the group's row.
 *
 * <p>A {@code UserModel} that the session has handed out before keeps its old list of groups.
 */
final class BulkMembership {

    private final ScimContext scim;
    private final GroupModel group;
    private final Administrators administrators;

    BulkMembership(ScimContext scim, GroupModel group) {
        this.scim = scim;
        this.group = group;
        this.administrators = new Administrators(scim);
    }

    /**
     * Lets them join; listeners are yet to be {@link #tell told}.
     *
     * @param candidates at most as many as one list of parameters holds; local, and none of them a member
     * @return them by id
     */
    Map<String, UserModel> join(List<Candidate> candidates) {
        Map<String, UserModel> users = known(candidates);
        Condition among = Condition.among("u.id", "user", users.keySet());
        int written = executed(
                "insert into UserGroupMembershipEntity (user, groupId, membershipType)"
                        + " select u, :group, 'UNMANAGED' from UserEntity u where ",
                among);
        if (written != users.size()) {
            throw ScimException.invalidValue("members.value", "a user was deleted in the meantime");
        }
        evict(users.values());
        return users;
    }

    /** Lets them leave, as for {@link #join}; all of them are members. */
    Map<String, UserModel> leave(List<Candidate> candidates) {
        Map<String, UserModel> users = known(candidates);
        executed(
                "delete from UserGroupMembershipEntity m where m.groupId = :group and ",
                Condition.among("m.user.id", "user", users.keySet()));
        evict(users.values());
        return users;
    }

    private int executed(String statement, Condition among) {
        Query query = scim.em().createQuery(statement + among.text()).setParameter("group", group.getId());
        among.parameters().forEach(query::setParameter);
        return query.executeUpdate();
    }

    /** Tells listeners of one who has joined or left. */
    void tell(OperationType operation, UserModel user) {
        if (operation == OperationType.CREATE) {
            GroupMemberJoinEvent.fire(group, user, scim.session());
        } else {
            GroupMemberLeaveEvent.fire(group, user, scim.session());
        }
    }

    private Map<String, UserModel> known(List<Candidate> candidates) {
        Map<String, UserModel> users = new LinkedHashMap<>();
        for (Candidate user : candidates) {
            users.put(user.id(), KnownUser.of(user.id(), user.userName(), user.email(), () -> load(user.id())));
        }
        administrators.refuseAmong(users.keySet());
        return users;
    }

    private UserModel load(String id) {
        return scim.session().users().getUserById(scim.realm(), id);
    }

    /** Before listeners are told: who asks for one of the users then gets him as he is now. */
    private void evict(Collection<UserModel> users) {
        UserCache cache = UserStorageUtil.userCache(scim.session());
        if (cache != null) {
            users.forEach(user -> cache.evict(scim.realm(), user));
        }
    }
}
