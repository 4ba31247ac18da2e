package io.github.enterprisesso.sso.exemption;

import io.github.enterprisesso.sso.store.ExemptionRows;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.RoleUtils;

/** Who of a realm is exempt at this moment, and the giving and taking of exemptions. */
public final class Exemptions {

    private final RealmModel realm;
    private final String roleName;
    private final ExemptionRows rows;

    /** @param roleName name of the exempt role, which need not exist */
    public Exemptions(KeycloakSession session, RealmModel realm, String roleName) {
        this.realm = realm;
        this.roleName = roleName;
        this.rows = new ExemptionRows(session, realm.getId());
    }

    public static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }

    /** Costs one look-up by primary key for holders of the role, and nothing for anybody else. */
    public boolean exempt(UserModel user) {
        return holdsRole(user)
                && terms(user).filter(terms -> terms.ended(now())).isEmpty();
    }

    /** The terms on record, whether or not the person holds the role. */
    public Optional<Terms> terms(UserModel user) {
        return rows.of(user.getId()).map(Terms::of);
    }

    /** True if nothing that is on record will end his exemption. */
    public boolean exemptForGood(UserModel user) {
        return holdsRole(user) && terms(user).flatMap(Terms::until).isEmpty();
    }

    public boolean holdsRole(UserModel user) {
        RoleModel role = realm.getRole(roleName);
        return role != null && user.hasRole(role);
    }

    /** True if he has the role by a group or inside another role: there is where it must be taken away. */
    public boolean inheritsRole(UserModel user) {
        RoleModel role = realm.getRole(roleName);
        return role != null
                && (RoleUtils.hasRoleFromGroup(user.getGroupsStream(), role, true)
                        || user.getRoleMappingsStream().anyMatch(held -> !held.equals(role) && held.hasRole(role)));
    }

    /** Gives the role, which must exist, on these terms; they take the place of earlier ones. */
    public void grant(UserModel user, Terms terms) {
        rows.write(
                user.getId(),
                terms.reason(),
                terms.by(),
                terms.since().toEpochMilli(),
                terms.until().map(Instant::toEpochMilli).orElse(null));
        user.grantRole(realm.getRole(roleName));
    }

    /** Takes the role and the terms away. */
    public void withdraw(UserModel user) {
        takeRole(user);
        rows.remove(user.getId());
    }

    /**
     * Takes away what has ended. The terms stay if he has the role by a group or inside another role as well: without them he
     * would be exempt again.
     */
    public void expire(UserModel user) {
        takeRole(user);
        if (!inheritsRole(user)) {
            rows.remove(user.getId());
        }
    }

    private void takeRole(UserModel user) {
        RoleModel role = realm.getRole(roleName);
        if (role != null) {
            user.deleteRoleMapping(role);
        }
    }
}
