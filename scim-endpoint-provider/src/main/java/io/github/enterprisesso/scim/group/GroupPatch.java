package io.github.enterprisesso.scim.group;

import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.PatchTargets;
import java.util.List;
import java.util.Set;

/** Which operations of a PATCH concern a group, and which of them its members. */
final class GroupPatch {

    private GroupPatch() {}

    static boolean isAboutMembers(PatchOperation operation) {
        return ResourceBody.means(operation.path(), "members", Urn.GROUP);
    }

    static List<PatchOperation> applicable(List<PatchOperation> operations, Catalogue catalogue) {
        return new PatchTargets("Group", catalogue, Set.of()).of(operations);
    }
}
