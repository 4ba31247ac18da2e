package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.connection.BoundOrganization;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.context.OrderedRows;
import io.github.enterprisesso.scim.context.ParameterLists;
import io.github.enterprisesso.scim.context.QueryText;
import io.github.enterprisesso.scim.context.RowQuery;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.group.GroupRecord.Member;
import io.github.enterprisesso.scim.group.GroupRecord.Member.Kind;
import io.github.enterprisesso.scim.protocol.ResourceQuery;
import io.github.enterprisesso.scim.schema.Condition;
import io.github.enterprisesso.scim.schema.Order;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.jpa.HibernateHints;

/** Reads the members of groups that the connection sees: users before groups, each in the order of their ids. */
final class Members {

    private static final String NOBODY_ELSES =
            "not exists (select 1 from ScimUserEntity s where s.userId = u.id and s.connectionId <> :connection)";

    /** Keycloak's own setting would go to the database for every 64 members. */
    private static final int FETCH_SIZE = 10_000;

    private static final List<String> USER = List.of("u.id", "coalesce(u.email, u.username)");
    private static final List<String> GROUP = List.of("g.id", "g.name");

    private final ScimContext scim;

    Members(ScimContext scim) {
        this.scim = scim;
    }

    /** All of them, by group. */
    Map<String, List<Member>> of(List<String> groups) {
        Map<String, List<Member>> members = new HashMap<>();
        ParameterLists.of(groups, 2).forEach(some -> read(among(some), members));
        members.values()
                .forEach(list -> list.sort(Comparator.comparing(Member::kind).thenComparing(Member::id)));
        return members;
    }

    private void read(Condition groups, Map<String, List<Member>> members) {
        users(groups)
                .unionAll(
                        scim.em(),
                        "select m.groupId, 'USER', " + String.join(", ", USER),
                        nested(groups),
                        "select m.groupId, 'GROUP', " + String.join(", ", GROUP),
                        Object[].class)
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCH_SIZE)
                .getResultList()
                .forEach(row -> members.computeIfAbsent((String) row[0], id -> new ArrayList<>())
                        .add(new Member(Kind.valueOf((String) row[1]), (String) row[2], (String) row[3])));
    }

    /** The ids of the users among those of one group. */
    Set<String> usersOf(String group) {
        return new HashSet<>(users(among(List.of(group)))
                .query(scim.em(), "select u.id", "", String.class)
                .setHint(HibernateHints.HINT_FETCH_SIZE, FETCH_SIZE)
                .getResultList());
    }

    /** Those of one group, to be read in pages; the primary key of the memberships serves their order. */
    List<ResourceQuery> queries(String group) {
        Condition among = among(List.of(group));
        return List.of(
                query(Kind.USER, users(among), USER, Order.by("m.user.id", "u.id")),
                query(Kind.GROUP, nested(among), GROUP, Order.by("m.memberId", "g.id")));
    }

    private ResourceQuery query(Kind kind, QueryText query, List<String> columns, Order order) {
        return new RowQuery(
                kind.type(),
                () -> query.count(scim.em(), "m.groupId"),
                new OrderedRows(scim.em(), query, columns, order),
                rows -> rows.stream()
                        .map(row -> new Member(kind, (String) row[0], (String) row[1]).toJson(scim))
                        .toList());
    }

    private static Condition among(List<String> groups) {
        return Condition.among("m.groupId", "group", groups);
    }

    /**
     * Those whom the connection sees: of its organization, no service accounts, and nobody whom another connection provisions. Of an
     * only connection nobody is asked; what a connection provisions goes with it.
     */
    private QueryText users(Condition groups) {
        QueryText users = new QueryText("from UserGroupMembershipEntity m join UserEntity u on u.id = m.user.id")
                .where(groups)
                .where("u.serviceAccountClientLink is null");
        if (ScimConnection.all(scim.realm()).size() > 1) {
            users.where(NOBODY_ELSES).with("connection", scim.connection().id());
        }
        String organization = scim.connection().organization();
        if (!organization.isEmpty()) {
            users.where(BoundOrganization.member(scim.realm()), organization)
                    .with("realm", scim.realm().getId());
        }
        return users;
    }

    private QueryText nested(Condition groups) {
        return new QueryText("from ScimGroupMemberEntity m join GroupEntity g on g.id = m.memberId")
                .where(groups)
                .where("m.connectionId = :connection")
                .with("connection", scim.connection().id());
    }
}
