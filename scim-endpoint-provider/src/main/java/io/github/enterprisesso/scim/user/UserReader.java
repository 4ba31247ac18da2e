package io.github.enterprisesso.scim.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.connection.BoundOrganization;
import io.github.enterprisesso.scim.connection.ScimConnection.Adoption;
import io.github.enterprisesso.scim.context.OrderedRows;
import io.github.enterprisesso.scim.context.QueryText;
import io.github.enterprisesso.scim.context.RowQuery;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.ListRequest;
import io.github.enterprisesso.scim.protocol.ResourceQuery;
import io.github.enterprisesso.scim.schema.Attribute;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.Condition;
import io.github.enterprisesso.scim.schema.FilterCompiler;
import io.github.enterprisesso.scim.schema.Home;
import io.github.enterprisesso.scim.schema.Order;
import io.github.enterprisesso.scim.schema.Schema;
import io.github.enterprisesso.scim.store.ScimUserEntity;
import io.github.enterprisesso.scim.user.UserRecord.GroupRef;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.UserModel;

/**
 * Reads the users that the connection sees, a page in a fixed number of statements: its own, and those that nobody
 * provisions and that its {@code adopt} option lets it take over. Service accounts are nobody's.
 */
public final class UserReader {

    private static final List<String> COLUMNS = List.of(
            "u.id",
            "u.username",
            "u.firstName",
            "u.lastName",
            "u.email",
            "u.enabled",
            "u.createdTimestamp",
            "u.lastModifiedTimestamp",
            "s.connectionId",
            "s.externalId",
            "s.userName",
            "s.email",
            "s.emailType");

    /** Those that never need the table of our own. */
    private static final Set<String> COLUMN_ATTRIBUTES =
            Set.of("id", "schemas", "externalid", "username", "active", "groups", "meta");

    /** Unique in a realm, and its index is at hand. */
    private static final String NAME_ORDER = "u.username";

    /** Okta's test looks at the first user of the list and wants a name and an address; whom it asks for, it gets. */
    private static final String PRESENTABLE =
            "(s.connectionId = :connection" + " or u.email <> '' and (u.firstName <> '' or u.lastName <> ''))";

    private final ScimContext scim;
    private Catalogue catalogue;

    public UserReader(ScimContext scim) {
        this.scim = scim;
    }

    /** The attributes of a User in this realm. */
    public Catalogue catalogue() {
        if (catalogue == null) {
            catalogue = UserSchema.of(scim);
        }
        return catalogue;
    }

    Optional<UserRecord> find(String id, AttributeSelection selection) {
        return complete(row(id), selection).stream().findFirst();
    }

    /**
     * A user of this transaction, told from what it has just written: only what it cannot know is read.
     *
     * @param own whether he has values in the table of our own
     */
    UserRecord created(UserModel user, ScimUserEntity row, boolean own) {
        UserRecord record = new UserRecord(
                user.getId(),
                UserRecord.asWritten(user.getUsername(), row.getUserName()),
                user.getFirstName(),
                user.getLastName(),
                UserRecord.asWritten(user.getEmail(), row.getEmail()),
                row.getEmailType() == null ? UserRecord.EMAIL_TYPE : row.getEmailType(),
                user.isEnabled(),
                row.getExternalId(),
                true,
                null,
                null,
                null,
                user.getCreatedTimestamp(),
                user.getLastModifiedTimestamp());
        Map<String, List<String>> mapped = new HashMap<>(user.getAttributes());
        mapped.keySet().retainAll(mappedNames(AttributeSelection.DEFAULT));
        mapped.replaceAll((name, values) -> values.stream().sorted().toList());
        List<String> ids = List.of(user.getId());
        boolean inGroups = scim.realm().getDefaultGroupsStream().findAny().isPresent();
        return complete(
                record,
                AttributeSelection.DEFAULT,
                mapped,
                own ? new OwnAttributes(scim).read(ids) : Map.of(),
                inGroups ? groups(ids) : Map.of());
    }

    private List<UserRecord> row(String id) {
        return visible()
                .where("u.id = %s", id)
                .query(scim.em(), "select " + String.join(", ", COLUMNS), "", Object[].class)
                .getResultStream()
                .map(UserReader::user)
                .toList();
    }

    /** The user's JSON, if the connection sees him. */
    public Optional<ObjectNode> read(String id, AttributeSelection selection) {
        return find(id, selection).map(user -> user.toJson(scim, selection));
    }

    /**
     * Those asked for, in the order of the user names unless another is asked for; no filter means all but unprovisioned users
     * without name or address.
     *
     * @param others of the resource types that are searched as well
     */
    public ResourceQuery query(ListRequest request, List<Catalogue> others) {
        QueryText query = visible();
        if (request.filter() == null) {
            query.where(PRESENTABLE);
        } else {
            query.where(FilterCompiler.compile(request.filter(), catalogue(), others));
        }
        Order order = Order.by(request.sorting(), catalogue(), others, List.of(NAME_ORDER));
        AttributeSelection selection = request.selection();
        return new RowQuery(
                "User",
                () -> query.count(scim.em(), "u.id"),
                new OrderedRows(scim.em(), query, COLUMNS, order),
                rows -> complete(rows.stream().map(UserReader::user).toList(), selection).stream()
                        .map(user -> user.toJson(scim, selection))
                        .toList());
    }

