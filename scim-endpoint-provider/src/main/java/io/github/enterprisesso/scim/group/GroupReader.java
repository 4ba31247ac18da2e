package io.github.enterprisesso.scim.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.context.OrderedRows;
import io.github.enterprisesso.scim.context.QueryText;
import io.github.enterprisesso.scim.context.RowQuery;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.group.GroupRecord.Member;
import io.github.enterprisesso.scim.protocol.AttributeSelection;
import io.github.enterprisesso.scim.protocol.ListRequest;
import io.github.enterprisesso.scim.protocol.ResourceQuery;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.Condition;
import io.github.enterprisesso.scim.schema.FilterCompiler;
import io.github.enterprisesso.scim.schema.Order;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.GroupModel;

/** Reads the groups that the connection has pushed, a page in a fixed number of statements. Nobody else's are seen. */
public final class GroupReader {

    static final String EXTERNAL_ID_ATTRIBUTE = "externalId";
    static final String ROLES_ATTRIBUTE = "scim.roles";

    private static final List<String> COLUMNS =
            List.of("g.id", "g.name", "g.createdTimestamp", "g.lastModifiedTimestamp");

    private static final String OWN_ATTRIBUTES = " in ('" + EXTERNAL_ID_ATTRIBUTE + "', '" + ROLES_ATTRIBUTE + "')";

    /** Names are unique without case, but for groups that were made by other ways. */
    private static final List<String> NAME_ORDER = List.of("g.name", "g.id");

    private final ScimContext scim;

    public GroupReader(ScimContext scim) {
        this.scim = scim;
    }

    Optional<GroupRecord> find(String id, AttributeSelection selection) {
        List<Object[]> rows = pushed("left join g.attributes b on b.name" + OWN_ATTRIBUTES)
                .where("g.id = %s", id)
                .query(
                        scim.em(),
                        "select " + String.join(", ", COLUMNS) + ", b.name, b.value",
                        "order by b.value",
                        Object[].class)
                .getResultList();
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        Map<String, List<String>> attributes = new HashMap<>();
        rows.forEach(row -> attributes
                .computeIfAbsent((String) row[4], name -> new ArrayList<>())
                .add((String) row[5]));
        return Optional.of(record(rows.get(0), attributes, membersIfWanted(List.of(id), selection)));
    }

    /** The group's JSON, if the connection has pushed it. */
    public Optional<ObjectNode> read(String id, AttributeSelection selection) {
        return find(id, selection).map(group -> group.toJson(scim, selection));
    }

    /** The members of a group that the connection has pushed, to be read in pages: users before groups, by id. */
    public List<ResourceQuery> members(String id) {
        return new Members(scim).queries(id);
    }

    /** The attributes of a Group. */
    public Catalogue catalogue() {
        return GroupSchema.of(scim.connection());
    }

    /**
     * Those asked for, in the order of the names unless another is asked for.
     *
     * @param others of the resource types that are searched as well
     */
    public ResourceQuery query(ListRequest request, List<Catalogue> others) {
        Catalogue catalogue = catalogue();
        QueryText query = pushed();
        if (request.filter() != null) {
            query.where(FilterCompiler.compile(request.filter(), catalogue, others));
        }
        Order order = Order.by(request.sorting(), catalogue, others, NAME_ORDER);
        AttributeSelection selection = request.selection();
        return new RowQuery(
                "Group",
                () -> query.count(scim.em(), "g.id"),
                OrderedRows.counted(scim.em(), query, COLUMNS, order),
                rows -> groups(rows, selection).stream()
                        .map(group -> group.toJson(scim, selection))
                        .toList());
    }

    /** Another pushed group of the connection with that name in any case. */
    Optional<String> idOf(String name) {
        QueryText query = pushed().where("lower(g.name) = %s", name.toLowerCase(Locale.ROOT));
        return query.query(scim.em(), "select g.id", "", String.class).getResultList().stream()
                .findFirst();
    }

    private QueryText pushed() {
        return pushed("");
    }

    private QueryText pushed(String join) {
        return new QueryText("from GroupEntity g join g.attributes a " + join)
                .where("a.name = '" + ScimContext.CONNECTION_ATTRIBUTE + "'")
                .where("a.value = :connection")
                .with("connection", scim.connection().id())
                .where("g.realm = %s", scim.realm().getId())
                .where("g.type = %s", GroupModel.Type.REALM.intValue());
    }

    private List<GroupRecord> groups(List<Object[]> rows, AttributeSelection selection) {
        List<String> ids = rows.stream().map(row -> (String) row[0]).toList();
        if (ids.isEmpty()) {
            return List.of();
        }
        Map<String, Map<String, List<String>>> attributes = attributes(ids);
        Map<String, List<Member>> members = membersIfWanted(ids, selection);
        return rows.stream()
                .map(row -> record(row, attributes.getOrDefault((String) row[0], Map.of()), members))
                .toList();
    }

    private static GroupRecord record(
            Object[] row, Map<String, List<String>> attributes, Map<String, List<Member>> members) {
        String id = (String) row[0];
        return new GroupRecord(
                id,
                (String) row[1],
                attributes.getOrDefault(EXTERNAL_ID_ATTRIBUTE, List.of()).stream()
                        .findFirst()
                        .orElse(null),
                attributes.getOrDefault(ROLES_ATTRIBUTE, List.of()),
                members == null ? null : members.getOrDefault(id, List.of()),
                (Long) row[2],
                (Long) row[3]);
    }

    private Map<String, Map<String, List<String>>> attributes(List<String> ids) {
        Map<String, Map<String, List<String>>> attributes = new HashMap<>();
        new QueryText("from GroupAttributeEntity a")
                .where(Condition.among("a.group.id", "group", ids))
                .where("a.name" + OWN_ATTRIBUTES)
                .query(scim.em(), "select a.group.id, a.name, a.value", "order by a.value", Object[].class)
                .getResultList()
                .forEach(row -> attributes
                        .computeIfAbsent((String) row[0], id -> new HashMap<>())
                        .computeIfAbsent((String) row[1], name -> new ArrayList<>())
                        .add((String) row[2]));
        return attributes;
    }

    /** Null when nobody asked for them. */
    private Map<String, List<Member>> membersIfWanted(List<String> groups, AttributeSelection selection) {
        return selection.includes("members") ? new Members(scim).of(groups) : null;
    }
}
