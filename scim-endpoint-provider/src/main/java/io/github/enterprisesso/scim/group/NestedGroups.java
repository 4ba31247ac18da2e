package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.context.ParameterLists;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.store.ScimGroupMemberEntity;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.jpa.entities.ComponentEntity;

/**
 * The pushed groups that are members of one group. They are kept beside Keycloak's groups: there a group has one parent,
 * whose roles it inherits, while a SCIM group may be a member of several and its members get nothing by it.
 */
final class NestedGroups {

    private final ScimContext scim;
    private final GroupModel group;

    NestedGroups(ScimContext scim, GroupModel group) {
        this.scim = scim;
        this.group = group;
    }

    Set<String> all() {
        return new HashSet<>(scim.em()
                .createQuery("select m.memberId from ScimGroupMemberEntity m where m.groupId = :group", String.class)
                .setParameter("group", group.getId())
                .getResultList());
    }

    Set<String> among(Collection<String> ids) {
        return new HashSet<>(scim.em()
                .createQuery(
                        "select m.memberId from ScimGroupMemberEntity m where m.groupId = :group and m.memberId in (:ids)",
                        String.class)
                .setParameter("group", group.getId())
                .setParameter("ids", ids)
                .getResultList());
    }

    /** By id the names of those of the ids that are groups of the connection. */
    Map<String, String> pushedAmong(Collection<String> ids) {
        Map<String, String> names = new HashMap<>();
        scim.em()
                .createQuery(
                        "select g.id, g.name from GroupEntity g join g.attributes a where g.id in (:ids)"
                                + " and g.realm = :realm and g.type = 0 and a.name = :name and a.value = :connection",
                        Object[].class)
                .setParameter("ids", ids)
                .setParameter("realm", scim.realm().getId())
                .setParameter("name", ScimContext.CONNECTION_ATTRIBUTE)
                .setParameter("connection", scim.connection().id())
                .getResultList()
                .forEach(row -> names.put((String) row[0], (String) row[1]));
        return names;
    }

    /** 400 for a group that contains this one, directly or not. */
    void join(Map<String, String> names) {
        if (names.isEmpty()) {
            return;
        }
        // Two groups that take each other at the same time would both see no circle.
        scim.em()
                .createQuery("select c from ComponentEntity c where c.id = :id", ComponentEntity.class)
                .setParameter("id", scim.connection().id())
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        refuseCircle(names.keySet());
        for (String id : new TreeSet<>(names.keySet())) {
            scim.em()
                    .persist(new ScimGroupMemberEntity(
                            scim.realm().getId(),
                            scim.connection().id(),
                            new ScimGroupMemberEntity.Key(group.getId(), id)));
            scim.events().nestedGroup(OperationType.CREATE, group, id, names.get(id));
        }
        scim.em().flush();
    }

    private void refuseCircle(Set<String> ids) {
        Set<String> found = new HashSet<>();
        Collection<String> level = ids;
        while (!level.isEmpty()) {
            if (level.contains(group.getId())) {
                throw ScimException.invalidValue(
                        "members.value", "a group can be no member of itself, nor of a group that it contains");
            }
            found.addAll(level);
            level = ParameterLists.of(level).stream()
                    .flatMap(groups -> membersOf(groups).stream())
                    .filter(id -> !found.contains(id))
                    .collect(Collectors.toSet());
        }
    }

    private List<String> membersOf(List<String> groups) {
        return scim.em()
                .createQuery(
                        "select distinct m.memberId from ScimGroupMemberEntity m where m.groupId in (:groups)",
                        String.class)
                .setParameter("groups", groups)
                .getResultList();
    }

    void leave(Set<String> ids) {
        if (ids.isEmpty()) {
            return;
        }
        Map<String, String> names = pushedAmong(ids);
        scim.em()
                .createQuery("delete from ScimGroupMemberEntity m where m.groupId = :group and m.memberId in (:ids)")
                .setParameter("group", group.getId())
                .setParameter("ids", ids)
                .executeUpdate();
        List<String> ordered = ids.stream().sorted().toList();
        ordered.forEach(id -> scim.events().nestedGroup(OperationType.DELETE, group, id, names.get(id)));
    }
}
