package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.PatchTargets;
import java.util.List;
import java.util.Set;

/** Which operations of a PATCH concern a user. */
final class UserPatch {

    /** Core attributes that are not kept; the password is, where the connection synchronizes it. */
    private static final Set<String> NOT_KEPT = Set.of("password", "photos", "x509certificates");

    private UserPatch() {}

    static List<PatchOperation> applicable(List<PatchOperation> operations, Catalogue catalogue) {
        return new PatchTargets("User", catalogue, NOT_KEPT).of(operations);
    }
}
