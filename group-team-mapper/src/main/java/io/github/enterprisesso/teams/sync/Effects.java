package io.github.enterprisesso.teams.sync;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.events.EventStoreProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.organization.OrganizationProvider;
import org.keycloak.util.JsonSerialization;

/**
 * The mapper's writes to Keycloak, each followed by the admin event that the admin API sends for the same write, with the cause
 * in its representation and, as the representation is not always kept, the reason and the request's id in its details.
 */
final class Effects {

    private static final Logger LOG = Logger.getLogger(Effects.class);

    private final KeycloakSession session;
    private final RealmModel realm;
    private final OwnWrites ownWrites;

    Effects(KeycloakSession session, RealmModel realm, OwnWrites ownWrites) {
        this.session = session;
        this.realm = realm;
        this.ownWrites = ownWrites;
    }

    void join(UserModel user, GroupModel team, Cause cause) {
        ownWrites.during(() -> {
            user.joinGroup(team);
            membership(OperationType.CREATE, user, team, cause);
        });
    }

    void leave(UserModel user, GroupModel team, Cause cause) {
        ownWrites.during(() -> {
            user.leaveGroup(team);
            membership(OperationType.DELETE, user, team, cause);
        });
    }

    /** Tells of a membership that a statement wrote. */
    void joined(UserModel user, GroupModel team, Cause cause) {
        ownWrites.during(() -> {
            GroupModel.GroupMemberJoinEvent.fire(team, user, session);
            membership(OperationType.CREATE, user, team, cause);
        });
    }

    void left(UserModel user, GroupModel team, Cause cause) {
        ownWrites.during(() -> {
            GroupModel.GroupMemberLeaveEvent.fire(team, user, session);
            membership(OperationType.DELETE, user, team, cause);
        });
    }

    void granted(UserModel user, RoleModel role, Cause cause) {
        ownWrites.during(() -> {
            RoleModel.RoleGrantedEvent.fire(role, user, session);
            role(OperationType.CREATE, user, role, cause);
        });
    }

    void revoked(UserModel user, RoleModel role, Cause cause) {
        ownWrites.during(() -> {
            RoleModel.RoleRevokedEvent.fire(role, user, session);
            role(OperationType.DELETE, user, role, cause);
        });
    }

    void join(UserModel user, OrganizationModel organization, Cause cause) {
        ownWrites.during(() -> {
            if (organizations().addMember(organization, user)) {
                membership(OperationType.CREATE, user, organization, cause);
            }
        });
    }

    /** Never where the organization owns the account: that would delete it. */
    void leave(UserModel user, OrganizationModel organization, Cause cause) {
        ownWrites.during(() -> {
            if (!organizations().isManagedMember(organization, user)
                    && organizations().removeMember(organization, user)) {
                membership(OperationType.DELETE, user, organization, cause);
            }
        });
    }

    private OrganizationProvider organizations() {
        return session.getProvider(OrganizationProvider.class);
    }

    void enable(UserModel user, boolean enabled, Cause cause) {
        ownWrites.during(() -> {
            user.setEnabled(enabled);
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("id", user.getId());
            body.put("enabled", enabled);
            body.put("cause", cause.in(RequestId.of(session)));
            AdminEvent event = event(OperationType.UPDATE, "users/" + user.getId(), body, cause);
            event.setResourceType(ResourceType.USER);
            name(user, event);
            send(event);
        });
    }

    void grant(UserModel user, RoleModel role, Cause cause) {
        ownWrites.during(() -> {
            user.grantRole(role);
            role(OperationType.CREATE, user, role, cause);
        });
    }

    void revoke(UserModel user, RoleModel role, Cause cause) {
        ownWrites.during(() -> {
            user.deleteRoleMapping(role);
            role(OperationType.DELETE, user, role, cause);
        });
    }

    /** Tells of a role that should have gone and did not. */
    void keep(UserModel user, RoleModel role, Cause cause) {
        role(OperationType.ACTION, user, role, cause);
    }

    /** Gives a group that is back the roles it had carried. */
    void roles(GroupModel group, List<String> roles) {
        ownWrites.during(() -> group.setAttribute(PushedGroup.ROLES, roles));
    }

    /** Marks a group that an administrator brought back as one that its connection had pushed. */
    void pushed(GroupModel group, String connection, List<String> roles) {
        ownWrites.during(() -> {
            group.setSingleAttribute(PushedGroup.CONNECTION, connection);
            if (!roles.isEmpty()) {
                group.setAttribute(PushedGroup.ROLES, roles);
            }
        });
    }

    /** Tells of something that concerns a user and is no write to Keycloak. */
    void tell(
            OperationType operation,
            String resourceType,
            String path,
            UserModel user,
            Map<String, ?> more,
            Cause cause) {
        Map<String, Object> body = new LinkedHashMap<>(more);
        body.put("cause", cause.in(RequestId.of(session)));
        AdminEvent event = event(operation, path, body, cause);
        event.setResourceTypeAsString(resourceType);
        if (user != null) {
            name(user, event);
        }
        send(event);
    }

