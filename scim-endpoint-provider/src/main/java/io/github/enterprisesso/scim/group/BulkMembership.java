package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupModel.GroupMemberJoinEvent;
import org.keycloak.models.GroupModel.GroupMemberLeaveEvent;
import org.keycloak.models.GroupModel.Type;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.UserCache;
import org.keycloak.storage.UserStorageUtil;

/**
 * Joins and leaves of many users in a fixed number of statements, with all that {@code UserAdapter.joinGroup} and
 * {@code leaveGroup} of Keycloak's JPA store do besides: the user leaves the cache on every node, and listeners are told of
 * each. Only for users who live in this database alone: a user storage (LDAP) may want to know of a join before it happens,
 * and members of organization groups are managed by the organization. The caller holds the lock on the group's row.
 *
 * <p>A {@code UserModel} that the session has handed out before keeps its old list of groups.
 */
final class BulkMembership {

    /** Below this the user model is as fast. */
    static final int FROM = 10;

    private final ScimContext scim;
    private final GroupModel group;
    private final Administrators administrators;

    BulkMembership(ScimContext scim, GroupModel group) {
        this.scim = scim;
        this.group = group;
        this.administrators = new Administrators(scim);
    }

    /**
     * Lets those join who can be joined this way, by id; listeners are yet to be {@link #tell told}.
     *
     * @param userIds at most as many as one list of parameters holds; none of them is a member
     */
    Map<String, UserModel> join(Collection<String> userIds) {
        Map<String, UserModel> users = local(userIds);
        if (!users.isEmpty()) {
            int written = scim.em()
                    .createQuery("insert into UserGroupMembershipEntity (user, groupId, membershipType)"
                            + " select u, :group, 'UNMANAGED' from UserEntity u where u.id in (:users)")
                    .setParameter("group", group.getId())
                    .setParameter("users", users.keySet())
                    .executeUpdate();
            if (written != users.size()) {
                throw ScimException.invalidValue("members.value", "a user was deleted in the meantime");
            }
            evict(users.values());
        }
        return users;
    }

    /** Lets those leave who can leave this way, by id; all of them are members. Listeners are yet to be told. */
    Map<String, UserModel> leave(Collection<String> userIds) {
        Map<String, UserModel> users = local(userIds);
        if (!users.isEmpty()) {
            scim.em()
                    .createQuery("delete from UserGroupMembershipEntity m"
                            + " where m.groupId = :group and m.user.id in (:users)")
                    .setParameter("group", group.getId())
                    .setParameter("users", users.keySet())
                    .executeUpdate();
            evict(users.values());
        }
        return users;
    }

    /** Tells listeners of one who has joined or left. */
    void tell(OperationType operation, UserModel user) {
        if (operation == OperationType.CREATE) {
            GroupMemberJoinEvent.fire(group, user, scim.session());
        } else {
            GroupMemberLeaveEvent.fire(group, user, scim.session());
        }
    }

    private Map<String, UserModel> local(Collection<String> userIds) {
        Map<String, UserModel> users = new LinkedHashMap<>();
        if (group.getType() != Type.REALM) {
            return users;
        }
        List<Object[]> rows = scim.em()
                .createQuery(
                        "select u.id, u.username, u.email from UserEntity u where u.id in (:users)"
                                + " and u.realmId = :realm and u.federationLink is null"
                                + " and u.serviceAccountClientLink is null order by u.id",
                        Object[].class)
                .setParameter("users", userIds)
                .setParameter("realm", scim.realm().getId())
                .getResultList();
        for (Object[] row : rows) {
            String id = (String) row[0];
            users.put(id, KnownUser.of(id, (String) row[1], (String) row[2], () -> load(id)));
        }
        if (!users.isEmpty()) {
            administrators.refuseAmong(users.keySet());
        }
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
