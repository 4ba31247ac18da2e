package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.filter.AttributePath;
import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which operations of a PATCH concern a user. */
final class UserPatch {

    private static final Set<String> READ_ONLY = Set.of("id", "meta", "groups", "schemas");

    /** RFC 7643 section 4.1. Those that are not stored are passed over, as in a PUT. */
    private static final Set<String> KNOWN = Set.of(
            "externalid",
            "username",
            "name",
            "displayname",
            "nickname",
            "profileurl",
            "title",
            "usertype",
            "preferredlanguage",
            "locale",
            "timezone",
            "active",
            "password",
            "emails",
            "phonenumbers",
            "ims",
            "photos",
            "addresses",
            "entitlements",
            "roles",
            "x509certificates");

    private UserPatch() {}

    /** Without what is read-only; 400 when the client names a path that is read-only or unknown. */
    static List<PatchOperation> applicable(List<PatchOperation> operations, ScimConnection connection) {
        return operations.stream()
                .filter(operation -> isApplicable(operation, connection))
                .toList();
    }

    private static boolean isApplicable(PatchOperation operation, ScimConnection connection) {
        AttributePath path = operation.path();
        if (path.schema() != null && !path.schema().equalsIgnoreCase(Urn.USER)) {
            return isKnownExtension(operation, connection);
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
        if (!KNOWN.contains(attribute)) {
            if (operation.named()) {
                throw ScimException.invalidPath(path.toString(), "a User has no such attribute");
            }
            return false;
        }
        return true;
    }

    private static boolean isKnownExtension(PatchOperation operation, ScimConnection connection) {
        String schema = operation.path().schema();
        if (schema.equalsIgnoreCase(Urn.ENTERPRISE_USER)
                || connection.userExtensions().stream().anyMatch(schema::equalsIgnoreCase)) {
            return true;
        }
        if (operation.named()) {
            throw ScimException.invalidPath(operation.path().toString(), "a User has no such schema here");
        }
        return false;
    }
}
