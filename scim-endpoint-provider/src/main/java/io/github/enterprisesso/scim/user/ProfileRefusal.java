package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import java.text.MessageFormat;
import java.util.List;
import java.util.Properties;
import org.keycloak.models.UserModel;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.admin.AdminRoot;
import org.keycloak.userprofile.ValidationException;

/** Says in the protocol's words what the realm's user profile does not allow. */
final class ProfileRefusal {

    /** Of Keycloak's {@code ImmutableAttributeValidator}. */
    private static final String READ_ONLY = "error-user-attribute-read-only";

    private ProfileRefusal() {}

    static ScimException of(ValidationException refusal, ScimContext scim) {
        ValidationException.Error first = first(refusal.getErrors());
        String attribute = scimName(first.getAttribute(), scim);
        if (first.getMessage().equals(Messages.USERNAME_EXISTS)
                || first.getMessage().equals(Messages.EMAIL_EXISTS)) {
            return ScimException.uniqueness(attribute, "another user has the same value");
        }
        if (first.getMessage().equals(READ_ONLY)
                || first.getMessage().equals(Messages.UPDATE_READ_ONLY_ATTRIBUTES_REJECTED)) {
            return ScimException.mutability(attribute, "is read-only in the realm's user profile");
        }
        Properties messages = AdminRoot.getMessages(scim.session(), scim.realm(), "en", "admin-messages", "messages");
        String reason = first.getFormattedMessage(
                        (key, parameters) -> MessageFormat.format(pattern(messages.getProperty(key, key)), parameters))
                .replaceAll("[.\\s]+$", "");
        return ScimException.invalidValue(attribute, reason);
    }

    /** A user name that is taken is often a taken address as well: of the two, the name is what the client looks for. */
    private static ValidationException.Error first(List<ValidationException.Error> errors) {
        return errors.stream()
                .filter(error -> Messages.USERNAME_EXISTS.equals(error.getMessage()))
                .findFirst()
                .orElse(errors.get(0));
    }

    /** The admin console's own texts have placeholders in double braces, and a single quote there is one. */
    private static String pattern(String text) {
        return text.contains("{{") ? text.replace("'", "''").replace("{{", "{").replace("}}", "}") : text;
    }

    private static String scimName(String attribute, ScimContext scim) {
        if (attribute == null) {
            return "user";
        }
        if (attribute.equals(scim.connection().roleAttribute())) {
            return UserRecord.ROLE;
        }
        return switch (attribute) {
            case UserModel.USERNAME -> "userName";
            case UserModel.EMAIL -> "emails.value";
            case UserModel.FIRST_NAME -> "name.givenName";
            case UserModel.LAST_NAME -> "name.familyName";
            default -> attribute;
        };
    }
}
