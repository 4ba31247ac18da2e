package io.github.enterprisesso.teams.listener;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.representations.idm.ErrorRepresentation;
import org.keycloak.services.ErrorResponseException;

/**
 * Groups that the realm's settings protect. Keycloak asks nobody before it changes a group, but tells of it before the
 * transaction ends: what is not allowed is undone with it, and the client is told why.
 */
final class ProtectedGroups {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final List<String> paths;

    ProtectedGroups(KeycloakSession session, RealmModel realm, List<String> paths) {
        this.session = session;
        this.realm = realm;
        this.paths = paths;
    }

    /** Neither a protected group nor one above it may go. */
    void removing(GroupModel group) {
        path(group.getId()).filter(this::holds).ifPresent(path -> refuse(path, "deleted"));
    }

    /** A protected group stays as it is; one above it keeps its path. */
    void changing(GroupModel group) {
        path(group.getId()).ifPresent(path -> {
            boolean moved = !path.equals(KeycloakModelUtils.buildGroupPath(group));
            if (moved ? holds(path) : paths.contains(path)) {
                refuse(path, "changed");
            }
        });
    }

    private boolean holds(String path) {
        return paths.stream().anyMatch(guarded -> guarded.equals(path) || guarded.startsWith(path + "/"));
    }

    /** As it was before this transaction; empty for a group that this transaction makes. */
    private Optional<String> path(String groupId) {
        if (paths.isEmpty()) {
            return Optional.empty();
        }
        return KeycloakModelUtils.runJobInTransactionWithResult(
                session.getKeycloakSessionFactory(),
                before -> Optional.ofNullable(before.realms().getRealm(realm.getId()))
                        .map(committed -> before.groups().getGroupById(committed, groupId))
                        .map(KeycloakModelUtils::buildGroupPath));
    }

    private void refuse(String path, String what) {
        session.getTransactionManager().setRollbackOnly();
        ErrorRepresentation error = new ErrorRepresentation();
        error.setErrorMessage("Group '" + path + "' is protected, or holds a group that is: it cannot be " + what
                + " while the settings of the group mapping list it in protectedGroups.");
        throw new ErrorResponseException(Response.status(Response.Status.FORBIDDEN)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(error)
                .build());
    }
}
