package io.github.enterprisesso.teams.admin;

import io.github.enterprisesso.teams.claim.GroupsReader;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.store.ClaimedGroupEntity;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.sync.GroupMapper;
import io.github.enterprisesso.teams.sync.PushedGroup;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.ErrorResponseException;

/** Checks the group and the target that a request wants to map, and refuses what does not fit. */
final class MappingCheck {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final GroupMapper mapper;

    MappingCheck(KeycloakSession session, RealmModel realm, GroupMapper mapper) {
        this.session = session;
        this.realm = realm;
        this.mapper = mapper;
    }

    /** Id of the group, which may not have been seen yet. */
    String groupToMap(MappingJson.New wanted) {
        if (wanted == null || wanted.groupId() != null || wanted.provider() == null) {
            String id = knownGroup(wanted == null ? null : wanted.groupId());
            Optional.ofNullable(session.groups().getGroupById(realm, id)).ifPresent(mapper::know);
            return id;
        }
        if (session.identityProviders().getByAlias(wanted.provider()) == null) {
            throw Refusal.field("provider", "there is no identity provider '" + wanted.provider() + "'");
        }
        String name = wanted.groupName() == null ? "" : wanted.groupName();
        if (name.isBlank() || name.length() > GroupsReader.LONGEST) {
            throw Refusal.field("groupName", "is needed, with at most " + GroupsReader.LONGEST + " characters");
        }
        return mapper.claimedGroup(wanted.provider(), name);
    }

    /** Id of a pushed or claimed group. */
    String knownGroup(String id) {
        return knownGroup(id, "groupId");
    }

    /** The same, named in another field. */
    String knownGroup(String id, String field) {
        if (isPushed(id)) {
            return id;
        }
        return mapper.claims()
                .group(id)
                .map(ClaimedGroupEntity::getId)
                .orElseThrow(() ->
                        Refusal.field(field, "'" + id + "' is not the id of a pushed group, nor of a claimed one"));
    }

    /** Refuses the id of what is no pushed group. */
    void pushedGroup(String id, String field) {
        if (!isPushed(id)) {
            throw Refusal.field(field, "'" + id + "' is not the id of a pushed group");
        }
    }

    private boolean isPushed(String id) {
        GroupModel group = id == null ? null : session.groups().getGroupById(realm, id);
        return group != null && PushedGroup.is(group);
    }

    static TargetType type(String name) {
        if (name == null) {
            return TargetType.TEAM;
        }
        return Arrays.stream(TargetType.values())
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> Refusal.field(
                        "targetType", "'" + name + "' is not known; allowed are TEAM, EXCLUSIVE_GROUP, ORGANIZATION"));
    }

    /** The target that is wanted, else the one the mapping has, else one with the name of its group. */
    Target decidedTarget(MappingEntity mapping, String targetId) {
        TargetType type = mapping.getTargetType();
        if (targetId != null && !targetId.isBlank()) {
            return target(new Target(type, targetId), "targetId");
        }
        if (mapping.getTargetId() != null) {
            return target(new Target(type, mapping.getTargetId()), "targetId");
        }
        String name =
                mapper.groupName(mapping.getGroupId()).orElseThrow(() -> Refusal.notFound("Group of the mapping"));
        return named(type, name, mapping.getGroupId(), "targetId");
    }

    /** The target with this name, which may be made for the group; {@code field} is the one to blame. */
    Target named(TargetType type, String name, String groupId, String field) {
        return mapper.target(type, name, groupId)
                .map(target -> refuseUnfit(target, field))
                .orElseThrow(
                        () -> refuse(Refusal.field(field, "there is no organization '" + name + "'; none is made")));
    }

    Target target(Target target, String field) {
        if (!mapper.exists(target)) {
            throw refuse(Refusal.field(
                    field,
                    "'" + target.id() + "' is not the id of "
                            + (target.type().group() ? "a group" : "an organization")));
        }
        return refuseUnfit(target, field);
    }

    /** Refuses a target that the group has by another mapping than {@code except}, or that is taken. */
    void refuseSecond(String groupId, Target target, String except) {
        boolean mapped = mapper.state().mappings().of(List.of(groupId)).stream()
                .anyMatch(mapping -> target.id().equals(mapping.getTargetId())
                        && !mapping.getId().equals(except));
        if (mapped) {
            throw refuse(Refusal.conflict("The group is mapped to team '" + mapper.name(target)
                    + "' already: approve or reject that mapping"));
        }
        mapper.taken(target, groupId).ifPresent(taken -> {
            throw refuse(Refusal.conflict(taken));
        });
    }

    private Target refuseUnfit(Target target, String field) {
        Optional<String> refusal = mapper.refusal(target);
        if (refusal.isPresent()) {
            throw refuse(Refusal.field(field, refusal.get()));
        }
        return target;
    }

    /** A target may have been made on the way here. */
    private ErrorResponseException refuse(ErrorResponseException refusal) {
        session.getTransactionManager().setRollbackOnly();
        return refusal;
    }
}
