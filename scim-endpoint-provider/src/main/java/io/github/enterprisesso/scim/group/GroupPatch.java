package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which operations of a PATCH concern a group, and which of them its members. */
final class GroupPatch {

    private static final Set<String> READ_ONLY = Set.of("id", "meta", "schemas");
    private static final Set<String> KNOWN = Set.of("displayname", "externalid", "members");

    private GroupPatch() {}

    static boolean isAboutMembers(PatchOperation operation) {
        return ResourceBody.means(operation.path(), "members", Urn.GROUP);
    }

    /** Without what is read-only; 400 when the client names a path that is read-only or unknown. */
    static List<PatchOperation> applicable(List<PatchOperation> operations, ScimConnection connection) {
        return operations.stream()
                .filter(operation -> isApplicable(operation, connection))
                .toList();
    }

    private static boolean isApplicable(PatchOperation operation, ScimConnection connection) {
        AttributePath path = operation.path();
        if (path.schema() != null && !path.schema().equalsIgnoreCase(Urn.GROUP)) {
            boolean known = connection.groupExtensions().stream().anyMatch(path.schema()::equalsIgnoreCase);
            if (!known && operation.named()) {
                throw ScimException.invalidPath(path.toString(), "a Group has no such schema here");
            }
            return known;
        }
        if (path.attribute() == null) {
            return true;
        }
        String attribute = path.attribute().toLowerCase(Locale.ROOT);
        if (READ_ONLY.contains(attribute)) {
            if (operation.named()) {
                throw ScimException.mutability(path.toString(), "is read-only");
            }
            return false;
        }
        if (!KNOWN.contains(attribute) && operation.named()) {
            throw ScimException.invalidPath(path.toString(), "a Group has no such attribute");
        }
        return KNOWN.contains(attribute);
    }
}
