package io.github.enterprisesso.sso.gate;

import io.github.enterprisesso.sso.exemption.Exemptions;
import io.github.enterprisesso.sso.policy.EnforcedDomain;
import io.github.enterprisesso.sso.policy.EnforcedOrganization;
import io.github.enterprisesso.sso.policy.Subject;
import io.github.enterprisesso.sso.settings.OrganizationModes;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.keycloak.authorization.fgap.AdminPermissionsSchema;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/**
 * A user of the realm as the policy asks about him. Everything but the terms of an exemption comes from Keycloak's caches.
 *
 * @param user null if nobody has been identified: nobody is never exempt, and a member of nothing
 * @param client client id of what he signs in to
 */
record Person(KeycloakSession session, RealmModel realm, SsoSettings settings, UserModel user, Optional<String> client)
        implements Subject {

    @Override
    public boolean person() {
        return user == null || user.getServiceAccountClientLink() == null;
    }

    @Override
    public boolean exempt() {
        return user != null && new Exemptions(session, realm, settings.exemptRole()).exempt(user);
    }

    @Override
    public List<String> domains() {
        return user == null
                ? List.of()
                : Stream.of(user.getEmail(), user.getUsername())
                        .map(EnforcedDomain::ofAddress)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
    }

    /** All of them: Keycloak would otherwise leave out those that the person himself may not see as an administrator. */
    @Override
    public List<EnforcedOrganization> organizations() {
        OrganizationProvider organizations = session.getProvider(OrganizationProvider.class);
        if (user == null || organizations == null) {
            return List.of();
        }
        return AdminPermissionsSchema.runWithoutAuthorization(
                session,
                () -> organizations
                        .getByMember(user)
                        .map(organization -> OrganizationModes.enforced(session, organization))
                        .flatMap(Optional::stream)
                        .toList());
    }

    @Override
    public boolean linkedTo(Collection<String> providers) {
        return user != null
                && session.users()
                        .getFederatedIdentitiesStream(realm, user)
                        .anyMatch(link -> providers.contains(link.getIdentityProvider()));
    }
}
