package io.github.enterprisesso.scim.connection;

import io.github.enterprisesso.scim.protocol.Urn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.ClientModel;
import org.keycloak.models.IdentityProviderModel;
import org.keycloak.models.IdentityProviderQuery;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What a connection must be like before it is saved, whoever saves it: one message per field, saying what is allowed. */
final class ConnectionValidation {

    private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N}._ -]{0,99}");
    private static final Pattern GROUP_PATH = Pattern.compile("/|(?:/[^/]{1,255}+){1,20}+");
    private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z][\\w.-]{0,99}");
    private static final Pattern ROLE = Pattern.compile("[^,]{1,100}");
    private static final Pattern SCHEMA = Pattern.compile("(?i)urn:[\\w.:-]{1,200}");

    /** What SCIM writes by other names already. */
    private static final List<String> OTHER_ATTRIBUTES = List.of(
            UserModel.USERNAME,
            UserModel.EMAIL,
            UserModel.FIRST_NAME,
            UserModel.LAST_NAME,
            DeclaredAttributes.EXCLUSIVE_GROUP);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final ComponentModel component;
    private final Map<String, String> errors = new LinkedHashMap<>();

    ConnectionValidation(KeycloakSession session, RealmModel realm, ComponentModel component) {
        this.session = session;
        this.realm = realm;
        this.component = component;
    }

    /** Throws {@link InvalidConnectionException} with every field that is wrong. */
    void check() {
        checkName();
        checkIdentityProvider();
        checkChoices();
        match(
                ConnectionOption.GROUPS_PARENT,
                GROUP_PATH,
                "a path of at most 20 groups such as /okta or /directory/okta, or / for the top level");
        checkRoleAttribute();
        matchEach(ConnectionOption.ROLE_VALUES, ROLE, "at least one role, comma-separated, highest first");
        matchEach(ConnectionOption.PROTECTED_ROLES, ROLE, "realm roles, comma-separated");
        checkSchemas();
        checkServiceAccountClient();
        checkMeClients();
        checkOrganization();
        if (!errors.isEmpty()) {
            throw new InvalidConnectionException(errors);
        }
    }

    private void checkName() {
        String name = component.getName();
        if (name == null || !NAME.matcher(name).matches()) {
            errors.put(
                    "name",
                    "must begin with a letter or digit; letters, digits, spaces, dots, dashes and underscores follow");
        } else if (others().anyMatch(other -> name.equalsIgnoreCase(other.name()))) {
            errors.put("name", "is taken by another connection of this realm");
        }
    }

    private Stream<ScimConnection> others() {
        return ScimConnection.all(realm).stream().filter(other -> !other.id().equals(component.getId()));
    }

    private void checkIdentityProvider() {
        String alias = component.get(ScimConnection.IDENTITY_PROVIDER);
        List<String> aliases = session.identityProviders()
                .getAllStream(IdentityProviderQuery.userAuthentication())
                .map(IdentityProviderModel::getAlias)
                .toList();
        if (alias == null || alias.isBlank()) {
            errors.put(ScimConnection.IDENTITY_PROVIDER, "is required: one of " + aliases);
        } else if (!aliases.contains(alias)) {
            errors.put(
                    ScimConnection.IDENTITY_PROVIDER, "names no identity provider of this realm; there are " + aliases);
        }
    }

    private void checkRoleAttribute() {
        ConnectionOption option = ConnectionOption.ROLE_ATTRIBUTE;
        match(option, ATTRIBUTE, "a name of letters, digits, dots, dashes and underscores");
        if (OTHER_ATTRIBUTES.stream().anyMatch(option.read(component)::equalsIgnoreCase)) {
            errors.put(option.key(), "must be an attribute of its own, none of " + OTHER_ATTRIBUTES);
        }
    }

    private void checkSchemas() {
        match(ConnectionOption.USER_EXTENSION, SCHEMA, "a schema such as urn:example:2.0:User");
        matchEach(
                ConnectionOption.USER_EXTENSION_ALIASES,
                SCHEMA,
                "schemas such as urn:example:2.0:User, comma-separated");
        match(ConnectionOption.GROUP_EXTENSION, SCHEMA, "a schema such as urn:example:2.0:Group");
        matchEach(
                ConnectionOption.GROUP_EXTENSION_ALIASES,
                SCHEMA,
                "schemas such as urn:example:2.0:Group, comma-separated");
        for (ConnectionOption option : List.of(
                ConnectionOption.USER_EXTENSION,
                ConnectionOption.USER_EXTENSION_ALIASES,
                ConnectionOption.GROUP_EXTENSION,
                ConnectionOption.GROUP_EXTENSION_ALIASES)) {
            if (option.list(component).stream().anyMatch(ConnectionValidation::isStandard)) {
                errors.put(option.key(), "must be a schema of your own, none that RFC 7643 or RFC 7644 defines");
            }
        }
    }

    private static boolean isStandard(String schema) {
        String lower = schema.toLowerCase(Locale.ROOT);
        return lower.startsWith("urn:ietf:params:scim:schemas:core:")
                || lower.startsWith("urn:ietf:params:scim:api:")
                || lower.equals(Urn.ENTERPRISE_USER.toLowerCase(Locale.ROOT));
    }

    private void checkServiceAccountClient() {
        String clientId = ConnectionOption.SERVICE_ACCOUNT_CLIENT.read(component);
        if (clientId.isEmpty()) {
            return;
        }
        ClientModel client = realm.getClientByClientId(clientId);
        String key = ConnectionOption.SERVICE_ACCOUNT_CLIENT.key();
        if (client == null || !client.isServiceAccountsEnabled()) {
            errors.put(key, "must be the client id of a client of this realm that has a service account");
        } else if (others().anyMatch(other -> clientId.equals(other.serviceAccountClient()))) {
            errors.put(key, "is used by another connection; each needs a client of its own");
        }
    }

    private void checkMeClients() {
        List<String> unknown = ConnectionOption.ME_CLIENTS.list(component).stream()
                .filter(clientId -> realm.getClientByClientId(clientId) == null)
                .toList();
        if (!unknown.isEmpty()) {
            errors.put(
                    ConnectionOption.ME_CLIENTS.key(),
                    "must be client ids of clients of this realm, comma-separated; there is no " + unknown);
        }
    }

    private void checkOrganization() {
        String alias = ConnectionOption.ORGANIZATION.read(component);
        if (!alias.isEmpty()
                && !BoundOrganization.mayComeLater(session, realm)
                && BoundOrganization.find(session, realm, alias).isEmpty()) {
            errors.put(ConnectionOption.ORGANIZATION.key(), BoundOrganization.REQUIRED);
        }
    }

    private void checkChoices() {
        for (ConnectionOption option : ConnectionOption.values()) {
            if (!option.allowed().isEmpty() && !option.allowed().contains(option.read(component))) {
                errors.put(option.key(), "must be one of " + option.allowed());
            }
            option.numberError(component).ifPresent(message -> errors.put(option.key(), message));
        }
    }

    private void match(ConnectionOption option, Pattern pattern, String allowed) {
        String value = option.read(component);
        if (!value.isEmpty() && !pattern.matcher(value).matches()) {
            errors.put(option.key(), "must be " + allowed);
        }
    }

    private void matchEach(ConnectionOption option, Pattern pattern, String allowed) {
        List<String> values = option.list(component);
        if (values.isEmpty()
                || !values.stream().allMatch(value -> pattern.matcher(value).matches())) {
            errors.put(option.key(), "must be " + allowed);
        }
    }
}
