package io.github.enterprisesso.teams.settings;

import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.userprofile.UserProfileProvider;
import org.keycloak.userprofile.config.UPConfigUtils;

/**
 * A user attribute that carries a role or names an exclusive group, as the realm's user profile has it. Who may edit it may give
 * himself what it carries.
 *
 * @param declared whether the profile says who may edit it
 * @param editableByUser whether every user may, of himself
 */
public record CarriedAttribute(boolean declared, boolean editableByUser) {

    /** The attribute in the profile of the session's realm. */
    public static CarriedAttribute of(KeycloakSession session, String name) {
        UPAttribute attribute = session.getProvider(UserProfileProvider.class)
                .getConfiguration()
                .getAttribute(name);
        return new CarriedAttribute(
                attribute != null,
                Optional.ofNullable(attribute)
                        .map(UPAttribute::getPermissions)
                        .map(UPAttributePermissions::getEdit)
                        .filter(edit -> edit.contains(UPConfigUtils.ROLE_USER))
                        .isPresent());
    }

    /** Whether a value comes from an administrator or a directory. */
    public boolean trusted() {
        return declared && !editableByUser;
    }
}
