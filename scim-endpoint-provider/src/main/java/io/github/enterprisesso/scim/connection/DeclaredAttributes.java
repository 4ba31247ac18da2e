package io.github.enterprisesso.scim.connection;

import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.UserProfileProvider;

/**
 * Declares the role attribute and {@value #EXCLUSIVE_GROUP} in the realm's user profile, visible and editable for administrators
 * only. Undeclared they would vanish on the next write, or people could edit them themselves, depending on the realm's
 * unmanaged-attribute policy.
 */
public final class DeclaredAttributes {

    /** User attribute: name of the exclusive group that the identity provider wants for the person. */
    public static final String EXCLUSIVE_GROUP = "exclusiveGroup";

    private DeclaredAttributes() {}

    /** Leaves alone what the profile declares already: an administrator's own declaration stands. */
    public static void ensure(KeycloakSession session, RealmModel realm, ScimConnection connection) {
        RealmModel before = session.getContext().getRealm();
        session.getContext().setRealm(realm);
        try {
            UserProfileProvider profile = session.getProvider(UserProfileProvider.class);
            UPConfig present = profile.getConfiguration();
            UPConfig extended = present.clone();
            Stream.of(
                            declaration(connection.roleAttribute(), "Organization role"),
                            declaration(EXCLUSIVE_GROUP, "Exclusive group"))
                    .filter(attribute -> present.getAttribute(attribute.getName()) == null)
                    .forEach(extended::addOrReplaceAttribute);
            if (extended.getAttributes().size() != present.getAttributes().size()) {
                profile.setConfiguration(extended);
            }
        } finally {
            session.getContext().setRealm(before);
        }
    }

    private static UPAttribute declaration(String name, String displayName) {
        Set<String> administrators = Set.of("admin");
        UPAttribute attribute = new UPAttribute(name, new UPAttributePermissions(administrators, administrators));
        attribute.setDisplayName(displayName);
        // Keycloak's own SCIM API (26.7) fails on every user of a realm with an attribute that has none.
        attribute.setAnnotations(Map.of());
        return attribute;
    }
}
