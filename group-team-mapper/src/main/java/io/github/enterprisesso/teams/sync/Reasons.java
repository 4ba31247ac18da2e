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
        return new Cause(
                prefix + sentence(entitlement),
                entitlement.provenance().groupId().orElse(null),
                groupName(entitlement).orElse(null),
                rule(entitlement).orElse(null),
                entitlement.provenance().mappingId().orElse(null));
    }

    /** Name of the team or role. */
    public String targetName(Entitlement entitlement) {
        if (entitlement.kind() == Kind.ROLE) {
            RoleModel role = realm.getRoleById(entitlement.targetId());
            return role == null ? entitlement.targetId() : role.getName();
        }
        return name(entitlement.targetId()).orElse(entitlement.targetId());
    }

    /** Name of the pushed group it comes from. */
    public Optional<String> groupName(Entitlement entitlement) {
        return entitlement.provenance().groupId().flatMap(this::name);
    }

    /** Name of the rule that made the mapping it comes from. */
    public Optional<String> rule(Entitlement entitlement) {
        return entitlement.provenance().mappingId().flatMap(state::mapping).map(MappingEntity::getRule);
    }

    private Optional<String> name(String groupId) {
        return Optional.ofNullable(session.groups().getGroupById(realm, groupId))
                .map(GroupModel::getName);
    }
}
