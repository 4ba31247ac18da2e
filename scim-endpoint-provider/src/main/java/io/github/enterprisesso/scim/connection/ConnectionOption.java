package io.github.enterprisesso.scim.connection;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.provider.ProviderConfigProperty;

/** The options of a connection, each declared here once: key, type, default and help; form, reader and documentation follow. */
public enum ConnectionOption {
    GROUP_PROVISIONING(
            "groupProvisioning",
            "Group provisioning",
            false,
            "Whether groups may be created, changed and deleted. Off: such requests are refused with 403, reading works."),
    GROUPS_PARENT(
            "groupsParent",
            "Parent of pushed groups",
            "",
            "Path of the group below which pushed groups live, for example /okta. Empty: / and the connection's name."),
    GROUP_TAKEOVER(
            "groupTakeover",
            "Take over groups",
            false,
            "Whether a push may take over a group of the same name that already stands below the parent group."),
    USER_NAME_CHANGE(
            "userNameChange",
            "Change user names",
            false,
            "Whether userName may be changed. The realm must allow it as well (Edit username)."),
    USER_NAME_FORMAT(
            "userNameFormat",
            "Format of user names",
            "email",
            "email: userName must be an e-mail address. any: anything that the user profile allows.",
            List.of("email", "any")),
    DELETE(
            "delete",
            "Delete users",
            "deactivate",
            "What DELETE of a user does. deactivate: the user stays and cannot log in. remove: the user is gone.",
            List.of("deactivate", "remove")),
    ADOPT(
            "adopt",
            "Adopt users",
            "verified-email",
            "Which users nobody provisioned yet the connection sees and takes over with the first change.",
            List.of("never", "verified-email", "always")),
    LINK_USER_ID(
            "linkUserId",
            "Identity-provider link",
            "externalId",
            "What the identity provider calls the user: the attribute that becomes the user id of the link. none: no link.",
            List.of("externalId", "userName", "email", "none")),
    PASSWORD_SYNC(
            "passwordSync",
            "Synchronize passwords",
            false,
            "Whether password becomes the user's credential. Off: it is ignored. It is never returned or recorded."),
    EMAIL_VERIFIED("emailVerified", "Trust e-mail", true, "Whether a provisioned e-mail address counts as verified."),
    ROLE_ATTRIBUTE(
            "roleAttribute",
            "Role attribute",
            "organizationRole",
            "User attribute that holds the organization role of the extension."),
    ROLE_VALUES("roleValues", "Role values", "Admin,User,Guest", "The allowed roles, comma-separated, highest first."),
    PROTECTED_ROLES(
            "protectedRoles",
            "Protected roles",
            "sso-exempt",
            "Realm roles that a push must not give, comma-separated: groups that carry one are read-only."),
    USER_EXTENSION(
            "userExtension",
            "User extension",
            "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User",
            "Schema of the user extension, as it is returned."),
    USER_EXTENSION_ALIASES(
            "userExtensionAliases",
            "User extension aliases",
            "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User",
            "Further schemas under which the user extension is accepted, comma-separated."),
    GROUP_EXTENSION(
            "groupExtension",
            "Group extension",
            "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:Group",
            "Schema of the group extension, as it is returned."),
    GROUP_EXTENSION_ALIASES(
            "groupExtensionAliases",
            "Group extension aliases",
            "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:Group",
            "Further schemas under which the group extension is accepted, comma-separated."),
    BASIC_AUTHENTICATION(
            "basicAuthentication",
            "HTTP Basic",
            false,
            "Whether a token may also be sent as the password of HTTP Basic, with any user name."),
    SERVICE_ACCOUNT_CLIENT(
            "serviceAccountClient",
            "Service-account client",
            "",
            "Client id of the client whose service account may use the connection with an access token. Its service account"
                    + " needs the client's own role scim. Empty: tokens of the connection only."),
    REQUESTS_PER_MINUTE(
            "requestsPerMinute",
            "Requests per minute",
            6_000,
            0,
            1_000_000,
            "How many requests a minute each token may send to a node; more are answered 429. 0: no limit."),
    MAX_REQUEST_SIZE(
            "maxRequestSize",
            "Largest request",
            16_777_216,
            1_024,
            67_108_864,
            "How many bytes the body of a request may have; more are answered 413."),
    MAX_MEMBERS(
            "maxMembers",
            "Most members in a request",
            100_000,
            0,
            1_000_000,
            "How many members one request may name; more are answered 400. 0: no limit."),
    BULK_OPERATIONS(
            "bulkOperations",
            "Most operations in a Bulk request",
            1_000,
            1,
            10_000,
            "How many operations a Bulk request may have; more are answered 413."),
    CURSOR_TIMEOUT(
            "cursorTimeout",
            "Lifetime of cursors",
            3_600,
            1,
            86_400,
            "For how many seconds the cursor of a list is good; an older one is answered 400."),
    ME_CLIENTS(
            "meClients",
            "Clients at /Me",
            "",
            "Client ids, comma-separated, of the clients whose access tokens let people whom the connection provisions read"
                    + " their own resource at /Me. Empty: nobody."),
    REQUEST_LOG(
            "requestLog",
            "Request log",
            "all",
            "Which requests administrators can look at later, redacted.",
            List.of("all", "failures", "off")),
    REQUEST_LOG_ROWS(
            "requestLogRows",
            "Requests to keep",
            1_000,
            1,
            100_000,
            "How many requests of the connection are kept; older ones go first."),
    REQUEST_LOG_DAYS(
            "requestLogDays", "Days to keep requests", 7, 1, 365, "After how many days a request is forgotten."),
    ORGANIZATION(
            "organization",
            "Organization",
            "",
            "Alias of the Organization that the connection is bound to: it sees and changes its members only, and who it"
                    + " creates becomes one. Empty: the whole realm.");

