package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.store.GrantEntity;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.store.PushedGroupEntity;
import io.github.enterprisesso.teams.sync.GroupMapper;
import io.github.enterprisesso.teams.sync.PushedGroup;
import io.github.enterprisesso.teams.sync.Reasons;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** Groups, mappings and grants as the API shows them. */
final class Views {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MapperState state;

    Views(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
        this.state = new MapperState(session, realm.getId());
    }

    /** Pushed groups by their ids, without those that are gone. */
    List<PushedGroupJson> groups(List<String> wanted) {
        List<GroupModel> page = wanted.stream()
                .map(id -> session.groups().getGroupById(realm, id))
                .filter(Objects::nonNull)
                .toList();
        List<String> ids = page.stream().map(GroupModel::getId).toList();
        Map<String, Long> counts = state.model().memberCounts(ids);
        Map<String, Long> conflicts = state.conflicts().counts(ids);
        Map<String, PushedGroupEntity> known = state.groups().of(ids).stream()
                .collect(Collectors.toMap(PushedGroupEntity::getGroupId, group -> group));
        Map<String, List<MappingJson>> mappings = mappings(ids);
        return page.stream()
                .map(group -> group(
                        group,
                        counts.getOrDefault(group.getId(), 0L),
                        conflicts.getOrDefault(group.getId(), 0L),
                        Optional.ofNullable(known.get(group.getId())),
                        mappings.getOrDefault(group.getId(), List.of())))
                .toList();
    }

    /** Mappings by the id of their group. */
    Map<String, List<MappingJson>> mappings(List<String> groupIds) {
        return state.mappings().of(groupIds).stream()
                .map(this::mapping)
                .collect(Collectors.groupingBy(MappingJson::groupId));
    }

    MappingJson mapping(MappingEntity mapping) {
        String target = mapping.toMapping()
                .target()
                .map(found -> GroupMapper.of(session, realm)
                        .map(mapper -> mapper.name(found))
                        .orElseGet(() -> groupName(found.id())))
                .orElse(null);
        String group = GroupMapper.of(session, realm)
                .flatMap(mapper -> mapper.groupName(mapping.getGroupId()))
                .orElseGet(() -> groupName(mapping.getGroupId()));
        return MappingJson.of(mapping, group, target);
    }

    GrantJson grant(GrantEntity grant, Reasons reasons) {
        Entitlement entitlement = grant.entitlement();
        UserModel user = session.users().getUserById(realm, grant.getUserId());
        return new GrantJson(
                grant.getUserId(),
                user == null ? null : user.getUsername(),
                entitlement.kind().name(),
                entitlement.targetId(),
                reasons.targetName(entitlement),
                entitlement.provenance().groupId().orElse(null),
                reasons.groupName(entitlement).orElse(null),
                entitlement.provenance().mappingId().orElse(null),
                reasons.rule(entitlement).orElse(null),
                reasons.sentence(entitlement),
                iso(grant.getCreatedAt()));
    }

    /** ISO-8601. */
    static String iso(long millis) {
        return Instant.ofEpochMilli(millis).toString();
    }

    private PushedGroupJson group(
            GroupModel group,
            long members,
            long conflicts,
            Optional<PushedGroupEntity> known,
            List<MappingJson> mappings) {
        List<String> roles =
                new ArrayList<>(group.getAttributeStream(PushedGroup.ROLES).toList());
        known.map(PushedGroupEntity::getRuleRole)
                .filter(role -> !roles.contains(role))
                .ifPresent(roles::add);
        return new PushedGroupJson(
                group.getId(),
                group.getName(),
                KeycloakModelUtils.buildGroupPath(group),
                group.getFirstAttribute(PushedGroup.CONNECTION),
                state(mappings),
                roles,
                known.map(PushedGroupEntity::getRolesOrigin).map(Enum::name).orElse(null),
                known.map(PushedGroupEntity::getRuleRole).orElse(null),
                members,
                conflicts,
                known.map(seen -> iso(seen.getLastPush())).orElse(null),
                mappings);
    }

    private static String state(List<MappingJson> mappings) {
        List<MappingStatus> statuses = mappings.stream()
                .map(mapping -> MappingStatus.valueOf(mapping.status()))
                .toList();
        if (statuses.isEmpty()) {
            return "UNMAPPED";
        }
        if (statuses.stream().anyMatch(MappingStatus::syncs)) {
            return "MAPPED";
        }
        return statuses.contains(MappingStatus.PENDING) ? "PENDING" : "REJECTED";
    }

    private String groupName(String id) {
        GroupModel group = id == null ? null : session.groups().getGroupById(realm, id);
        return group == null ? null : group.getName();
    }
}
