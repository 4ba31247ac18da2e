package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.connection.BoundOrganization;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import org.keycloak.models.OrganizationModel;
import org.keycloak.models.UserModel;
import org.keycloak.organization.OrganizationProvider;

/** Makes users whom a bound connection creates members of its organization. */
final class OrganizationMembership {

    private final ScimContext scim;

    OrganizationMembership(ScimContext scim) {
        this.scim = scim;
    }

    /**
     * An unmanaged member: a managed one would be deleted with the organization. 403 when the organization is gone, and nothing
     * is created: a bound connection never falls back to the whole realm.
     */
    void join(UserModel user) {
        String alias = scim.connection().organization();
        if (alias.isEmpty()) {
            return;
        }
        OrganizationModel organization = BoundOrganization.find(scim.session(), scim.realm(), alias)
                .orElseThrow(() -> ScimException.forbidden(
                        "The organization '" + alias + "' of the connection is not there (option organization)."));
        scim.session().getProvider(OrganizationProvider.class).addMember(organization, user);
        scim.events().organizationMembership(user, organization);
    }
}
