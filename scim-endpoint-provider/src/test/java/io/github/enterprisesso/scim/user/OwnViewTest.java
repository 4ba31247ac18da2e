package io.github.enterprisesso.scim.user;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static io.github.enterprisesso.scim.protocol.Json.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.connection.ScimConnectionFactory;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.keycloak.component.ComponentModel;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPConfig;

class OwnViewTest {

    private static final String CUSTOM = "urn:ietf:params:scim:schemas:extension:acme:2.0:User";
    private static final String EXTENSION = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User";

    private final UPConfig profile = new UPConfig();

    private void declare(String name, String path, String view, String edit) {
        UPAttribute attribute =
                path == null ? new UPAttribute(name) : new UPAttribute(name, Map.of(UserSchema.ANNOTATION, path));
        if (view != null) {
            attribute.setPermissions(new UPAttributePermissions(Set.of(view), Set.of(edit)));
        }
        profile.addOrReplaceAttribute(attribute);
    }

    private OwnView view() {
        ScimConnection connection =
                new ScimConnectionFactory().create(null, new ComponentModel()).connection();
        return new OwnView(UserSchema.of(connection, profile), profile);
    }

    @Test
    void what_administrators_alone_may_see_is_left_out_with_the_schema_that_it_empties() {
        declare("grade", CUSTOM + ":grade", "admin", "admin");
        declare("badge", CUSTOM + ":badge", "user", "admin");
        declare("jobTitle", "title", "admin", "admin");
        declare("initial", "name.middleName", "admin", "admin");
        declare("organizationRole", null, "admin", "admin");

        assertThat(view().of(object("{'schemas':['core','" + EXTENSION + "','" + CUSTOM + "'],'id':'1','title':'Boss',"
                        + "'name':{'givenName':'Jane','middleName':'Q'},'emails':[{'value':'j@x'}],"
                        + "'" + EXTENSION + "':{'OrganizationRole':'Guest'},'" + CUSTOM
                        + "':{'grade':'A','badge':'7'}}")))
                .isEqualTo(json("{'schemas':['core','" + CUSTOM + "'],'id':'1','name':{'givenName':'Jane'},"
                        + "'emails':[{'value':'j@x'}],'" + CUSTOM + "':{'badge':'7'}}"));
    }

    @Test
    void columns_follow_the_profile_and_what_everybody_may_see_stays() {
        declare("email", null, "admin", "admin");
        declare("firstName", null, "user", "admin");
        declare("lastName", null, "admin", "user");
        declare("jobTitle", "title", null, null);

        assertThat(view().of(object(
                        "{'schemas':[],'name':{'givenName':'Jane'},'emails':[{'value':'j@x'}],'title':'T'}")))
                .isEqualTo(json("{'schemas':[],'name':{'givenName':'Jane'},'title':'T'}"));
    }

    @Test
    void a_role_that_no_profile_declares_is_not_shown() {
        assertThat(view().of(object(
                        "{'schemas':['" + EXTENSION + "'],'" + EXTENSION + "':{'OrganizationRole':'Guest'}}")))
                .isEqualTo(json("{'schemas':[]}"));
    }
}
