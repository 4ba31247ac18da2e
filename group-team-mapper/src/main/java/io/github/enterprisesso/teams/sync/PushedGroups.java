package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.MappingStatus;
import io.github.enterprisesso.teams.mapping.PatternTimeoutException;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Rule;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.store.PushedGroupEntity;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.keycloak.common.util.Time;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;

/** What the mapper knows of pushed groups, and what a new name or other roles of a group lead to. */
final class PushedGroups {

    private static final Logger LOG = Logger.getLogger(PushedGroups.class);

    private final RealmModel realm;
    private final MappingSettings settings;
    private final RoleLadder ladder;
    private final MapperState state;
    private final Teams teams;
    private final Effects effects;

    PushedGroups(RealmModel realm, MappingSettings settings, MapperState state, Teams teams, Effects effects) {
        this.realm = realm;
        this.settings = settings;
        this.ladder = settings.ladder(realm);
        this.state = state;
        this.teams = teams;
        this.effects = effects;
    }

    /**
     * Takes note of the group as it is now.
     *
     * @param settled false while an update is under way: Keycloak replaces an attribute by removing it first, and tells of that
     * @return whether its members have to be reconciled
     */
    boolean refresh(GroupModel group, boolean settled) {
        Optional<PushedGroupEntity> known = state.group(group.getId()).or(() -> {
            // Two first members at the same time: both tell of a group that is not on record.
            state.lockGroup(group.getId());
            return state.group(group.getId());
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
        PushedGroupEntity added = state.addGroup(group.getId(), group.getName());
        added.setRoles(roles(group));
        firstMatch(group).ifPresent(rule -> apply(rule, group, added));
    }

    private String roles(GroupModel group) {
        return String.join(",", ladder.known(PushedGroup.roles(group)));
    }

    /** A rule is asked for the group's name now; one that runs into its time limit leaves the group to an administrator. */
    private Optional<Rule> firstMatch(GroupModel group) {
        try {
            return settings.rules().firstMatch(group.getName());
        } catch (PatternTimeoutException e) {
            LOG.warnf("Realm %s, group %s: %s", realm.getName(), group.getId(), e.getMessage());
            return Optional.empty();
        }
    }

    private void apply(Rule rule, GroupModel group, PushedGroupEntity known) {
        known.setRuleRole(rule.role().orElse(null));
        MappingEntity mapping = state.addMapping(group.getId(), rule.targetType(), rule.name());
        Cause cause = Cause.of(
                "Rule '%s' matches pushed group '%s'.".formatted(rule.name(), group.getName()),
                group,
                rule.name(),
                mapping.getId());
        if (rule.autoApprove()) {
            GroupModel team = teams.findOrCreate(group.getName(), cause);
            Optional<String> refusal = teams.refusal(team);
            if (refusal.isEmpty()) {
                mapping.approve(MappingStatus.AUTO_APPROVED, team.getId());
            } else {
                LOG.warnf(
                        "Realm %s: mapping of pushed group %s waits: %s",
                        realm.getName(), group.getId(), refusal.get());
            }
        }
        effects.mapping(OperationType.CREATE, mapping.getId(), describe(mapping), cause);
    }

    /** Answers whether the members have other mappings or another role by it; a team that only follows the name has them still. */
    private boolean rename(GroupModel group, PushedGroupEntity known) {
        Cause cause = Cause.of(
                "Pushed group '%s' was renamed to '%s'.".formatted(known.getName(), group.getName()),
                group,
                null,
                null);
        known.setName(group.getName());
        Optional<Rule> rule = firstMatch(group);
        String role = rule.flatMap(Rule::role).orElse(null);
        boolean concernsMembers = !Objects.equals(role, known.getRuleRole());
        known.setRuleRole(role);
        boolean mapped = false;
        for (MappingEntity mapping : state.mappingsOf(List.of(group.getId()))) {
            boolean anotherRule = mapping.getRule() != null
                    && rule.filter(found -> !found.name().equals(mapping.getRule()))
                            .isPresent();
            if (mapping.getStatus().syncs() && !anotherRule) {
                follow(mapping, group, cause);
            } else if (mapping.getStatus().syncs()) {
                mapping.hold();
                effects.mapping(OperationType.UPDATE, mapping.getId(), describe(mapping), cause);
            } else if (anotherRule
                    && mapping.getStatus() == MappingStatus.PENDING
                    && mapping.getTargetId() == null
                    && !mapping.isTargetDeleted()) {
                // Nobody ever had anything by it: the rule for the new name decides.
                state.removeMapping(mapping);
                continue;
            }
            mapped = true;
        }
        if (!mapped && rule.isPresent()) {
            apply(rule.get(), group, known);
            concernsMembers = true;
        }
        return concernsMembers;
    }

    /** The team takes its group's name, unless another group leads there too or a sibling has the name. */
    private void follow(MappingEntity mapping, GroupModel group, Cause cause) {
        boolean shared = state.mappingsTo(TargetType.TEAM, mapping.getTargetId()).stream()
                .anyMatch(other ->
                        other.getStatus().syncs() && !other.getGroupId().equals(group.getId()));
        teams.byId(mapping.getTargetId())
                .filter(team -> !shared
                        && !team.getName().equals(group.getName())
                        && teams.refusal(team).isEmpty())
                .filter(team -> teams.nameIsFree(team, group.getName()))
                .ifPresent(team -> effects.renameTeam(team, group.getName(), cause));
    }

    /** A team was deleted by hand: its mappings wait, and no rule makes it anew. */
    void targetRemoved(GroupModel team) {
        for (MappingEntity mapping : state.mappingsTo(TargetType.TEAM, team.getId())) {
            mapping.targetGone();
            effects.mapping(
                    OperationType.UPDATE,
                    mapping.getId(),
                    describe(mapping),
                    Cause.of("Team '%s' was deleted.".formatted(team.getName())));
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
        return body;
    }
}
