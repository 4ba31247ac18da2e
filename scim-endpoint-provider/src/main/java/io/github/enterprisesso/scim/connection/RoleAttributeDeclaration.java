package io.github.enterprisesso.scim.connection;

import java.util.Map;
import java.util.Set;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Declares the role attribute in the realm's user profile, visible and editable for administrators only. Undeclared it
 * would vanish on the next write, or people could edit it themselves, depending on the realm's unmanaged-attribute policy.
 */
public final class RoleAttributeDeclaration {

    private RoleAttributeDeclaration() {}

    /** Does nothing when the profile declares the attribute already: an administrator's own declaration stands. */
    public static void ensure(KeycloakSession session, RealmModel realm, ScimConnection connection) {
        RealmModel before = session.getContext().getRealm();
        session.getContext().setRealm(realm);
        try {
            UserProfileProvider profile = session.getProvider(UserProfileProvider.class);
            UPConfig config = profile.getConfiguration();
            if (config.getAttribute(connection.roleAttribute()) == null) {
                UPConfig extended = config.clone();
                extended.addOrReplaceAttribute(declaration(connection));
                profile.setConfiguration(extended);
            }
        } finally {
            session.getContext().setRealm(before);
        }
    }

    private static UPAttribute declaration(ScimConnection connection) {
        Set<String> administrators = Set.of("admin");
        UPAttribute attribute =
                new UPAttribute(connection.roleAttribute(), new UPAttributePermissions(administrators, administrators));
        attribute.setDisplayName("Organization role");
        // Keycloak's own SCIM API (26.7) fails on every user of a realm with an attribute that has none.
        attribute.setAnnotations(Map.of());
        return attribute;
    }
}
