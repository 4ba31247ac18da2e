package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Reason;
import io.github.enterprisesso.teams.settings.MappingSettings;
import io.github.enterprisesso.teams.store.MapperState;
import io.github.enterprisesso.teams.store.MappingEntity;
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

    private final Targets targets;

    Reasons(KeycloakSession session, RealmModel realm, MappingSettings settings, MapperState state, Targets targets) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = state;
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

    /** Name of the pushed group it comes from. */
    public Optional<String> groupName(Entitlement entitlement) {
        return group(entitlement).map(GroupModel::getName);
    }

    /** Name of the rule that made the mapping it comes from. */
    public Optional<String> rule(Entitlement entitlement) {
        return entitlement.provenance().mappingId().flatMap(state::mapping).map(MappingEntity::getRule);
    }

    private Optional<GroupModel> group(Entitlement entitlement) {
        return entitlement.provenance().groupId().flatMap(this::byId);
    }

    private Optional<GroupModel> byId(String groupId) {
        return Optional.ofNullable(session.groups().getGroupById(realm, groupId));
    }
}
