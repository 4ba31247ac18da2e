package io.github.enterprisesso.scim.group;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.filter.Attributes;
import io.github.enterprisesso.scim.filter.Filter;
import io.github.enterprisesso.scim.filter.Filter.Comparison;
import io.github.enterprisesso.scim.filter.Filter.Operator;
import io.github.enterprisesso.scim.filter.Filter.Or;
import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.protocol.PatchOperation.Op;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The net effect of a request on the members of a group, found without knowing who they are.
 *
 * @param exact the members are {@code added} and nobody else
 * @param added ids of users and groups in the order sent
 * @param removed ids of users and groups; empty when exact
 */
record MembershipChange(boolean exact, Set<String> added, Set<String> removed) {

    /** Few clients send one, and some an empty one: the id alone tells what the member is. */
    private static final Set<String> KNOWN_TYPES = Set.of("user", "group", "");

    static final MembershipChange NONE = new MembershipChange(false, Set.of(), Set.of());

    static MembershipChange exactly(JsonNode members) {
        return new MembershipChange(true, ids(members), Set.of());
    }

    boolean isEmpty() {
        return !exact && added.isEmpty() && removed.isEmpty();
    }

    /** What the operations on {@code members} come to, one after the other. */
    static MembershipChange of(List<PatchOperation> operations) {
        boolean exact = false;
        Set<String> added = new LinkedHashSet<>();
        Set<String> removed = new LinkedHashSet<>();
        for (PatchOperation operation : operations) {
            Set<String> named = named(operation);
            if (operation.op() == Op.ADD) {
                added.addAll(named);
                removed.removeAll(named);
            } else if (operation.op() == Op.REMOVE && named != null) {
                added.removeAll(named);
                removed.addAll(named);
            } else {
                exact = true;
                removed.clear();
                added.clear();
                if (named != null) {
                    added.addAll(named);
                }
            }
        }
        return new MembershipChange(exact, added, exact ? Set.of() : removed);
    }

    /** The ids that the operation names, in its filter or in its value; null for all members. */
    private static Set<String> named(PatchOperation operation) {
        if (operation.path().filter() != null) {
            if (operation.op() != Op.REMOVE) {
                throw ScimException.invalidPath(
                        operation.path().toString(), "a member cannot be changed, only added and removed");
            }
            Set<String> ids = new LinkedHashSet<>();
            collect(operation.path().filter(), ids, operation);
            return ids;
        }
        if (operation.path().subAttribute() != null) {
            throw ScimException.mutability(operation.path().toString(), "is immutable; add and remove the member");
        }
        JsonNode value = operation.value();
        return operation.op() == Op.REMOVE && (value == null || value.isNull()) ? null : ids(value);
    }

    private static void collect(Filter filter, Set<String> ids, PatchOperation operation) {
        if (filter instanceof Or or) {
            collect(or.left(), ids, operation);
            collect(or.right(), ids, operation);
        } else if (filter instanceof Comparison comparison
                && comparison.operator() == Operator.EQ
                && comparison.path().isAttribute("value")
                && comparison.value().isTextual()) {
            ids.add(comparison.value().asText());
        } else {
            throw ScimException.invalidFilter(filter.toString(), "members are named by value eq and joined by or");
        }
    }

    private static Set<String> ids(JsonNode members) {
        Set<String> ids = new LinkedHashSet<>();
        if (members == null || members.isNull()) {
            return ids;
        }
        for (JsonNode member : members.isArray() ? members : List.of(members)) {
            JsonNode type = Attributes.find(member, "type");
            if (type != null
                    && !type.isNull()
                    && !KNOWN_TYPES.contains(type.asText().toLowerCase(Locale.ROOT))) {
                throw ScimException.invalidValue("members.type", type + " is neither User nor Group");
            }
            String id =
                    ResourceBody.text("members.value", member.isObject() ? Attributes.find(member, "value") : member);
            if (id == null) {
                throw ScimException.invalidValue("members.value", "each member needs the id of a user or group");
            }
            ids.add(id);
        }
        return ids;
    }
}
