package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Mapping;
import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.NameEffect;
import io.github.enterprisesso.teams.mapping.PatternTimeoutException;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.RolesOrigin;
import io.github.enterprisesso.teams.mapping.Rule;
import io.github.enterprisesso.teams.mapping.RuleSet;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.ClaimedGroupEntity;
import io.github.enterprisesso.teams.store.Claims;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.store.PushedGroupEntity;
import io.github.enterprisesso.teams.store.TombstoneEntity;
import io.github.enterprisesso.teams.store.TombstoneRows;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** What the mapper knows of pushed groups, and what a new name or other roles of a group lead to. */
final class PushedGroups {

    private static final Logger LOG = Logger.getLogger(PushedGroups.class);

    private final RealmModel realm;
    private final MappingSettings settings;
    private final RoleLadder ladder;
    private final MapperState state;
    private final Claims claims;
    private final Targets targets;
    private final Effects effects;
    private final Reasons reasons;

    PushedGroups(
            RealmModel realm,
            MappingSettings settings,
            MapperState state,
            Claims claims,
            Targets targets,
            Effects effects,
            Reasons reasons) {
        this.realm = realm;
        this.settings = settings;
        this.ladder = settings.ladder(realm);
        this.state = state;
        this.claims = claims;
        this.targets = targets;
        this.effects = effects;
        this.reasons = reasons;
    }

    /**
     * Takes note of the group as it is now.
     *
     * @param settled false while an update is under way: Keycloak replaces an attribute by removing it first, and tells of that
     * @return whether its members have to be reconciled
     */
    boolean refresh(GroupModel group, boolean settled) {
        Optional<PushedGroupEntity> known = state.groups().find(group.getId()).or(() -> {
            // Two first members at the same time: both tell of a group that is not on record.
            state.model().lockGroup(group.getId());
            return state.groups().find(group.getId());
        });
        if (known.isEmpty()) {
            add(group);
            return true;
        }
        PushedGroupEntity before = known.get();
        before.pushed(Time.currentTimeMillis());
        boolean concernsMembers = !before.getName().equals(group.getName()) && rename(group, before);
        String roles = roles(group);
        boolean rolesChanged = !before.getRoles().equals(roles) && (settled || !roles.isEmpty());
        if (rolesChanged) {
            before.setRoles(roles);
        }
        return concernsMembers || rolesChanged;
    }

    private void add(GroupModel group) {
        PushedGroupEntity added = state.groups().add(group.getId(), group.getName());
        Optional<TombstoneEntity> grave = grave(group);
        grave.ifPresent(found -> restore(found, group));
        added.setRoles(roles(group));
        if (grave.filter(found -> found.getRoles().equals(String.join(",", PushedGroup.roles(group))))
                .isPresent()) {
            added.cameFrom(RolesOrigin.TOMBSTONE);
        }
        named(group, added, "Pushed group '%s' is new.".formatted(group.getName()));
    }

    private String roles(GroupModel group) {
        return String.join(",", ladder.known(PushedGroup.roles(group)));
    }

    /** A rule is asked for the group's name now; one that runs into its time limit leaves the group to an administrator. */
    private Optional<Rule> firstMatch(String groupId, String name) {
        return firstMatch(settings.rules(), groupId, name);
    }

    /** The same for other rules than those that are saved. */
    Optional<Rule> firstMatch(RuleSet rules, String groupId, String name) {
        try {
            return rules.firstMatch(name);
        } catch (PatternTimeoutException e) {
            LOG.warnf("Realm %s, group %s: %s", realm.getName(), groupId, e.getMessage());
            return Optional.empty();
        }
    }

    /** Answers whether the members have other mappings or another role by it; a team that only follows the name has them still. */
    private boolean rename(GroupModel group, PushedGroupEntity known) {
        String reason = "Pushed group '%s' was renamed to '%s'.".formatted(known.getName(), group.getName());
        known.setName(group.getName());
        return named(group, known, reason);
    }

