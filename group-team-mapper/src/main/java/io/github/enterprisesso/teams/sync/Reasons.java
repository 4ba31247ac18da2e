package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Reason;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.ClaimedGroupEntity;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** Puts names to the ids of an entitlement. */
public final class Reasons {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;

    private final Claims claims;
    private final Targets targets;
    private final Map<String, Optional<String>> rulesOfRoles = new HashMap<>();

    Reasons(
            KeycloakSession session,
            RealmModel realm,
            MappingSettings settings,
            MapperState state,
            Claims claims,
            Targets targets) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = state;
        this.claims = claims;
        this.targets = targets;
    }

    /** Why somebody has it, in one sentence. */
    public String sentence(Entitlement entitlement) {
        return new Reason(
                        entitlement,
                        targetName(entitlement),
                        groupName(entitlement).orElse("?"),
                        rule(entitlement),
                        entitlement.kind() == Kind.ROLE ? settings.roleAttribute() : settings.exclusiveGroupAttribute())
                .sentence();
    }

    Cause cause(Entitlement entitlement) {
        return cause(entitlement, "");
    }

    /** The cause of taking something away: what had been the reason for it, or is the reason for something else instead. */
    Cause gone(Entitlement entitlement, String takenId) {
        return cause(
                entitlement,
                entitlement.targetId().equals(takenId)
                        ? "No longer so: "
                        : entitlement.kind() == Kind.ROLE
                                ? "A user holds one role of the ladder. "
                                : "A user has one of a kind at most. ");
    }

    private Cause cause(Entitlement entitlement, String prefix) {
        String reason = prefix + sentence(entitlement);
        String mappingId = entitlement.provenance().mappingId().orElse(null);
        return group(entitlement)
                .map(group -> Cause.of(reason, group, rule(entitlement).orElse(null), mappingId))
                .or(() -> claimed(entitlement)
                        .map(group -> Cause.of(reason, group, rule(entitlement).orElse(null), mappingId)))
                .orElseGet(() -> Cause.of(reason));
    }

    /** Name of the team, exclusive group, organization or role. */
    public String targetName(Entitlement entitlement) {
        String id = entitlement.targetId();
        Optional<String> name =
                switch (entitlement.kind()) {
                    case TEAM, EXCLUSIVE_GROUP -> byId(id).map(GroupModel::getName);
                    case ORGANIZATION -> targets.organization(id).map(OrganizationModel::getName);
                    case ROLE -> Optional.ofNullable(realm.getRoleById(id)).map(RoleModel::getName);
                    case ACCOUNT -> Optional.of(id);
                };
        return name.orElse(id);
    }

    /** Name of the pushed or claimed group it comes from. */
    public Optional<String> groupName(Entitlement entitlement) {
        return group(entitlement)
                .map(GroupModel::getName)
                .or(() -> claimed(entitlement).map(ClaimedGroupEntity::getName));
    }

    /** What concerns a mapping: with its group and its rule. */
    Cause about(MappingEntity mapping, String reason) {
        String groupId = mapping.getGroupId();
        return byId(groupId)
                .map(group -> Cause.of(reason, group, mapping.getRule(), mapping.getId()))
                .or(() ->
                        claims.group(groupId).map(group -> Cause.of(reason, group, mapping.getRule(), mapping.getId())))
                .orElseGet(
                        () -> new Cause(reason, null, null, groupId, null, mapping.getRule(), mapping.getId(), null));
    }

    /** The same; the id may be that of the user's own attribute. */
    Cause about(String mappingId, String reason) {
        return state.mappings()
                .find(mappingId)
                .map(mapping -> about(mapping, reason))
                .orElseGet(() -> Cause.of(reason));
    }

    /** What concerns a pushed or claimed group, and no mapping. */
    Cause ofGroup(String groupId, String reason) {
        return byId(groupId)
                .map(group -> Cause.of(reason, group, null, null))
                .or(() -> claims.group(groupId).map(group -> Cause.of(reason, group, null, null)))
                .orElseGet(() -> Cause.of(reason));
    }

    /** Name of the rule that made the mapping it comes from, or that gives the role. */
    public Optional<String> rule(Entitlement entitlement) {
        return entitlement.kind() == Kind.ROLE
                ? entitlement.provenance().groupId().flatMap(group -> ruleOfRole(group, targetName(entitlement)))
                : entitlement
                        .provenance()
                        .mappingId()
                        .flatMap(state.mappings()::find)
                        .map(MappingEntity::getRule);
    }

    /** Of the rules that made mappings of the group the one that carries the role; none where the group carries it itself. */
    private Optional<String> ruleOfRole(String groupId, String role) {
        return rulesOfRoles.computeIfAbsent(
                groupId + role,
                unknown -> byId(groupId)
                                .filter(group ->
                                        PushedGroup.roles(group).stream().anyMatch(role::equalsIgnoreCase))
                                .isPresent()
                        ? Optional.empty()
                        : state.mappings().of(List.of(groupId)).stream()
                                .map(MappingEntity::getRule)
                                .filter(Objects::nonNull)
                                .filter(name -> settings.rules().rules().stream()
                                        .anyMatch(rule -> rule.name().equals(name)
                                                && rule.role()
                                                        .filter(role::equalsIgnoreCase)
                                                        .isPresent()))
                                .findFirst());
    }

    private Optional<GroupModel> group(Entitlement entitlement) {
        return entitlement.provenance().groupId().flatMap(this::byId);
    }

    private Optional<ClaimedGroupEntity> claimed(Entitlement entitlement) {
        return entitlement.provenance().groupId().flatMap(claims::group);
    }

    private Optional<GroupModel> byId(String groupId) {
        return Optional.ofNullable(session.groups().getGroupById(realm, groupId));
    }
}
