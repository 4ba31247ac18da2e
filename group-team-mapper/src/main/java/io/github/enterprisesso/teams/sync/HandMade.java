package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Target;
import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.Census;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
import io.github.enterprisesso.teams.store.TombstoneEntity;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** What administrators do to memberships themselves: joining and leaving targets, and bringing a deleted group back. */
final class HandMade {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;
    private final Targets targets;
    private final Effects effects;
    private final Reasons reasons;
    private final Members members;

    HandMade(
            KeycloakSession session,
            RealmModel realm,
            MappingSettings settings,
            MapperState state,
            Targets targets,
            Effects effects,
            Reasons reasons,
            Members members) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = state;
        this.targets = targets;
        this.effects = effects;
        this.reasons = reasons;
        this.members = members;
    }

    void changed(Target target, String userId, boolean joined) {
        state.flush();
        boolean onRecord = onRecord(target, userId);
        if (settings.readOnlyTeams()
                && target.type().group()
                && (joined || onRecord)
                && mappings(target).findFirst().isPresent()) {
            undo(target, userId, joined);
            return;
        }
        if (onRecord) {
            // Taken out by hand: not the mapper's to take away later. The next push that concerns the user puts him
            // back.
            state.grants().forgetTarget(Kind.of(target.type()), target.id(), userId);
        }
        if (joined && target.type() == TargetType.TEAM && state.grants().waits(userId)) {
            members.reconcile(List.of(userId), Occasion.ANY);
        }
        if (target.type() == TargetType.EXCLUSIVE_GROUP && (joined || !onRecord)) {
            members.reconcile(List.of(userId), joined ? Occasion.byHand(target.id()) : Occasion.ANY);
        }
    }

    private boolean onRecord(Target target, String userId) {
        Census census = state.look(List.of(userId));
        return census.grants(userId).stream()
                .anyMatch(entitlement -> entitlement.kind() == Kind.of(target.type())
                        && entitlement.targetId().equals(target.id()));
    }

    /** Those that fill it. */
    private Stream<MappingEntity> mappings(Target target) {
        return state.mappings().to(target.type(), target.id()).stream()
                .filter(mapping -> mapping.getStatus().syncs());
    }

    /** In the transaction of the edit: it is as if nothing had happened, but for the events. */
    private void undo(Target target, String userId, boolean joined) {
        UserModel user = session.users().getUserById(realm, userId);
        String reason = "'%s' is filled by a mapping and is read-only in this realm: the edit by hand is undone."
                .formatted(targets.name(target).orElse(target.id()));
        Cause cause = mappings(target)
                .findFirst()
                .map(mapping -> reasons.about(mapping, reason))
                .orElseGet(() -> Cause.of(reason));
        targets.group(target.id()).ifPresent(group -> {
            if (joined) {
                effects.leave(user, group, cause);
            } else {
                effects.join(user, group, cause);
            }
        });
    }

    /**
     * Brings a deleted group back under its name, unless the directory did so, and puts its members into it.
     *
     * @param arrived brings the members in line
     */
    GroupModel undo(TombstoneEntity tombstone, ToIntFunction<GroupModel> arrived) {
        Cause cause = Cause.of((tombstone.isDeparted()
                        ? "An administrator brings the members of group '%s' back."
                        : "An administrator brings deleted group '%s' back.")
                .formatted(tombstone.getName()));
        GroupModel group = targets.group(tombstone.getGroupId()).orElseGet(() -> recreate(tombstone, cause));
        Cause ofGroup = reasons.ofGroup(group.getId(), cause.reason());
        // The mappings are the group's again before its members are.
        arrived.applyAsInt(group);
        for (String userId : state.tombstones().members(tombstone.getId())) {
            UserModel user = session.users().getUserById(realm, userId);
            if (user != null
                    && user.getGroupsStream().noneMatch(own -> own.getId().equals(group.getId()))) {
                effects.join(user, group, ofGroup);
            }
        }
        state.flush();
        arrived.applyAsInt(group);
        state.tombstones().remove(tombstone);
        return group;
    }

    private GroupModel recreate(TombstoneEntity tombstone, Cause cause) {
        GroupModel parent = Optional.ofNullable(tombstone.getParentId())
                .flatMap(targets::group)
                .orElse(null);
        GroupModel group = state.model()
                .child(parent == null ? null : parent.getId(), tombstone.getName())
                .flatMap(targets::group)
                .orElseGet(() -> effects.createTeam(tombstone.getName(), parent, cause));
        effects.pushed(
                group,
                tombstone.getConnection(),
                tombstone.getRoles().isEmpty()
                        ? List.of()
                        : Arrays.asList(tombstone.getRoles().split(",")));
        return group;
    }
}