    private boolean named(GroupModel group, PushedGroupEntity known, String reason) {
        List<MappingEntity> mappings = state.mappings().of(List.of(group.getId()));
        NameEffect effect = NameEffect.of(
                firstMatch(group.getId(), group.getName()),
                mappings.stream().map(MappingEntity::toMapping).toList());
        boolean concernsMembers = !Objects.equals(effect.role().orElse(null), known.getRuleRole());
        known.setRuleRole(effect.role().orElse(null));
        for (NameEffect.Step step : effect.steps()) {
            if (step instanceof NameEffect.Add add) {
                apply(
                        add.rule(),
                        group.getId(),
                        group.getName(),
                        mapping -> Cause.of(
                                "Rule '%s' matches pushed group '%s'."
                                        .formatted(add.rule().name(), group.getName()),
                                group,
                                add.rule().name(),
                                mapping));
                concernsMembers = true;
            } else if (step instanceof NameEffect.Hold hold) {
                MappingEntity held = entity(mappings, hold.mapping());
                held.hold();
                Effect.PENDING_MAPPING.count(realm);
                effects.mapping(OperationType.UPDATE, held.getId(), describe(held), reasons.about(held, reason));
            } else if (step instanceof NameEffect.Follow follow) {
                follow(follow.mapping(), group, reasons.about(follow.mapping().id(), reason));
            } else if (step instanceof NameEffect.Drop drop) {
                state.mappings().remove(entity(mappings, drop.mapping()));
            }
        }
        return concernsMembers;
    }

    private static MappingEntity entity(List<MappingEntity> mappings, Mapping mapping) {
        return mappings.stream()
                .filter(entity -> entity.getId().equals(mapping.id()))
                .findFirst()
                .orElseThrow();
    }

    /** Asks the rules for a group that a login has named for the first time. */
    void claimed(ClaimedGroupEntity group) {
        firstMatch(group.getId(), group.getName()).ifPresent(rule -> {
            group.setRuleRole(rule.role().orElse(null));
            apply(
                    rule,
                    group.getId(),
                    group.getName(),
                    mapping -> Cause.of(
                            "Rule '%s' matches group '%s', which a login named."
                                    .formatted(rule.name(), group.getName()),
                            group,
                            rule.name(),
                            mapping));
        });
    }

    private void apply(Rule rule, String groupId, String groupName, Function<String, Cause> causeOf) {
        MappingEntity mapping = state.mappings().add(groupId, rule.targetType(), rule.name());
        Cause cause = causeOf.apply(mapping.getId());
        if (rule.autoApprove()) {
            Optional<Target> target = targets.findOrCreate(rule.targetType(), groupName, cause);
            Optional<String> refusal = target.isEmpty()
                    ? Optional.of("there is no organization '" + groupName + "'")
                    : targets.refusal(target.get()).or(() -> taken(target.get(), groupId));
            if (refusal.isEmpty()) {
                mapping.approve(MappingStatus.AUTO_APPROVED, target.get().id());
            } else {
                LOG.warnf("Realm %s: mapping of group %s waits: %s", realm.getName(), groupId, refusal.get());
            }
        }
        if (mapping.getStatus() == MappingStatus.PENDING) {
            Effect.PENDING_MAPPING.count(realm);
        }
        effects.mapping(OperationType.CREATE, mapping.getId(), describe(mapping), cause);
    }

    /** Why no other group may be mapped to the target; empty when it may. */
    Optional<String> taken(Target target, String groupId) {
        if (!settings.exclusiveOwner()) {
            return Optional.empty();
        }
        return state.mappings().to(target.type(), target.id()).stream()
                .filter(other -> !other.getGroupId().equals(groupId) && other.getStatus() != MappingStatus.REJECTED)
                .findFirst()
                .flatMap(other -> name(other.getGroupId()))
                .map(owner -> "'" + targets.name(target).orElse(target.id()) + "' is mapped from group '" + owner
                        + "' already, and this realm allows one group for each");
    }

