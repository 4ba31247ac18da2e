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
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;

/** Puts names to the ids of an entitlement. */
public final class Reasons {

    private final KeycloakSession session;
    private final RealmModel realm;
    private final MappingSettings settings;
    private final MapperState state;

    public Reasons(KeycloakSession session, RealmModel realm, MappingSettings settings, MapperState state) {
        this.session = session;
        this.realm = realm;
        this.settings = settings;
        this.state = state;
    }

    /** Why somebody has it, in one sentence. */
    public String sentence(Entitlement entitlement) {
        return new Reason(
                        entitlement,
                        targetName(entitlement),
                        groupName(entitlement).orElse("?"),
                        rule(entitlement),
                        settings.roleAttribute())
                .sentence();
    }

    Cause cause(Entitlement entitlement) {
        return cause(entitlement, "");
    }

    /** The cause of taking something away: what had been the reason for it, or is the reason for something else instead. */
    Cause gone(Entitlement entitlement, String takenId) {
        return cause(
                entitlement,
                entitlement.targetId().equals(takenId) ? "No longer so: " : "A user holds one role of the ladder. ");
    }

    private Cause cause(Entitlement entitlement, String prefix) {
        String reason = prefix + sentence(entitlement);
        String mappingId = entitlement.provenance().mappingId().orElse(null);
        return group(entitlement)
                .map(group -> Cause.of(reason, group, rule(entitlement).orElse(null), mappingId))
                .orElseGet(() -> Cause.of(reason));
    }

    /** Name of the team or role. */
    public String targetName(Entitlement entitlement) {
        if (entitlement.kind() == Kind.ROLE) {
            RoleModel role = realm.getRoleById(entitlement.targetId());
            return role == null ? entitlement.targetId() : role.getName();
        }
        return byId(entitlement.targetId()).map(GroupModel::getName).orElse(entitlement.targetId());
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
