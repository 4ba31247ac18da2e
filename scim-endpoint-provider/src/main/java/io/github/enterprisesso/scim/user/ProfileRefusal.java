package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import java.text.MessageFormat;
import java.util.Properties;
import org.keycloak.models.UserModel;
import org.keycloak.services.messages.Messages;
import org.keycloak.services.resources.admin.AdminRoot;
import org.keycloak.userprofile.ValidationException;

/** Says in the protocol's words what the realm's user profile does not allow. */
final class ProfileRefusal {

    private ProfileRefusal() {}

    static ScimException of(ValidationException refusal, ScimContext scim) {
        ValidationException.Error first = worst(refusal);
        String attribute = scimName(first.getAttribute(), scim);
        if (first.getMessage().equals(Messages.USERNAME_EXISTS)
                || first.getMessage().equals(Messages.EMAIL_EXISTS)) {
            return ScimException.uniqueness(attribute, "another user has the same value");
        }
        Properties messages = AdminRoot.getMessages(scim.session(), scim.realm(), "en", "admin-messages", "messages");
        String reason = first.getFormattedMessage(
                        (key, parameters) -> MessageFormat.format(messages.getProperty(key, key), parameters))
                .replaceAll("[.\\s]+$", "");
        return ScimException.invalidValue(attribute, reason);
    }

    /** A taken name is what a client can act on: it has looked for the name and will look again. */
    private static ValidationException.Error worst(ValidationException refusal) {
        return refusal.getErrors().stream()
                .filter(error -> error.getMessage().equals(Messages.USERNAME_EXISTS))
                .findFirst()
                .orElse(refusal.getErrors().get(0));
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