    /** Those of the ids that are users whom the connection sees. */
    public Set<String> visibleAmong(Collection<String> ids) {
        return ids.isEmpty()
                ? Set.of()
                : new HashSet<>(visible()
                        .where(Condition.among("u.id", "ids", ids))
                        .query(scim.em(), "select u.id", "", String.class)
                        .getResultList());
    }

    private QueryText visible() {
        QueryText query = new QueryText("from UserEntity u left join ScimUserEntity s on s.userId = u.id")
                .where("u.realmId = :realm")
                .where("u.serviceAccountClientLink is null")
                .with("realm", scim.realm().getId())
                .with("connection", scim.connection().id());
        if (!scim.connection().organization().isEmpty()) {
            query.where(BoundOrganization.MEMBER, scim.connection().organization());
        }
        Adoption adoption = scim.connection().adoption();
        return query.where(
                switch (adoption) {
                    case NEVER -> "s.connectionId = :connection";
                    case VERIFIED_EMAIL ->
                        "(s.connectionId = :connection or (s.userId is null and u.emailVerified = true))";
                    case ALWAYS -> "(s.connectionId = :connection or s.userId is null)";
                });
    }

    private static UserRecord user(Object[] row) {
        return new UserRecord(
                (String) row[0],
                UserRecord.asWritten((String) row[1], (String) row[10]),
                (String) row[2],
                (String) row[3],
                UserRecord.asWritten((String) row[4], (String) row[11]),
                row[12] == null ? UserRecord.EMAIL_TYPE : (String) row[12],
                (Boolean) row[5],
                (String) row[9],
                row[8] != null,
                null,
                null,
                null,
                (Long) row[6],
                (Long) row[7]);
    }

    private List<UserRecord> complete(List<UserRecord> users, AttributeSelection selection) {
        if (users.isEmpty()) {
            return users;
        }
        List<String> ids = users.stream().map(UserRecord::id).toList();
        Map<String, Map<String, List<String>>> mapped = mapped(ids, selection);
        Map<String, Map<String, List<Map<String, String>>>> own =
                selection.includesOtherThan(COLUMN_ATTRIBUTES) ? new OwnAttributes(scim).read(ids) : Map.of();
        Map<String, List<GroupRef>> groups = selection.includes("groups") ? groups(ids) : Map.of();
        return users.stream()
                .map(user -> complete(user, selection, mapped.getOrDefault(user.id(), Map.of()), own, groups))
                .toList();
    }

    private UserRecord complete(
            UserRecord user,
            AttributeSelection selection,
            Map<String, List<String>> mapped,
            Map<String, Map<String, List<Map<String, String>>>> own,
            Map<String, List<GroupRef>> groups) {
        return user.with(
                mapped.getOrDefault(scim.connection().roleAttribute(), List.of()).stream()
                        .findFirst()
                        .orElse(null),
                new UserAttributes(catalogue(), own.getOrDefault(user.id(), Map.of()), mapped),
                selection.includes("groups") ? groups.getOrDefault(user.id(), List.of()) : null);
    }

    /** Names of the user attributes that the user profile keeps for us. */
    private Set<String> mappedNames(AttributeSelection selection) {
        Set<String> names = new HashSet<>();
        for (Schema schema : catalogue().schemas()) {
            if (schema == catalogue().core() || selection.includes(schema.urn())) {
                schema.attributes().forEach(attribute -> collect(attribute, names));
            }
        }
        return names;
    }

    /** By user and user attribute what the user profile keeps. */
    private Map<String, Map<String, List<String>>> mapped(List<String> ids, AttributeSelection selection) {
        Map<String, Map<String, List<String>>> mapped = new HashMap<>();
        Set<String> names = mappedNames(selection);
        if (names.isEmpty()) {
            return mapped;
        }
        new QueryText("from UserAttributeEntity a")
                .where(Condition.among("a.user.id", "ids", ids))
                .where(Condition.among("a.name", "names", names))
                .query(scim.em(), "select a.user.id, a.name, coalesce(a.value, a.longValue)", "", Object[].class)
                .getResultList()
                .forEach(row -> mapped.computeIfAbsent((String) row[0], id -> new HashMap<>())
                        .computeIfAbsent((String) row[1], name -> new ArrayList<>())
                        .add((String) row[2]));
        // The table keeps no order; this one is the same each time.
        mapped.values().forEach(values -> values.values().forEach(Collections::sort));
        return mapped;
    }

    private static void collect(Attribute attribute, Set<String> userAttributes) {
        if (attribute.home() instanceof Home.Profile profile) {
            userAttributes.add(profile.userAttribute());
        }
        attribute.subAttributes().forEach(sub -> collect(sub, userAttributes));
    }

    private Map<String, List<GroupRef>> groups(List<String> ids) {
        Map<String, List<GroupRef>> groups = new HashMap<>();
        new QueryText("from UserGroupMembershipEntity m join GroupEntity g on g.id = m.groupId join g.attributes a")
                .where(Condition.among("m.user.id", "ids", ids))
                .where("a.name = :name")
                .with("name", ScimContext.CONNECTION_ATTRIBUTE)
                .where("a.value = :connection")
                .with("connection", scim.connection().id())
                .query(scim.em(), "select m.user.id, g.id, g.name", "order by g.name, g.id", Object[].class)
                .getResultList()
                .forEach(row -> groups.computeIfAbsent((String) row[0], id -> new ArrayList<>())
                        .add(new GroupRef((String) row[1], (String) row[2])));
        return groups;
    }
}
