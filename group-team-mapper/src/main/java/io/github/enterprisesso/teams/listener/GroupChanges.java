package io.github.enterprisesso.teams.listener;

import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.sync.GroupMapper;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.Config;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventListenerProviderFactory;
import org.keycloak.models.GroupModel;
import org.keycloak.models.GroupModel.GroupEvent;
import org.keycloak.models.GroupModel.GroupMemberJoinEvent;
import org.keycloak.models.GroupModel.GroupMemberLeaveEvent;
import org.keycloak.models.GroupModel.GroupRemovedEvent;
import org.keycloak.models.GroupModel.GroupUpdatedEvent;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.OrganizationModel.OrganizationMemberJoinEvent;
import org.keycloak.models.OrganizationModel.OrganizationMemberLeaveEvent;
import org.keycloak.models.OrganizationModel.OrganizationMembershipEvent;
import org.keycloak.models.OrganizationModel.OrganizationRemovedEvent;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RealmModel.RealmRemovedEvent;
import org.keycloak.models.UserModel;
import org.keycloak.models.UserModel.UserPreRemovedEvent;
import org.keycloak.provider.ProviderEvent;

/**
 * Listens to Keycloak's provider events, in the session and transaction of the change itself: if the mapper fails, the change
 * is undone with it. Global, so that no realm has to name it among its event listeners.
 */
public final class GroupChanges implements EventListenerProviderFactory {

    static final String ID = "group-team-mapper";

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        factory.register(GroupChanges::onEvent);
    }

    private static void onEvent(ProviderEvent event) {
        if (event instanceof GroupEvent change) {
            onGroupEvent(change);
        } else if (event instanceof OrganizationMemberJoinEvent join) {
            organization(join, true);
        } else if (event instanceof OrganizationMemberLeaveEvent leave) {
            organization(leave, false);
        } else if (event instanceof OrganizationRemovedEvent removal) {
            KeycloakSession session = removal.getKeycloakSession();
            mapper(session, session.getContext().getRealm())
                    .ifPresent(mapper -> mapper.organizationRemoved(removal.getOrganization()));
        } else if (event instanceof UserPreRemovedEvent removal) {
            new MapperState(removal.getKeycloakSession(), removal.getRealm().getId())
                    .removeUser(removal.getUser().getId());
        } else if (event instanceof RealmRemovedEvent removal) {
            new MapperState(removal.getKeycloakSession(), removal.getRealm().getId()).removeRealm();
        }
    }

    private static void organization(OrganizationMembershipEvent event, boolean joined) {
        KeycloakSession session = event.getSession();
        mapper(session, session.getContext().getRealm())
                .ifPresent(mapper -> mapper.memberChanged(
                        event.getOrganization(), event.getUser().getId(), joined));
    }

    private static Optional<GroupMapper> mapper(KeycloakSession session, RealmModel realm) {
        return Optional.ofNullable(realm)
                .flatMap(current -> GroupMapper.of(session, current))
                .filter(mapper -> !mapper.writing());
    }

    private static void onGroupEvent(GroupEvent event) {
        RealmModel realm = event.getRealm();
        GroupModel group = event.getGroup();
        // No realm: the import at the start. An organization's groups are its own business.
        if (realm == null || group.getType() != GroupModel.Type.REALM) {
            return;
        }
        KeycloakSession session = event.getKeycloakSession();
        if (event instanceof GroupRemovedEvent) {
            removed(session, realm, group);
        } else if (event instanceof GroupMemberJoinEvent join) {
            memberChanged(session, realm, group, join.getUser(), true);
        } else if (event instanceof GroupMemberLeaveEvent leave) {
            memberChanged(session, realm, group, leave.getUser(), false);
        } else if (event instanceof GroupUpdatedEvent) {
            mapper(session, realm, group, mapper -> {
                guarded(session, realm, mapper).changing(group);
                mapper.groupChanged(group, false);
            });
        }
    }

    /** The event's group and user are below the cache, so both are read again. */
    private static void memberChanged(
            KeycloakSession session, RealmModel realm, GroupModel group, UserModel user, boolean joined) {
        mapper(session, realm, group, mapper -> {
            GroupModel current = session.groups().getGroupById(realm, group.getId());
            if (current != null) {
                mapper.memberChanged(current, user.getId(), joined);
            }
        });
    }

    /** Also where the realm's mapping was taken away since: what is on record goes with the group. */
    private static void removed(KeycloakSession session, RealmModel realm, GroupModel group) {
        Optional<GroupMapper> mapper = GroupMapper.of(session, realm);
        if (mapper.isPresent()) {
            guarded(session, realm, mapper.get()).removing(group);
            mapper.get().groupRemoved(group);
        } else {
            new MapperState(session, realm.getId()).groups().remove(group.getId());
        }
    }

    private static ProtectedGroups guarded(KeycloakSession session, RealmModel realm, GroupMapper mapper) {
        return new ProtectedGroups(session, realm, mapper.settings().protectedGroups());
    }

    private static void mapper(
            KeycloakSession session, RealmModel realm, GroupModel group, Consumer<GroupMapper> consequence) {
        GroupMapper.of(session, realm)
                .filter(mapper -> !mapper.writing() && mapper.state().model().hasGroup(group.getId()))
                .ifPresent(consequence);
    }

    @Override
    public EventListenerProvider create(KeycloakSession session) {
        return new AdminEvents(session);
    }

    @Override
    public boolean isGlobal() {
        return true;
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void close() {}
}
