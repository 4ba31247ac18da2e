package io.github.enterprisesso.teams.sync;

import java.util.List;
import org.keycloak.models.GroupModel;

/** The names by which the SCIM endpoint, or an administrator, says that a realm group was pushed, and what it carries. */
public final class PushedGroup {

    /** Group attribute: id of the connection that pushed it. */
    public static final String CONNECTION = "scim.connection";

    /** Group attribute, any number of values: roles of the ladder that every member gets. */
    public static final String ROLES = "scim.roles";

    /** Group attribute: id of the group in the directory. */
    static final String EXTERNAL_ID = "externalId";

    /** In the configuration of the component that {@link #CONNECTION} names: alias of the directory's identity provider. */
    static final String CONNECTION_PROVIDER = "identityProvider";

    private PushedGroup() {}

    /** Whether a directory pushed the group. */
    public static boolean is(GroupModel group) {
        return group.getType() == GroupModel.Type.REALM && group.getFirstAttribute(CONNECTION) != null;
    }

    static List<String> roles(GroupModel group) {
        return group.getAttributeStream(ROLES).toList();
    }
}
