package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.MapperState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** The realm groups below the teams' parent, and nothing else. */
final class Teams {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;
    private final Effects effects;

    Teams(KeycloakSession session, RealmModel realm, MappingSettings settings, MapperState state, Effects effects) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = state;
        this.effects = effects;
    }

    Optional<GroupModel> byId(String id) {
        return Optional.ofNullable(session.groups().getGroupById(realm, id));
    }

    /** Why a group cannot be a team that the mapper fills; empty when it can. */
    Optional<String> refusal(GroupModel group) {
        if (group.getType() != GroupModel.Type.REALM || !belowParent(group)) {
            return Optional.of("group '" + group.getName() + "' is not below " + settings.teamsParent());
        }
        if (PushedGroup.is(group)) {
            return Optional.of("group '" + group.getName() + "' was pushed itself and cannot be a team");
        }
        if (AdminRoles.groupHasAdminRoles(group)) {
            return Optional.of("group '" + group.getName() + "' carries a Keycloak administrator role");
        }
        return protectedRole(group)
                .map(role -> "group '" + group.getName() + "' carries the protected role '" + role.getName() + "'");
    }

    /** Why a role cannot be given; empty when it can. Asked again when it is given, as composites change. */
    Optional<String> refusal(RoleModel role) {
        if (AdminRoles.isAdminRoleOrComposite(role)) {
            return Optional.of("role '" + role.getName() + "' is or contains a Keycloak administrator role");
        }
        return settings.protectedRoles().stream()
                .map(realm::getRole)
                .filter(guarded -> guarded != null && (role.equals(guarded) || role.hasRole(guarded)))
                .findFirst()
                .map(guarded ->
                        "role '" + role.getName() + "' is or contains the protected role '" + guarded.getName() + "'");
    }

    private Optional<RoleModel> protectedRole(GroupModel group) {
        return settings.protectedRoles().stream()
                .map(realm::getRole)
                .filter(role -> role != null && group.hasRole(role))
                .findFirst();
    }

    private boolean belowParent(GroupModel group) {
        Optional<GroupModel> root = parent();
        if (root.isEmpty()) {
            return false;
        }
        for (GroupModel above = group.getParent(); above != null; above = above.getParent()) {
            if (above.getId().equals(root.get().getId())) {
                return true;
            }
        }
        return false;
    }

    Optional<GroupModel> find(String name) {
        return parent().flatMap(parent -> child(parent.getId(), name));
    }

    /** The team of this name directly below the parent, made if there is none; the parent as well. */
    GroupModel findOrCreate(String name, Cause cause) {
        return find(name).orElseGet(() -> findOrCreate(findOrCreateParent(cause), name, cause));
    }

    /** Looks again once nobody else can make it: two first pushes at the same time both need it. */
    private GroupModel findOrCreate(GroupModel above, String name, Cause cause) {
        String aboveId = above == null ? null : above.getId();
        return child(aboveId, name)
                .or(() -> {
                    state.lockChildren(aboveId);
                    return child(aboveId, name);
                })
                .orElseGet(() -> effects.createTeam(name, above, cause));
    }

    private Optional<GroupModel> child(String aboveId, String name) {
        return state.child(aboveId, name).flatMap(this::byId);
    }

    private GroupModel findOrCreateParent(Cause cause) {
        GroupModel parent = null;
        for (String segment : parentPath()) {
            parent = findOrCreate(parent, segment, cause);
        }
        return parent;
    }

    private Optional<GroupModel> parent() {
        Optional<String> id = Optional.empty();
        for (String segment : parentPath()) {
            id = state.child(id.orElse(null), segment);
            if (id.isEmpty()) {
                return Optional.empty();
            }
        }
        return id.flatMap(this::byId);
    }

    private List<String> parentPath() {
        return Arrays.asList(settings.teamsParent().substring(1).split("/"));
    }

    /** Whether the team may take the name: names are unique among siblings. */
    boolean nameIsFree(GroupModel team, String name) {
        return state.child(team.getParentId(), name).isEmpty();
    }
}
