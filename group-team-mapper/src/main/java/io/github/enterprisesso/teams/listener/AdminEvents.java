package io.github.enterprisesso.teams.listener;

import io.github.enterprisesso.teams.mapping.RolesOrigin;
import io.github.enterprisesso.teams.sync.GroupMapper;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;
import org.keycloak.models.AbstractKeycloakTransaction;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/**
 * Hears of what has no provider event: a user's role attribute ({@code CREATE} and {@code UPDATE USER}), and the end of a
 * group's update ({@code CREATE} and {@code UPDATE GROUP}): a provider event comes while an attribute is being replaced, none
 * when it has its new value. Both are sent by the admin API and by SCIM, in the transaction of the change. And of logins.
 */
final class AdminEvents implements EventListenerProvider {

    private static final String CONNECTION = "scim_connection";
    private static final Pattern ONE_USER = Pattern.compile("users/([^/]+)");
    private static final Pattern ONE_GROUP = Pattern.compile("groups/([^/]+)");

    private final KeycloakSession session;

    AdminEvents(KeycloakSession session) {
        this.session = session;
    }

    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        boolean write =
                event.getOperationType() == OperationType.CREATE || event.getOperationType() == OperationType.UPDATE;
        if (!write || event.getError() != null || event.getResourcePath() == null) {
            return;
        }
        try {
            changed(event);
        } catch (RuntimeException e) {
            session.getTransactionManager().enlistPrepare(new Veto(e));
            throw e;
        }
    }

    private void changed(AdminEvent event) {
        if (event.getResourceType() == ResourceType.USER) {
            id(ONE_USER, event)
                    .ifPresent(id -> mapper(event).ifPresent(mapper -> {
                        if (pushed(event)) {
                            mapper.userPushed(id);
                        } else {
                            mapper.userChanged(id);
                        }
                    }));
        } else if (event.getResourceType() == ResourceType.GROUP) {
            id(ONE_GROUP, event).ifPresent(id -> mapper(event).ifPresent(mapper -> groupChanged(mapper, id, event)));
        }
    }

    /** The SCIM endpoint names the connection that the write came through. */
    private static boolean pushed(AdminEvent event) {
        return event.getDetails() != null && event.getDetails().containsKey(CONNECTION);
    }

    private void groupChanged(GroupMapper mapper, String groupId, AdminEvent event) {
        GroupModel group = session.groups().getGroupById(session.getContext().getRealm(), groupId);
        if (group != null && group.getType() == GroupModel.Type.REALM) {
            mapper.groupChanged(group, true);
            mapper.rolesFrom(group, pushed(event) ? RolesOrigin.DIRECTORY : RolesOrigin.ADMIN);
        }
    }

    private Optional<GroupMapper> mapper(AdminEvent event) {
        return mapper(session.getContext().getRealm(), event.getRealmId());
    }

    private Optional<GroupMapper> mapper(RealmModel realm, String eventRealmId) {
        return Optional.ofNullable(realm)
                .filter(current -> current.getId().equals(eventRealmId))
                .flatMap(current -> GroupMapper.of(session, current))
                .filter(mapper -> !mapper.writing());
    }

    private static Optional<String> id(Pattern path, AdminEvent event) {
        Matcher matcher = path.matcher(event.getResourcePath());
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /**
     * Fails the commit: whoever sends the event only logs what a listener throws ({@code AdminEventBuilder}), and marking the
     * transaction rollback-only would undo the change behind an answer that says it is done.
     */
    private static final class Veto extends AbstractKeycloakTransaction {

        private final RuntimeException cause;

        private Veto(RuntimeException cause) {
            this.cause = cause;
        }

        @Override
        protected void commitImpl() {
            throw cause;
        }

        @Override
        protected void rollbackImpl() {}
    }

    /**
     * Where a directory keeps its memberships to itself (LDAP group mapper in mode {@code READ_ONLY} or {@code LDAP_ONLY}),
     * nobody tells of a change: its people are looked at when they log in.
     */
    @Override
    public void onEvent(Event event) {
        if (event.getType() != EventType.LOGIN || event.getUserId() == null) {
            return;
        }
        RealmModel realm = session.getContext().getRealm();
        try {
            mapper(realm, event.getRealmId())
                    .filter(mapper -> ofStorage(realm, event.getUserId()))
                    .ifPresent(mapper -> mapper.directoryUserCameIn(event.getUserId()));
        } catch (RuntimeException e) {
            session.getTransactionManager().enlistPrepare(new Veto(e));
            throw e;
        }
    }

    private boolean ofStorage(RealmModel realm, String userId) {
        UserModel user = session.users().getUserById(realm, userId);
        return user != null && user.getFederationLink() != null;
    }

    @Override
    public void close() {}
}
