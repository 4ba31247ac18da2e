package io.github.enterprisesso.scim.connection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.RealmModel;

/** The settings of one connection, read from its component; see {@link ConnectionOption} for what each means. */
public final class ScimConnection {

    /** Key of the component's configuration that holds the alias of the identity provider. */
    public static final String IDENTITY_PROVIDER = "identityProvider";

    /** Group attribute that says by which connection a group was pushed: its component's id. */
    public static final String GROUP_ATTRIBUTE = "scim.connection";

    /** Resource type of the admin events about connections. */
    public static final String RESOURCE_TYPE = "SCIM_CONNECTION";

    /** Which users that nobody provisioned yet the connection sees and takes over. */
    public enum Adoption {
        NEVER,
        VERIFIED_EMAIL,
        ALWAYS
    }

    /** Which attribute the identity provider uses as the user's id. */
    public enum LinkUserId {
        EXTERNAL_ID,
        USER_NAME,
        EMAIL,
        NONE
    }

    private final ComponentModel component;

    private ScimConnection(ComponentModel component) {
        this.component = component;
    }

    static ScimConnection of(ComponentModel component) {
        return new ScimConnection(component);
    }

    public static List<ScimConnection> all(RealmModel realm) {
        return realm.getComponentsStream(realm.getId(), ScimConnectionProvider.class.getName())
                .map(ScimConnection::of)
                .toList();
    }

    public static Optional<ScimConnection> find(RealmModel realm, String id) {
        ComponentModel component = realm.getComponent(id);
        return component != null && ScimConnectionProvider.class.getName().equals(component.getProviderType())
                ? Optional.of(of(component))
                : Optional.empty();
    }

    public ComponentModel component() {
        return component;
    }

    public String id() {
        return component.getId();
    }

    public String name() {
        return component.getName();
    }

    public String identityProvider() {
        return component.get(IDENTITY_PROVIDER);
    }

    /** Every option with its effective value, in declared order. */
    public Map<String, String> options() {
        Map<String, String> options = new LinkedHashMap<>();
        for (ConnectionOption option : ConnectionOption.values()) {
            options.put(
                    option.key(), option == ConnectionOption.GROUPS_PARENT ? groupsParent() : option.read(component));
        }
        return options;
    }

    public boolean groupProvisioning() {
        return ConnectionOption.GROUP_PROVISIONING.isOn(component);
    }

    /** Path of the parent group, {@code /} for none. */
    public String groupsParent() {
        String path = ConnectionOption.GROUPS_PARENT.read(component);
        return path.isEmpty() ? "/" + name() : path;
    }

    public boolean groupTakeover() {
        return ConnectionOption.GROUP_TAKEOVER.isOn(component);
    }

    public boolean userNameChange() {
        return ConnectionOption.USER_NAME_CHANGE.isOn(component);
    }

    public boolean userNameIsEmail() {
        return ConnectionOption.USER_NAME_FORMAT.read(component).equals("email");
    }

    public boolean deleteRemoves() {
        return ConnectionOption.DELETE.read(component).equals("remove");
    }

    public Adoption adoption() {
        return switch (ConnectionOption.ADOPT.read(component)) {
            case "always" -> Adoption.ALWAYS;
            case "never" -> Adoption.NEVER;
            default -> Adoption.VERIFIED_EMAIL;
        };
    }

    public LinkUserId linkUserId() {
        return switch (ConnectionOption.LINK_USER_ID.read(component)) {
            case "userName" -> LinkUserId.USER_NAME;
            case "email" -> LinkUserId.EMAIL;
            case "none" -> LinkUserId.NONE;
            default -> LinkUserId.EXTERNAL_ID;
        };
    }

    public boolean passwordSync() {
        return ConnectionOption.PASSWORD_SYNC.isOn(component);
    }

    public boolean emailVerified() {
        return ConnectionOption.EMAIL_VERIFIED.isOn(component);
    }

    /** Name of the user attribute that holds the organization role. */
    public String roleAttribute() {
        return ConnectionOption.ROLE_ATTRIBUTE.read(component);
    }

    /** The allowed organization roles, highest first. */
    public List<String> roleValues() {
        return ConnectionOption.ROLE_VALUES.list(component);
    }

    /** Names of the realm roles that no push may give. */
    public List<String> protectedRoles() {
        return ConnectionOption.PROTECTED_ROLES.list(component);
    }

    /** Schemas of the user extension: first the one that is returned, then those that are accepted as well. */
    public List<String> userExtensions() {
        return schemas(ConnectionOption.USER_EXTENSION, ConnectionOption.USER_EXTENSION_ALIASES);
    }

    /** Schemas of the group extension, as for users. */
    public List<String> groupExtensions() {
        return schemas(ConnectionOption.GROUP_EXTENSION, ConnectionOption.GROUP_EXTENSION_ALIASES);
    }

    public boolean basicAuthentication() {
        return ConnectionOption.BASIC_AUTHENTICATION.isOn(component);
    }

    /** Client id of the client whose service account may use the connection; empty: none. */
    public String serviceAccountClient() {
        return ConnectionOption.SERVICE_ACCOUNT_CLIENT.read(component);
    }

    /** Of each token, on each node; 0: no limit. */
    public int requestsPerMinute() {
        return ConnectionOption.REQUESTS_PER_MINUTE.number(component);
    }

    /** Bytes. */
    public int maxRequestSize() {
        return ConnectionOption.MAX_REQUEST_SIZE.number(component);
    }

    /** In one request; 0: no limit. */
    public int maxMembers() {
        return ConnectionOption.MAX_MEMBERS.number(component);
    }

    /** In one Bulk request. */
    public int bulkOperations() {
        return ConnectionOption.BULK_OPERATIONS.number(component);
    }

    /** Seconds for which the cursor of a list is good. */
    public int cursorTimeout() {
        return ConnectionOption.CURSOR_TIMEOUT.number(component);
    }

    /** Client ids of the clients whose access tokens open {@code /Me} to the people whom the connection provisions. */
    public List<String> meClients() {
        return ConnectionOption.ME_CLIENTS.list(component);
    }

    /** Whether a request with that answer is to be kept for administrators. */
    public boolean logs(int status) {
        return switch (ConnectionOption.REQUEST_LOG.read(component)) {
            case "off" -> false;
            case "failures" -> status >= 400;
            default -> true;
        };
    }

    public int requestLogRows() {
        return ConnectionOption.REQUEST_LOG_ROWS.number(component);
    }

    public int requestLogDays() {
        return ConnectionOption.REQUEST_LOG_DAYS.number(component);
    }

    /** Alias of the Organization whose members alone the connection sees; empty: those of the realm. */
    public String organization() {
        return ConnectionOption.ORGANIZATION.read(component);
    }

    private List<String> schemas(ConnectionOption returned, ConnectionOption accepted) {
        List<String> schemas = new ArrayList<>(List.of(returned.read(component)));
        for (String alias : accepted.list(component)) {
            if (schemas.stream().noneMatch(alias::equalsIgnoreCase)) {
                schemas.add(alias);
            }
        }
        return schemas;
    }
}