    GroupModel createTeam(String name, GroupModel parent, Cause cause) {
        return ownWrites.during(() -> {
            GroupModel team = session.groups().createGroup(realm, name, parent);
            group(OperationType.CREATE, team, cause);
            return team;
        });
    }

    void renameTeam(GroupModel team, String name, Cause cause) {
        ownWrites.during(() -> {
            String previousPath = KeycloakModelUtils.buildGroupPath(team);
            team.setName(name);
            GroupModel.GroupPathChangeEvent.fire(team, KeycloakModelUtils.buildGroupPath(team), previousPath, session);
            group(OperationType.UPDATE, team, cause);
        });
    }

    void mapping(OperationType operation, String mappingId, Map<String, Object> representation, Cause cause) {
        Map<String, Object> body = new LinkedHashMap<>(representation);
        body.put("cause", cause.in(RequestId.of(session)));
        AdminEvent event = event(operation, "group-mappings/mappings/" + mappingId, body, cause);
        event.setResourceTypeAsString("GROUP_MAPPING");
        send(event);
    }

    private void membership(OperationType operation, UserModel user, GroupModel team, Cause cause) {
        AdminEvent event = event(
                operation, "users/" + user.getId() + "/groups/" + team.getId(), representation(team, cause), cause);
        event.setResourceType(ResourceType.GROUP_MEMBERSHIP);
        name(user, event);
        send(event);
    }

    private void membership(OperationType operation, UserModel user, OrganizationModel organization, Cause cause) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", organization.getId());
        body.put("name", organization.getName());
        body.put("alias", organization.getAlias());
        body.put("cause", cause.in(RequestId.of(session)));
        AdminEvent event =
                event(operation, "organizations/" + organization.getId() + "/members/" + user.getId(), body, cause);
        event.setResourceType(ResourceType.ORGANIZATION_MEMBERSHIP);
        name(user, event);
        send(event);
    }

    private void role(OperationType operation, UserModel user, RoleModel role, Cause cause) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", role.getId());
        body.put("name", role.getName());
        body.put("cause", cause.in(RequestId.of(session)));
        AdminEvent event = event(operation, "users/" + user.getId() + "/role-mappings/realm", List.of(body), cause);
        event.setResourceType(ResourceType.REALM_ROLE_MAPPING);
        name(user, event);
        send(event);
    }

    private void group(OperationType operation, GroupModel team, Cause cause) {
        AdminEvent event = event(operation, "groups/" + team.getId(), representation(team, cause), cause);
        event.setResourceType(ResourceType.GROUP);
        send(event);
    }

    private Map<String, Object> representation(GroupModel group, Cause cause) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", group.getId());
        body.put("name", group.getName());
        body.put("path", KeycloakModelUtils.buildGroupPath(group));
        body.put("cause", cause.in(RequestId.of(session)));
        return body;
    }

    private static void name(UserModel user, AdminEvent event) {
        event.getDetails().put(UserModel.USERNAME, user.getUsername());
        if (user.getEmail() != null) {
            event.getDetails().put(UserModel.EMAIL, user.getEmail());
        }
    }

    private AdminEvent event(OperationType operation, String path, Object body, Cause cause) {
        AdminEvent event = new AdminEvent();
        event.setId(UUID.randomUUID().toString());
        event.setTime(Time.currentTimeMillis());
        event.setRealmId(realm.getId());
        event.setRealmName(realm.getName());
        event.setAuthDetails(Actor.of(session, realm));
        event.setOperationType(operation);
        event.setResourcePath(path);
        event.setDetails(new LinkedHashMap<>(Map.of("reason", cause.reason(), "request_id", RequestId.of(session))));
        try {
            event.setRepresentation(JsonSerialization.writeValueAsString(body));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return event;
    }

    /** Not {@code AdminEventBuilder}: that needs an authenticated administrator, and a push has none. */
    private void send(AdminEvent event) {
        if (realm.isAdminEventsEnabled()) {
            EventStoreProvider store = session.getProvider(EventStoreProvider.class);
            if (store != null) {
                store.onEvent(event, realm.isAdminEventsDetailsEnabled());
            }
        }
        listeners().forEach(listener -> {
            try {
                listener.onEvent(event, realm.isAdminEventsDetailsEnabled());
            } catch (RuntimeException e) {
                // As Keycloak does: a listener that fails stops neither the write nor the other listeners.
                LOG.errorf(e, "Event listener %s failed", listener.getClass().getName());
            }
        });
    }

    private Stream<EventListenerProvider> listeners() {
        Set<String> enabled = new HashSet<>(realm.getEventsListenersStream().toList());
        return session.getKeycloakSessionFactory()
                .getProviderFactoriesStream(EventListenerProvider.class)
                .filter(factory ->
                        enabled.contains(factory.getId()) || ((EventListenerProviderFactory) factory).isGlobal())
                .map(factory -> session.getProvider(EventListenerProvider.class, factory.getId()));
    }
}
