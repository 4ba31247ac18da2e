package io.github.enterprisesso.scim.user;

import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.protocol.ScimException;
import org.keycloak.models.FederatedIdentityModel;
import org.keycloak.models.UserModel;

/**
 * The link to the connection's identity provider, made before the first login so that it finds the provisioned user.
 * {@code linkUserId} says by what the provider knows him: the {@code sub} of OIDC, the NameID of SAML.
 */
final class IdentityProviderLink {

    private final ScimContext scim;

    IdentityProviderLink(ScimContext scim) {
        this.scim = scim;
    }

    String userId(UserRecord user) {
        return switch (scim.connection().linkUserId()) {
            case EXTERNAL_ID -> user.externalId();
            case USER_NAME -> user.userName();
            case EMAIL -> user.email();
            case NONE -> null;
        };
    }

    /**
     * Links the user who has no link, and follows a change of his id. A link to another id than the one provisioned before is somebody
     * else's work, a login's or an administrator's, and stands.
     *
     * @param before null for a new user
     * @return whether the link changed; 409 when a new id is another user's. An id that was his before and is linked to
     *     another user is left there: a deactivation must not fail for it
     */
    boolean follow(UserModel user, UserRecord before, UserRecord after) {
        String id = userId(after);
        if (id == null) {
            return false;
        }
        String alias = scim.connection().identityProvider();
        FederatedIdentityModel present = scim.session().users().getFederatedIdentity(scim.realm(), user, alias);
        if (present != null) {
            boolean provisioned = before != null && present.getUserId().equals(userId(before));
            if (present.getUserId().equals(id) || !provisioned) {
                return false;
            }
            scim.session().users().removeFederatedIdentity(scim.realm(), user, alias);
        }
        FederatedIdentityModel link = new FederatedIdentityModel(alias, id, after.userName());
        if (scim.session().users().getUserByFederatedIdentity(scim.realm(), link) != null) {
            if (before != null && id.equals(userId(before))) {
                return false;
            }
            throw ScimException.uniqueness(
                    attribute(), "another user is linked to '" + id + "' of identity provider '" + alias + "'");
        }
        scim.session().users().addFederatedIdentity(scim.realm(), user, link);
        return true;
    }

    private String attribute() {
        return switch (scim.connection().linkUserId()) {
            case USER_NAME -> "userName";
            case EMAIL -> "emails.value";
            default -> "externalId";
        };
    }
}
