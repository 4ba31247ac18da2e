package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.schema.Attribute;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.Schema;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which operations of a PATCH concern a user. */
final class UserPatch {

    /** Core attributes that are not kept. They are passed over, as in a PUT. */
    private static final Set<String> NOT_KEPT = Set.of("password", "photos", "x509certificates");

    private static final Set<String> READ_ONLY = Set.of("id", "meta", "schemas");

    private UserPatch() {}

    /** Without what is read-only; 400 when the client names a path that is read-only or unknown. */
    static List<PatchOperation> applicable(List<PatchOperation> operations, Catalogue catalogue) {
        return operations.stream()
                .filter(operation -> isApplicable(operation, catalogue))
                .toList();
    }

    private static boolean isApplicable(PatchOperation operation, Catalogue catalogue) {
        AttributePath path = operation.path();
        Optional<Schema> schema = catalogue.schema(path.schema());
        if (schema.isEmpty()) {
            return refuse(operation, "a User has no such schema here");
        }
        if (path.attribute() == null) {
            return true;
        }
        boolean core = schema.get() == catalogue.core();
        String name = path.attribute().toLowerCase(Locale.ROOT);
        Optional<Attribute> attribute = catalogue.find(path);
        if (core && READ_ONLY.contains(name)
                || attribute.isPresent() && attribute.get().isReadOnly()) {
            if (operation.named()) {
                throw ScimException.mutability(path.toString(), "is read-only");
            }
            return false;
        }
        if (attribute.isEmpty()) {
            boolean passedOver = core
                    ? NOT_KEPT.contains(name)
                    : UserChange.ROLE_NAMES.stream().anyMatch(path::isAttribute);
            return passedOver || refuse(operation, "a User has no such attribute");
        }
        return true;
    }

    /** What merely stands in the object of a path-less operation is passed over like in a PUT. */
    private static boolean refuse(PatchOperation operation, String reason) {
        if (operation.named()) {
            throw ScimException.invalidPath(operation.path().toString(), reason);
        }
        return false;
    }
}
