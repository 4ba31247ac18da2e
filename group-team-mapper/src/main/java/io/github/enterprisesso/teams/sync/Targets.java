package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.MapperState;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.keycloak.models.AdminRoles;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.organization.OrganizationProvider;

/** What mappings may lead to: the groups below the teams' parent and below the exclusive groups' parent, and organizations. */
final class Targets {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;
    private final Effects effects;
    private final Map<TargetType, String> parents = new EnumMap<>(TargetType.class);
    private final Set<String> gone = new HashSet<>();

    Targets(KeycloakSession session, RealmModel realm, MappingSettings settings, MapperState state, Effects effects) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = state;
        this.effects = effects;
    }

    Optional<GroupModel> group(String id) {
        return gone.contains(id)
                ? Optional.empty()
                : Optional.ofNullable(session.groups().getGroupById(realm, id));
    }

    /** It is gone, whatever this session has read of it before. */
    void forget(String id) {
        gone.add(id);
    }

    /** Empty where the realm has no organizations. */
    Optional<OrganizationModel> organization(String id) {
        return realm.isOrganizationsEnabled()
                ? Optional.ofNullable(organizations().getById(id))
                : Optional.empty();
    }

    private OrganizationProvider organizations() {
        return session.getProvider(OrganizationProvider.class);
    }

    /** What the group can be; empty for a group elsewhere. */
    Optional<TargetType> typeOf(GroupModel group) {
        if (group.getType() != GroupModel.Type.REALM) {
            return Optional.empty();
        }
        return Arrays.stream(TargetType.values())
                .filter(type -> type.group() && isBelow(group, type))
                .findFirst();
    }

    boolean exists(Target target) {
        return target.type().group()
                ? group(target.id()).isPresent()
                : organization(target.id()).isPresent();
    }

    Optional<String> name(Target target) {
        return target.type().group()
                ? group(target.id()).map(GroupModel::getName)
                : organization(target.id()).map(OrganizationModel::getName);
    }

    /** Why nobody may be given the target; empty when there is no reason. */
    Optional<String> refusal(Target target) {
        if (target.type() == TargetType.ORGANIZATION) {
            return Optional.empty();
        }
        return group(target.id())
                .map(group -> refusal(group, target.type()))
                .orElse(Optional.of("there is no group '" + target.id() + "'"));
    }

    private Optional<String> refusal(GroupModel group, TargetType type) {
        if (group.getType() != GroupModel.Type.REALM || !isBelow(group, type)) {
            return Optional.of("group '" + group.getName() + "' is not below " + parent(type));
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

    private boolean isBelow(GroupModel group, TargetType type) {
        Optional<GroupModel> root = parentOf(type);
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

    /** A group of this name directly below the kind's parent; an organization of this name or alias. */
    Optional<Target> find(TargetType type, String name) {
        if (type == TargetType.ORGANIZATION) {
            return findOrganization(name).map(organization -> new Target(type, organization.getId()));
        }
        return parentOf(type)
                .flatMap(parent -> child(parent.getId(), name))
                .map(group -> new Target(type, group.getId()));
    }

    private Optional<OrganizationModel> findOrganization(String name) {
        if (!realm.isOrganizationsEnabled()) {
            return Optional.empty();
        }
        return organizations()
                .getAllStream(name, true, 0, 10)
                .filter(organization -> organization.getName().equals(name))
                .findFirst()
                .or(() -> Optional.ofNullable(organizations().getByAlias(name)));
    }

    /** The same, made if there is none, and the parent as well; an organization is never made. */
    Optional<Target> findOrCreate(TargetType type, String name, Cause cause) {
        Optional<Target> found = find(type, name);
        if (found.isPresent() || !type.group()) {
            return found;
        }
        GroupModel group = findOrCreate(findOrCreateParent(type, cause), name, cause);
        return Optional.of(new Target(type, group.getId()));
    }

    /** Looks again once nobody else can make it: two first pushes at the same time both need it. */
    private GroupModel findOrCreate(GroupModel above, String name, Cause cause) {
        String aboveId = above == null ? null : above.getId();
        return child(aboveId, name)
                .or(() -> {
                    state.model().lockChildren(aboveId);
                    return child(aboveId, name);
                })
                .orElseGet(() -> effects.createTeam(name, above, cause));
    }

    private Optional<GroupModel> child(String aboveId, String name) {
        return state.model().child(aboveId, name).flatMap(this::group);
    }

    private GroupModel findOrCreateParent(TargetType type, Cause cause) {
        GroupModel parent = null;
        for (String segment : segments(type)) {
            parent = findOrCreate(parent, segment, cause);
        }
        return parent;
    }

    private Optional<GroupModel> parentOf(TargetType type) {
        Optional<GroupModel> known = Optional.ofNullable(parents.get(type)).flatMap(this::group);
        if (known.isPresent()) {
            return known;
        }
        Optional<GroupModel> found = findParent(type);
        found.ifPresent(group -> parents.put(type, group.getId()));
        return found;
    }

    private Optional<GroupModel> findParent(TargetType type) {
        Optional<String> id = Optional.empty();
        for (String segment : segments(type)) {
            id = state.model().child(id.orElse(null), segment);
            if (id.isEmpty()) {
                return Optional.empty();
            }
        }
        return id.flatMap(this::group);
    }

    private List<String> segments(TargetType type) {
        return Arrays.asList(parent(type).substring(1).split("/"));
    }

    private String parent(TargetType type) {
        return type == TargetType.EXCLUSIVE_GROUP ? settings.exclusiveParent() : settings.teamsParent();
    }

    /** Whether the group may take the name: names are unique among siblings. */
    boolean nameIsFree(GroupModel group, String name) {
        return state.model().child(group.getParentId(), name).isEmpty();
    }
}
