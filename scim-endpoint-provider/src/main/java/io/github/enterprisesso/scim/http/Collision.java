package io.github.enterprisesso.scim.http;

import java.util.Locale;
import java.util.Map;
import org.hibernate.exception.ConstraintViolationException;
import org.keycloak.models.ModelDuplicateException;

/** What the database or Keycloak's model refused as a duplicate, in the protocol's words. */
final class Collision {

    /** Unique constraints of Keycloak 26.7 and of our own tables. */
    private static final Map<String, String> ATTRIBUTES = Map.of(
            "UK_RU8TT6T700S9V50BU18WS5HA6", "userName",
            "UK_DYKN684SL8UP1CRFEI6ECKHD7", "emails.value",
            "UK_SCIM_USER_EXTERNAL", "externalId",
            "SIBLING_NAMES", "displayName");

    private Collision() {}

    static boolean is(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ConstraintViolationException || cause instanceof ModelDuplicateException) {
                return true;
            }
        }
        return false;
    }

    /**
     * The attribute that is taken, or those that may be when the database does not tell.
     *
     * @param path below the mount point, {@code /v2/Users/…}
     */
    static String attribute(Throwable e, String path) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ModelDuplicateException duplicate && duplicate.getDuplicateFieldName() != null) {
                return switch (duplicate.getDuplicateFieldName()) {
                    case "email" -> "emails.value";
                    case "username" -> "userName";
                    default -> duplicate.getDuplicateFieldName();
                };
            }
            if (cause instanceof ConstraintViolationException violation) {
                // H2 appends to the name, and not every database fills it in.
                String told = (violation.getConstraintName() + " " + violation.getMessage()).toUpperCase(Locale.ROOT);
                for (Map.Entry<String, String> constraint : ATTRIBUTES.entrySet()) {
                    if (told.contains(constraint.getKey())) {
                        return constraint.getValue();
                    }
                }
            }
        }
        return isGroup(path) ? "displayName" : "userName, emails.value or externalId";
    }

    /** {@code User} or {@code Group}, where no attribute can be told. */
    static String resource(String path) {
        return isGroup(path) ? "Group" : "User";
    }

    private static boolean isGroup(String path) {
        return path.startsWith("/v2/Groups");
    }
}
