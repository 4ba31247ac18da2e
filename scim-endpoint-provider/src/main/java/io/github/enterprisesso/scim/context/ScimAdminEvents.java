package io.github.enterprisesso.scim.context;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.services.resources.admin.AdminEventBuilder;

/**
 * The admin events of SCIM writes, in the form that Keycloak's admin REST gives them: same resource types and paths, so that
 * listeners need not know the difference. The acting client is the connection, the acting user the token, both by id; their
 * names stand in the details {@code scim_connection} and {@code scim_token}.
 */
public final class ScimAdminEvents {

    private final ScimContext scim;

    ScimAdminEvents(ScimContext scim) {
        this.scim = scim;
    }

    public void user(OperationType operation, UserModel user, JsonNode before, JsonNode after) {
        about(user, event(operation, ResourceType.USER).resourcePath("users", user.getId()))
                .representation(change(before, after))
                .success();
    }

    public void group(OperationType operation, GroupModel group, JsonNode before, JsonNode after) {
        event(operation, ResourceType.GROUP)
                .resourcePath("groups", group.getId())
                .detail("group", group.getName())
                .representation(change(before, after))
                .success();
    }

    public void membership(OperationType operation, UserModel user, GroupModel group) {
        about(
                        user,
                        event(operation, ResourceType.GROUP_MEMBERSHIP)
                                .resourcePath("users", user.getId(), "groups", group.getId()))
                .representation(Map.of("id", group.getId(), "name", group.getName()))
                .success();
    }

    /** A pushed group that becomes a member of another one, or ceases to be: Keycloak knows no such membership. */
    public void nestedGroup(OperationType operation, GroupModel group, String memberId, String memberName) {
        ObjectNode member = JsonNodeFactory.instance.objectNode().put("id", memberId);
        if (memberName != null) {
            member.put("name", memberName);
        }
        event(operation, "SCIM_GROUP_MEMBER")
                .resourcePath("groups", group.getId(), "members", memberId)
                .detail("group", group.getName())
                .representation(member)
                .success();
    }

    public void organizationMembership(UserModel user, OrganizationModel organization) {
        about(
                        user,
                        event(OperationType.CREATE, ResourceType.ORGANIZATION_MEMBERSHIP)
                                .resourcePath("organizations", organization.getId(), "members", user.getId()))
                .representation(Map.of("id", organization.getId(), "alias", organization.getAlias()))
                .success();
    }

    private static AdminEventBuilder about(UserModel user, AdminEventBuilder event) {
        return event.detail(UserModel.USERNAME, user.getUsername()).detail(UserModel.EMAIL, user.getEmail());
    }

    private static ObjectNode change(JsonNode before, JsonNode after) {
        ObjectNode change = JsonNodeFactory.instance.objectNode();
        if (before != null) {
            change.set("before", before);
        }
        if (after != null) {
            change.set("after", after);
        }
        return change;
    }

    private AdminEventBuilder event(OperationType operation, ResourceType resource) {
        return event(operation, resource.name()).resource(resource);
    }

    private AdminEventBuilder event(OperationType operation, String resource) {
        Effects.of(scim.session()).add(operation, resource);
        return new Builder(scim)
                .operation(operation)
                .resource(resource)
                .detail("scim_connection", scim.connection().name())
                .detail("scim_token", scim.token().prefix());
    }

    /** Keycloak's builder wants a signed-in administrator; with a prepared event it asks for none. */
    private static final class Builder extends AdminEventBuilder {

        Builder(ScimContext scim) {
            super(scim.realm(), null, scim.session(), remoteHost(scim), prepared(scim));
        }

        private static String remoteHost(ScimContext scim) {
            return scim.session().getContext().getConnection().getRemoteHost();
        }

        private static AdminEvent prepared(ScimContext scim) {
            AuthDetails actor = new AuthDetails();
            actor.setRealmId(scim.realm().getId());
            actor.setRealmName(scim.realm().getName());
            actor.setClientId(scim.connection().id());
            actor.setUserId(scim.token().id());
            actor.setIpAddress(remoteHost(scim));
            AdminEvent event = new AdminEvent();
            event.setRealmId(scim.realm().getId());
            event.setRealmName(scim.realm().getName());
            event.setAuthDetails(actor);
            return event;
        }

        @Override
        protected void stripSecretsFromRepresentation(Object value) {
            // Representations here are made of attributes that were written; secrets never enter them.
        }
    }
}
