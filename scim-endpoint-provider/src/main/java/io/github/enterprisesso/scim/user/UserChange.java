package io.github.enterprisesso.scim.user;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.filter.Attributes;
import io.github.enterprisesso.scim.protocol.Given;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.protocol.Urn;
import io.github.enterprisesso.scim.schema.Catalogue;
import java.util.List;
import java.util.regex.Pattern;

/** What a request wants of a user: each attribute left alone, emptied or set. */
record UserChange(
        Given<String> userName,
        Given<String> givenName,
        Given<String> familyName,
        Given<String> email,
        Given<String> emailType,
        Given<Boolean> active,
        Given<String> externalId,
        Given<String> role,
        Given<Password> password,
        AttributeChange attributes) {

    private static final List<String> ROLE_NAMES = List.of(UserRecord.ROLE, UserRecord.OLDER_ROLE);

    private static final Pattern EMAIL = Pattern.compile("[^\\s@\"(),:;<>\\[\\]\\\\]+@[^\\s@\"(),:;<>\\[\\]\\\\]+");
    private static final int MAX_LENGTH = 255;
    private static final int MAX_TYPE_LENGTH = 64;

    /** Prints nothing of itself. */
    record Password(String text) {
        @Override
        public String toString() {
            return "password";
        }
    }

    /**
     * Reads a resource, whole or in part.
     *
     * @param current null for a new user; what he has already is not questioned
     */
    static UserChange read(ResourceBody body, ScimConnection connection, Catalogue catalogue, UserRecord current) {
        Given<String> userName = text(body, "userName");
        if (userName.differsFrom(current == null ? null : current.userName())
                || userName.mentioned() && userName.value() == null) {
            requireUserName(userName.value(), connection);
        }
        boolean emailsAreReadOnly = catalogue.isReadOnly("emails", null);
        Given<JsonNode> emails = emailsAreReadOnly ? Given.nothing() : body.attribute("emails", Urn.USER);
        JsonNode kept = emails.value() == null ? null : kept(emails.value());
        Given<String> email = emails.map(list -> kept == null ? null : address(kept));
        if (email.value() != null && email.differsFrom(current == null ? null : current.email())) {
            requireEmail(email.value());
        }
        return new UserChange(
                userName,
                catalogue.isReadOnly("name", "givenName") ? Given.nothing() : name(body, "givenName"),
                catalogue.isReadOnly("name", "familyName") ? Given.nothing() : name(body, "familyName"),
                emailsAreReadOnly && current != null ? Given.of(current.email()) : email,
                emails.map(list -> kept == null ? null : type(kept)),
                active(body),
                text(body, "externalId"),
                role(body, connection, current == null ? null : current.role()),
                password(body, connection),
                AttributeChange.read(
                        body,
                        current == null ? new UserAttributes(catalogue) : current.attributes(),
                        current == null ? null : current.fullName(),
                        kept));
    }

    private static void requireUserName(String userName, ScimConnection connection) {
        if (userName == null) {
            throw ScimException.invalidValue("userName", "is required");
        }
        if (connection.userNameIsEmail() && !EMAIL.matcher(userName).matches()) {
            throw ScimException.invalidValue("userName", "'" + userName + "' is no e-mail address");
        }
    }

    private static Given<String> text(ResourceBody body, String name) {
        return body.attribute(name, Urn.USER).map(value -> limited(name, ResourceBody.text(name, value)));
    }

    private static Given<String> name(ResourceBody body, String sub) {
        return body.subAttribute("name", sub, Urn.USER)
                .map(value -> limited("name." + sub, ResourceBody.text("name." + sub, value)));
    }

    private static String limited(String attribute, String text) {
        if (text != null && text.length() > MAX_LENGTH) {
            throw ScimException.invalidValue(attribute, "at most " + MAX_LENGTH + " characters are allowed");
        }
        return text;
    }

    /** Keycloak keeps one address: the primary one, else the one for work, else the first. Null when there is none. */
    private static JsonNode kept(JsonNode emails) {
        JsonNode best = null;
        int bestRank = 0;
        for (JsonNode element : emails.isArray() ? emails : List.of(emails)) {
            int rank = rank(element);
            if (address(element) != null && rank > bestRank) {
                best = element;
                bestRank = rank;
            }
        }
        return best;
    }

    private static String address(JsonNode element) {
        return limited(
                "emails.value",
                ResourceBody.text("emails.value", element.isObject() ? Attributes.find(element, "value") : element));
    }

    private static String type(JsonNode element) {
        String type = ResourceBody.text("emails.type", Attributes.find(element, "type"));
        if (type != null && type.length() > MAX_TYPE_LENGTH) {
            throw ScimException.invalidValue("emails.type", "at most " + MAX_TYPE_LENGTH + " characters are allowed");
        }
        return type == null ? UserRecord.EMAIL_TYPE : type;
    }

    private static void requireEmail(String email) {
        if (!EMAIL.matcher(email).matches()) {
            throw ScimException.invalidValue("emails.value", "'" + email + "' is no e-mail address");
        }
    }

    private static int rank(JsonNode element) {
        if (Boolean.TRUE.equals(ResourceBody.bool("emails.primary", Attributes.find(element, "primary")))) {
            return 3;
        }
        JsonNode type = Attributes.find(element, "type");
        return type != null && type.asText().equalsIgnoreCase("work") ? 2 : 1;
    }

    private static Given<Boolean> active(ResourceBody body) {
        Given<Boolean> active = body.attribute("active", Urn.USER).map(value -> ResourceBody.bool("active", value));
        return active.value() == null ? Given.nothing() : active;
    }

    private static Given<String> role(ResourceBody body, ScimConnection connection, String currentRole) {
        List<JsonNode> candidates = body.candidates(connection.userExtensions(), ROLE_NAMES);
        Given<String> role = Given.nothing();
        for (JsonNode candidate : candidates) {
            String value = role(roleText(candidate), connection, currentRole);
            if (!role.differsFrom(currentRole)) {
                role = Given.of(value);
            }
        }
        return role;
    }

    /** Entra sends a custom attribute that it takes for multi-valued as {@code [{"value":"Admin"}]}: the first counts. */
    private static String roleText(JsonNode candidate) {
        return candidate.isArray()
                ? ResourceBody.texts(UserRecord.ROLE, candidate).stream()
                        .findFirst()
                        .orElse(null)
                : ResourceBody.text(UserRecord.ROLE, candidate);
    }

    /** A role that he has already is not questioned: an administrator gave it, or the connection allowed it once. */
    private static String role(String written, ScimConnection connection, String currentRole) {
        if (written == null || written.equals(currentRole)) {
            return written;
        }
        return connection.roleValues().stream()
                .filter(written::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> ScimException.invalidValue(
                        UserRecord.ROLE, "'" + written + "' is not one of " + connection.roleValues()));
    }

    private static Given<Password> password(ResourceBody body, ScimConnection connection) {
        if (!connection.passwordSync()) {
            return Given.nothing();
        }
        Given<JsonNode> password = body.attribute("password", Urn.USER);
        if (password.value() == null
                || !password.value().isTextual()
                || password.value().asText().isEmpty()) {
            return Given.nothing();
        }
        return password.map(value -> new Password(value.asText()));
    }

    /** What a new user cannot do without: 400 that names it. */
    void requireComplete(Catalogue catalogue) {
        require("userName", userName);
        if (!catalogue.isReadOnly("name", "givenName")) {
            require("name.givenName", givenName);
        }
        if (!catalogue.isReadOnly("name", "familyName")) {
            require("name.familyName", familyName);
        }
    }

    private static void require(String name, Given<String> attribute) {
        if (attribute.value() == null) {
            throw ScimException.invalidValue(name, "is required");
        }
    }

    /** A userName that is an e-mail address is the user's address, if none is given. */
    String emailOfNewUser() {
        if (email.value() != null || !EMAIL.matcher(userName.value()).matches()) {
            return email.value();
        }
        return userName.value();
    }
}
