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
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
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
        boolean inGroups = scim.realm().getDefaultGroupsStream().findAny().isPresent();
        UserDetails details = UserDetails.read(scim, List.of(user.getId()), Set.of(), own, inGroups);
        return complete(record, AttributeSelection.DEFAULT, mapped, details);
    }

    private List<UserRecord> row(String id) {
        return visible()
                .where("u.id = %s", id)
                .query(scim.em(), "select " + String.join(", ", COLUMNS), "", Object[].class)
                .getResultList()
                .stream()
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

    /**
     * Those of the ids that are users whom the connection sees, or in the group already, by id and in the order of the ids.
     *
     * @param ids as many as one list of parameters holds, at least one
     */
    public Map<String, Candidate> candidates(String group, Collection<String> ids) {
        Map<String, Candidate> candidates = new LinkedHashMap<>();
        visible()
                .or(
                        "left join UserGroupMembershipEntity m on m.user.id = u.id and m.groupId = :group",
                        "m.groupId is not null")
                .with("group", group)
                .where(Condition.among("u.id", "id", ids))
                .query(
                        scim.em(),
                        "select u.id, u.username, u.email, u.federationLink, u.serviceAccountClientLink, m.groupId",
                        "order by u.id",
                        Object[].class)
                .getResultList()
                .forEach(row -> candidates.put(
                        (String) row[0],
                        new Candidate(
                                (String) row[0],
                                (String) row[1],
                                (String) row[2],
                                row[3] == null && row[4] == null,
                                row[5] != null)));
        return candidates;
    }

    /**
     * Somebody who may join or leave a group.
     *
     * @param local whether he lives in this database alone, a person and no service account
     * @param member whether he is in the group
     */
    public record Candidate(String id, String userName, String email, boolean local, boolean member) {}

    private QueryText visible() {
        QueryText query = new QueryText("from UserEntity u left join ScimUserEntity s on s.userId = u.id")
                .where("u.realmId = :realm")
                .where("u.serviceAccountClientLink is null")
                .with("realm", scim.realm().getId())
                .with("connection", scim.connection().id());
        if (!scim.connection().organization().isEmpty()) {
            query.where(
                    BoundOrganization.member(scim.realm()), scim.connection().organization());
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
        UserDetails details = UserDetails.read(
                scim,
                users.stream().map(UserRecord::id).toList(),
                mappedNames(selection),
                selection.includesOtherThan(COLUMN_ATTRIBUTES),
                selection.includes("groups"));
        return users.stream()
                .map(user -> complete(user, selection, details.mapped(user.id()), details))
                .toList();
    }

    private UserRecord complete(
            UserRecord user, AttributeSelection selection, Map<String, List<String>> mapped, UserDetails details) {
        return user.with(
                mapped.getOrDefault(scim.connection().roleAttribute(), List.of()).stream()
                        .findFirst()
                        .orElse(null),
                new UserAttributes(catalogue(), details.own(user.id()), mapped),
                selection.includes("groups") ? details.groups(user.id()) : null);
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

    private static void collect(Attribute attribute, Set<String> userAttributes) {
        if (attribute.home() instanceof Home.Profile profile) {
            userAttributes.add(profile.userAttribute());
        }
        attribute.subAttributes().forEach(sub -> collect(sub, userAttributes));
    }
}