    private final String key;
    private final String label;
    private final String type;
    private final String defaultValue;
    private final String help;
    private final List<String> allowed;
    private final int least;
    private final int most;

    ConnectionOption(String key, String label, boolean defaultValue, String help) {
        this(
                key,
                label,
                ProviderConfigProperty.BOOLEAN_TYPE,
                Boolean.toString(defaultValue),
                help,
                List.of("true", "false"));
    }

    ConnectionOption(String key, String label, String defaultValue, String help) {
        this(key, label, ProviderConfigProperty.STRING_TYPE, defaultValue, help, List.of());
    }

    ConnectionOption(String key, String label, String defaultValue, String help, List<String> allowed) {
        this(key, label, ProviderConfigProperty.LIST_TYPE, defaultValue, help, allowed);
    }

    ConnectionOption(String key, String label, int defaultValue, int least, int most, String help) {
        this(
                key,
                label,
                ProviderConfigProperty.STRING_TYPE,
                Integer.toString(defaultValue),
                help + " " + least + " to " + most + ".",
                List.of(),
                least,
                most);
    }

    ConnectionOption(String key, String label, String type, String defaultValue, String help, List<String> allowed) {
        this(key, label, type, defaultValue, help, allowed, 0, -1);
    }

    ConnectionOption(
            String key,
            String label,
            String type,
            String defaultValue,
            String help,
            List<String> allowed,
            int least,
            int most) {
        this.key = key;
        this.label = label;
        this.type = type;
        this.defaultValue = defaultValue;
        this.help = help;
        this.allowed = allowed;
        this.least = least;
        this.most = most;
    }

    public String key() {
        return key;
    }

    /** The values that are allowed, or none when the option is free text. */
    List<String> allowed() {
        return allowed;
    }

    /** What is wrong with the value, if it has to be a number. */
    Optional<String> numberError(ComponentModel component) {
        if (least > most) {
            return Optional.empty();
        }
        try {
            int number = Integer.parseInt(read(component));
            if (number >= least && number <= most) {
                return Optional.empty();
            }
        } catch (NumberFormatException e) {
            // the message says it
        }
        return Optional.of("must be a whole number from " + least + " to " + most);
    }

    int number(ComponentModel component) {
        return Integer.parseInt(read(component));
    }

    /** What the component says, or the default. */
    public String read(ComponentModel component) {
        String value = component.get(key);
        return value == null || value.isBlank() ? defaultValue : value.trim();
    }

    boolean isOn(ComponentModel component) {
        return Boolean.parseBoolean(read(component));
    }

    List<String> list(ComponentModel component) {
        return Arrays.stream(read(component).split(","))
                .map(String::trim)
                .filter(element -> !element.isEmpty())
                .distinct()
                .toList();
    }

    public static Optional<ConnectionOption> of(String key) {
        return Arrays.stream(values()).filter(option -> option.key.equals(key)).findFirst();
    }

    ProviderConfigProperty property() {
        ProviderConfigProperty property = new ProviderConfigProperty(key, label, help, type, defaultValue);
        if (type.equals(ProviderConfigProperty.LIST_TYPE)) {
            property.setOptions(allowed);
        }
        return property;
    }
}
