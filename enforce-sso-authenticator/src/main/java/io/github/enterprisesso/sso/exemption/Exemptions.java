package io.github.enterprisesso.sso.exemption;

import io.github.enterprisesso.sso.store.ExemptionRows;
import java.time.Instant;
import java.util.Optional;
import org.keycloak.common.util.Time;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/** Who of a realm is exempt at this moment. */
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

    private boolean holdsRole(UserModel user) {
        RoleModel role = realm.getRole(roleName);
        return role != null && user.hasRole(role);
    }

    static Instant now() {
        return Instant.ofEpochMilli(Time.currentTimeMillis());
    }
}
