package io.github.enterprisesso.scim.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.context.ScimContext;
import io.github.enterprisesso.scim.schema.Attribute;
import io.github.enterprisesso.scim.schema.Catalogue;
import io.github.enterprisesso.scim.schema.Home;
import io.github.enterprisesso.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.keycloak.models.UserModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;
import org.keycloak.userprofile.UserProfileProvider;

/** A user's resource as he may see it himself: without what the realm's user profile shows to administrators only. */
public final class OwnView {

    /** What the SCIM attribute is made of. */
    private static final Map<String, String> COLUMNS =
            Map.of(UserModel.EMAIL, "emails", UserModel.FIRST_NAME, "name", UserModel.LAST_NAME, "name");

    private final Catalogue catalogue;
    private final Map<String, UPAttribute> declared;

    public OwnView(ScimContext scim) {
        this(
                UserSchema.of(scim),
                scim.session().getProvider(UserProfileProvider.class).getConfiguration());
    }

    OwnView(Catalogue catalogue, UPConfig profile) {
        this.catalogue = catalogue;
        List<UPAttribute> attributes = profile.getAttributes() == null ? List.of() : profile.getAttributes();
        this.declared = attributes.stream().collect(Collectors.toMap(UPAttribute::getName, attribute -> attribute));
    }

    /** Changes the resource and answers it. */
    public ObjectNode of(ObjectNode resource) {
        COLUMNS.forEach((userAttribute, attribute) -> {
            if (declared.containsKey(userAttribute) && !isVisible(userAttribute)) {
                resource.remove(attribute);
            }
        });
        removeHidden(catalogue.core(), resource);
        for (Schema schema : catalogue.extensions()) {
            if (resource.get(schema.urn()) instanceof ObjectNode extension) {
                removeHidden(schema, extension);
                if (extension.isEmpty()) {
                    resource.remove(schema.urn());
                    removeText((ArrayNode) resource.path("schemas"), schema.urn());
                }
            }
        }
        return resource;
    }

    private void removeHidden(Schema schema, ObjectNode json) {
        schema.attributes().forEach(attribute -> removeHidden(attribute, json));
    }

    private void removeHidden(Attribute attribute, ObjectNode json) {
        if (attribute.home() instanceof Home.Profile profile && !isVisible(profile.userAttribute())) {
            json.remove(attribute.name());
        }
        if (json.get(attribute.name()) instanceof ObjectNode parts) {
            attribute.subAttributes().forEach(sub -> removeHidden(sub, parts));
        }
    }

    private static void removeText(ArrayNode list, String text) {
        List<JsonNode> kept = new ArrayList<>();
        list.forEach(element -> {
            if (!element.asText().equals(text)) {
                kept.add(element);
            }
        });
        list.removeAll().addAll(kept);
    }

    /** An attribute without permissions is everybody's; one that is not declared is nobody's. */
    private boolean isVisible(String userAttribute) {
        UPAttribute attribute = declared.get(userAttribute);
        if (attribute == null) {
            return false;
        }
        UPAttributePermissions permissions = attribute.getPermissions();
        return permissions == null
                || permissions.isEmpty()
                || allows(permissions.getView())
                || allows(permissions.getEdit());
    }

    private static boolean allows(Set<String> roles) {
        return roles.contains("user");
    }
}