    /** Name of a pushed or claimed group; empty when it is gone. */
    Optional<String> name(String groupId) {
        return targets.group(groupId)
                .map(GroupModel::getName)
                .or(() -> claims.group(groupId).map(ClaimedGroupEntity::getName));
    }

    /** The target takes its group's name, unless another group leads there too or a sibling has the name. */
    private void follow(Mapping mapping, GroupModel group, Cause cause) {
        Target target = mapping.target().orElseThrow();
        if (!target.type().group()) {
            return;
        }
        boolean shared = state.mappings().to(target.type(), target.id()).stream()
                .anyMatch(other ->
                        other.getStatus().syncs() && !other.getGroupId().equals(group.getId()));
        targets.group(target.id())
                .filter(found -> !shared
                        && !found.getName().equals(group.getName())
                        && !settings.protectedGroups().contains(KeycloakModelUtils.buildGroupPath(found))
                        && targets.refusal(target).isEmpty())
                .filter(found -> targets.nameIsFree(found, group.getName()))
                .ifPresent(found -> effects.renameTeam(found, group.getName(), cause));
    }

    /** A target was deleted by hand: its mappings wait, and no rule makes it anew. */
    void targetRemoved(Target target, String name) {
        for (MappingEntity mapping : state.mappings().to(target.type(), target.id())) {
            mapping.targetGone();
            if (mapping.getStatus() == MappingStatus.PENDING) {
                Effect.PENDING_MAPPING.count(realm);
            }
            effects.mapping(
                    OperationType.UPDATE,
                    mapping.getId(),
                    describe(mapping),
                    reasons.about(mapping, "Team '%s' was deleted.".formatted(name)));
        }
    }

    /** Remembers a group that is about to go, for as long as the realm says. */
    void bury(GroupModel group) {
        if (settings.tombstoneDays() == 0) {
            return;
        }
        TombstoneRows tombstones = tombstones();
        state.groups()
                .find(group.getId())
                .ifPresent(known -> tombstones.bury(
                        known,
                        group.getName(),
                        group.getParentId(),
                        group.getFirstAttribute(PushedGroup.CONNECTION),
                        String.join(",", PushedGroup.roles(group))));
    }

    /** Those still remembered, after those whose time is over are forgotten. */
    TombstoneRows tombstones() {
        state.tombstones().expire(settings.tombstoneDays());
        return state.tombstones();
    }

    /** The group of this name that the same connection had pushed and deleted. */
    private Optional<TombstoneEntity> grave(GroupModel group) {
        return tombstones().named(group.getName()).stream()
                .filter(tombstone ->
                        Objects.equals(tombstone.getConnection(), group.getFirstAttribute(PushedGroup.CONNECTION))
                                && targets.group(tombstone.getGroupId()).isEmpty())
                .findFirst();
    }

    /** Mappings and roles are back; members come as they are pushed, or all at once on an administrator's word. */
    private void restore(TombstoneEntity grave, GroupModel group) {
        String reason = "Pushed group '%s' is back.".formatted(group.getName());
        for (MappingEntity mapping : state.tombstones().raise(grave, group.getId())) {
            boolean gone = mapping.toMapping()
                    .target()
                    .filter(target -> !targets.exists(target))
                    .isPresent();
            if (gone) {
                mapping.targetGone();
            }
            effects.mapping(OperationType.UPDATE, mapping.getId(), describe(mapping), reasons.about(mapping, reason));
        }
        if (PushedGroup.roles(group).isEmpty() && !grave.getRoles().isEmpty()) {
            effects.roles(group, Arrays.asList(grave.getRoles().split(",")));
        }
    }

    static Map<String, Object> describe(MappingEntity mapping) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", mapping.getId());
        body.put("groupId", mapping.getGroupId());
        body.put("targetType", mapping.getTargetType());
        body.put("targetId", mapping.getTargetId());
        body.put("status", mapping.getStatus());
        body.put("rule", mapping.getRule());
        body.put("targetDeleted", mapping.isTargetDeleted());
        body.put("braked", mapping.isBraked());
        return body;
    }
}
