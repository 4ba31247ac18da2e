package io.github.enterprisesso.scim.user;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.connection.ScimConnectionFactory;
import io.github.enterprisesso.scim.protocol.PatchOperation;
import io.github.enterprisesso.scim.protocol.PatchRequest;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.schema.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.component.ComponentModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

class UserPatchTest {

    private static final String ROLE = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String ACME = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";

    private static final Catalogue CATALOGUE = catalogue();

    private static Catalogue catalogue() {
        ComponentModel component = new ComponentModel();
        component.put("userExtension", "urn:acme:role:2.0:User");
        ScimConnection connection =
                new ScimConnectionFactory().create(null, component).connection();
        UPConfig profile = new UPConfig();
        UPAttribute tags = new UPAttribute("tags", Map.of(UserSchema.ANNOTATION, ACME + ":tags"));
        tags.setMultivalued(true);
        UPAttribute badge = new UPAttribute("badge", new UPAttributePermissions(Set.of("admin"), Set.of("user")));
        badge.setAnnotations(Map.of(UserSchema.ANNOTATION, ACME + ":badge"));
        UPAttribute prefix = new UPAttribute("prefix", new UPAttributePermissions(Set.of("admin"), Set.of("user")));
        prefix.setAnnotations(Map.of(UserSchema.ANNOTATION, "name.honorificPrefix"));
        List.of(tags, badge, prefix).forEach(profile::addOrReplaceAttribute);
        return UserSchema.of(connection, profile);
    }

    private static List<PatchOperation> applicable(String operation) {
        return UserPatch.applicable(
                PatchRequest.parse(json("{'Operations':[" + operation + "]}")).operations(), CATALOGUE);
    }

