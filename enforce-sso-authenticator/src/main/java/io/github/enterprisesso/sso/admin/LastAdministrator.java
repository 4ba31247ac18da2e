package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.audit.ActingAdministrator;
import io.github.enterprisesso.sso.policy.Mode;
import io.github.enterprisesso.sso.settings.Administrators;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jboss.logging.Logger;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.ModelValidationException;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RoleModel;
import org.keycloak.models.UserModel;

/**
 * Refuses what would leave an enforced realm without an administrator who gets in without the provider. Asked within the
 * transaction that does it.
 *
 * @param user who may be the last one
 */
record LastAdministrator(KeycloakSession session, RealmModel realm, UserModel user) {

    private static final Logger LOG = Logger.getLogger(LastAdministrator.class);

    /** @throws ModelValidationException which Keycloak answers with 400, and rolls the change back */
    void keeps(RoleModel lost) {
        refuse("keeps the role " + lost.getName(), administrators -> was(administrators, Stream.of(lost)));
    }

    /** The same for a group that an administrator has just taken him out of; a push or a login is not kept from it. */
    void staysIn(GroupModel left) {
        if (ActingAdministrator.of(session).isPresent()) {
            refuse("stays in the group " + left.getName(), administrators -> was(administrators, rolesOf(left)));
        }
    }

    /** The same for his account, which is about to go. */
    void stays() {
        refuse("cannot be deleted", administrators -> administrators.include(user));
    }

    private boolean was(Administrators administrators, Stream<RoleModel> lost) {
        return lost.anyMatch(role -> administrators.includedUntil(role, user)) && !administrators.include(user);
    }

    private static Stream<RoleModel> rolesOf(GroupModel group) {
        return Stream.concat(
                group.getRoleMappingsStream(), group.getParent() == null ? Stream.empty() : rolesOf(group.getParent()));
    }

    private void refuse(String what, Predicate<Administrators> concerned) {
        SsoSettings settings = realm == null ? null : SsoSettings.of(realm);
        if (settings == null || settings.policy().mode() != Mode.ENFORCE) {
            return;
        }
        Administrators administrators = new Administrators(session, realm, settings.exemptRole());
        if (concerned.test(administrators) && !administrators.anyBeside(user)) {
            LOG.warnf(
                    "User %s of realm %s %s: he is the last administrator who can sign in without the provider",
                    user.getId(), realm.getName(), what);
            throw new ModelValidationException(
                    "The last administrator who can sign in without the provider %s while SSO is enforced"
                            .formatted(what));
        }
    }
}