    private static ObjectNode patched(String resource, String operation) {
        return (ObjectNode)
                ResourceBody.patched((ObjectNode) json(resource), applicable(operation), CATALOGUE::isMultiValued)
                        .json();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "title",
                "TITLE",
                "urn:ietf:params:scim:schemas:core:2.0:User:title",
                "name.givenName",
                "emails",
                "emails.value",
                "emails[type eq \\\"work\\\"]",
                "emails[type eq \\\"work\\\" and primary eq true].value",
                "emails[not (type eq \\\"work\\\")].value",
                "addresses[type eq \\\"home\\\"].locality",
                ENTERPRISE + ":department",
                ENTERPRISE + ":manager",
                ENTERPRISE + ":manager.displayName",
                ACME + ":tags",
                ACME + ":tags[value eq \\\"a\\\"]",
                ROLE + ":OrganizationRole",
                ROLE + ":LambdatestOrganizationRole",
                "urn:acme:role:2.0:User:organizationrole"
            })
    @DisplayName("USR-14 SCP-12 every form of a path")
    void known(String path) {
        assertThat(applicable("{'op':'replace','path':'" + path + "','value':'x'}"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shoeSize|invalidPath",
                "name.nickName|invalidPath",
                "title.value|invalidPath",
                "emails.locality|invalidPath",
                "emails[type eq \\\"work\\\"].locality|invalidPath",
                "name[givenName eq \\\"x\\\"]|invalidPath",
                "userName[value eq \\\"x\\\"]|invalidPath",
                "urn:unknown:2.0:User:title|invalidPath",
                "urn:unknown:2.0:User|invalidPath",
                ENTERPRISE + ":shoeSize|invalidPath",
                ENTERPRISE + ":manager.age|invalidPath",
                ACME + ":tags.value|invalidPath",
                "emails[shoeSize eq 5]|invalidFilter",
                "emails[type eq \\\"work\\\" or shoe eq 5].value|invalidFilter",
                "emails[not (shoe pr)].value|invalidFilter",
                "emails[emails.type eq \\\"work\\\"].value|invalidFilter",
                "emails[primary eq \\\"maybe\\\"].value|invalidFilter",
                "emails[primary gt true].value|invalidFilter",
                ACME + ":tags[type eq \\\"a\\\"]|invalidFilter",
                "id|mutability",
                "meta.created|mutability",
                "schemas|mutability",
                "groups|mutability",
                "groups[value eq \\\"g\\\"]|mutability",
                "groups.display|mutability",
                "name.honorificPrefix|mutability",
                ACME + ":badge|mutability"
            })
    @DisplayName("RFC 7644 section 3.5.2 a path that is unknown, or not to be written")
    void refused(String path, String scimType) {
        assertThatThrownBy(() -> applicable("{'op':'replace','path':'" + path + "','value':{'value':'x'}}"))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.scimType()).isEqualTo(scimType));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "userName",
                "name",
                "name.givenName",
                "name.familyName",
                "urn:ietf:params:scim:schemas:core:2.0:User"
            })
    @DisplayName("RFC 7644 section 3.5.2.2 what is required cannot be removed: mutability")
    void required(String path) {
        assertThatThrownBy(() -> applicable("{'op':'remove','path':'" + path + "'}"))
                .isInstanceOfSatisfying(
                        ScimException.class, e -> assertThat(e.scimType()).isEqualTo("mutability"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op':'add','value':{'id':'x','meta':{},'schemas':[],'groups':[],'shoeSize':5,'no path!':1,'':2}}",
                "{'op':'replace','value':{'urn:unknown:2.0:User':{'a':1},'urn:unknown:2.0:User:a':1,'name.nickName':'x'}}",
                "{'op':'replace','value':{'" + ACME + "':{'badge':'x','unknown':1},'" + ACME + ":badge':'x'}}",
                "{'op':'replace','path':'" + ACME + "','value':{'badge':'x','unknown':1}}",
                "{'op':'replace','path':'password','value':'secret'}",
                "{'op':'add','path':'photos','value':[{'value':'p'}]}",
                "{'op':'remove','path':'x509Certificates'}",
                "{'op':'replace','path':'emails[type eq \\\"work\\\"].display','value':'x'}"
            })
    @DisplayName("SCP-15 what is not kept, and what merely stands in an object, is passed over")
    void passedOver(String operation) {
        assertThat(applicable(operation)).isEmpty();
    }

    @Test
    @DisplayName("USR-10 the schema and the attribute get their own names, whatever the client calls them")
    void canonical() {
        assertThat(patched(
                        "{'urn:acme:role:2.0:User':{'OrganizationRole':'User'}}",
                        "{'op':'Replace','path':'" + ROLE.toUpperCase()
                                + ":lambdatestorganizationrole','value':'Admin'}"))
                .isEqualTo(json("{'urn:acme:role:2.0:User':{'OrganizationRole':'Admin'}}"));
    }

    @Test
    @DisplayName("SCP-12 the core schema as a path or as a key of a path-less object")
    void coreSchema() {
        String core = "urn:ietf:params:scim:schemas:core:2.0:User";

        assertThat(patched("{'title':'A'}", "{'op':'replace','value':{'" + core + "':{'title':'B'}}}"))
                .isEqualTo(json("{'title':'B'}"));
        assertThat(patched("{'title':'A'}", "{'op':'replace','path':'" + core + "','value':{'title':'B'}}"))
                .isEqualTo(json("{'title':'B'}"));
    }

    @Test
    @DisplayName("USR-10 a simple attribute with several values grows and shrinks, in Entra's objects, too")
    void simpleValues() {
        String path = "'path':'" + ACME + ":tags'";

        assertThat(patched(
                                "{}",
                                "{'op':'Add'," + path + ",'value':'a'},{'op':'Add'," + path
                                        + ",'value':[{'value':'b'}]}")
                        .at("/" + ACME + "/tags"))
                .isEqualTo(json("['a',{'value':'b'}]"));
        String two = "{'" + ACME + "':{'tags':['a','b']}}";
        assertThat(patched(two, "{'op':'Add'," + path + ",'value':[{'value':'a'}]}")
                        .at("/" + ACME + "/tags"))
                .isEqualTo(json("['a','b']"));
        assertThat(patched(two, "{'op':'Remove'," + path + ",'value':[{'value':'a'}]}")
                        .at("/" + ACME + "/tags"))
                .isEqualTo(json("['b']"));
        assertThat(patched(two, "{'op':'Remove','path':'" + ACME + ":tags[value eq \\\"a\\\"]'}")
                        .at("/" + ACME + "/tags"))
                .isEqualTo(json("['b']"));
    }
}
