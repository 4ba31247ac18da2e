package io.github.enterprisesso.scim.user;

import static io.github.enterprisesso.scim.protocol.Json.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.enterprisesso.scim.connection.ScimConnection;
import io.github.enterprisesso.scim.connection.ScimConnectionFactory;
import io.github.enterprisesso.scim.protocol.Given;
import io.github.enterprisesso.scim.protocol.ResourceBody;
import io.github.enterprisesso.scim.protocol.ScimException;
import io.github.enterprisesso.scim.schema.Catalogue;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.component.ComponentModel;

class UserChangeTest {

    private static final String EXTENSION = "urn:ietf:params:scim:schemas:extension:LambdaTest:2.0:User";

    private static final Catalogue CATALOGUE = UserSchema.of(connection(), null);

    private static final UserRecord JANE = new UserRecord(
            "1",
            "jane",
            "Jane",
            "Doe",
            "jane@acme.test",
            "work",
            true,
            null,
            true,
            "User",
            new UserAttributes(CATALOGUE),
            List.of(),
            null,
            null);

    private static ScimConnection connection(String... options) {
        ComponentModel component = new ComponentModel();
        for (int i = 0; i < options.length; i += 2) {
            component.put(options[i], options[i + 1]);
        }
        return new ScimConnectionFactory().create(null, component).connection();
    }

    private static UserChange read(String body) {
        return UserChange.read(new ResourceBody(json(body)), connection(), CATALOGUE, null);
    }

    @Nested
    class Required {

        @ParameterizedTest
        @ValueSource(strings = {"userName", "name.givenName", "name.familyName"})
        @DisplayName("USR-1 a new user needs")
        void is_named_when_missing(String attribute) {
            String all = "{'userName':'a@b.test','name.givenName':'A','name.familyName':'B'}";

            assertThatThrownBy(() -> read(all.replace(attribute, "x")).requireComplete(CATALOGUE))
                    .isInstanceOf(ScimException.class)
                    .hasMessageContaining(attribute);
        }
    }

    @Nested
    class UserName {

        @Test
        @DisplayName("USR-2 userName is an e-mail address")
        void is_an_address() {
            assertThatThrownBy(() -> read("{'userName':'jane'}")).hasMessageContaining("e-mail");
        }

        @Test
        void may_be_anything_if_the_connection_says_so() {
            var change = UserChange.read(
                    new ResourceBody(json("{'userName':'jane'}")),
                    connection("userNameFormat", "any"),
                    CATALOGUE,
                    null);

            assertThat(change.userName().value()).isEqualTo("jane");
        }

        @Test
        void is_not_questioned_when_the_user_has_it_already() {
            assertThat(UserChange.read(new ResourceBody(json("{'userName':'jane'}")), connection(), CATALOGUE, JANE)
                            .userName()
                            .value())
                    .isEqualTo("jane");
        }

        @Test
        @DisplayName("USR-2 userName is the e-mail address when there is none")
        void is_the_address_when_there_is_none() {
            assertThat(read("{'userName':'a@b.test','emails':[]}").emailOfNewUser())
                    .isEqualTo("a@b.test");
        }
    }

    @Nested
    class Emails {

        @Test
        void the_primary_one_is_kept() {
            assertThat(read("{'emails':[{'value':'a@x','type':'work'},{'value':'b@x','primary':true}]}")
                            .email()
                            .value())
                    .isEqualTo("b@x");
        }

        @Test
        void else_the_one_for_work() {
            assertThat(read("{'emails':[{'value':'a@x','type':'home'},{'value':'b@x','type':'Work'}]}")
                            .email()
                            .value())
                    .isEqualTo("b@x");
        }

        @Test
        void none_empties() {
            assertThat(read("{'emails':[]}").email()).isEqualTo(Given.of(null));
            assertThat(read("{}").email().mentioned()).isFalse();
        }
    }

    @Nested
    class Role {

        @Test
        @DisplayName("USR-11 the role in its own spelling")
        void in_its_own_spelling() {
            assertThat(read("{'" + EXTENSION + "':{'organizationRole':'admin'}}")
                            .role()
                            .value())
                    .isEqualTo("Admin");
        }

        @Test
        @DisplayName("USR-11 the role as a multi-valued attribute, as Entra sends it")
        void as_a_list() {
            assertThat(read("{'" + EXTENSION + "':{'OrganizationRole':[{'value':'Admin'}]}}")
                            .role()
                            .value())
                    .isEqualTo("Admin");
            assertThat(read("{'" + EXTENSION + "':{'OrganizationRole':[]}}").role())
                    .isEqualTo(Given.of(null));
        }

        @Test
        @DisplayName("USR-10 the older name of the attribute")
        void under_its_older_name() {
            assertThat(read("{'" + EXTENSION + ":LambdatestOrganizationRole':'Guest'}")
                            .role()
                            .value())
                    .isEqualTo("Guest");
        }

        @Test
        @DisplayName("USR-11 another value is refused")
        void among_the_allowed_ones() {
            assertThatThrownBy(() -> read("{'" + EXTENSION + "':{'OrganizationRole':'King'}}"))
                    .hasMessageContaining("OrganizationRole")
                    .hasMessageContaining("[Admin, User, Guest]");
        }

        @Test
        @DisplayName("USR-11 a role that the user has already is not questioned")
        void is_not_questioned_when_the_user_has_it_already() {
            UserRecord owner = JANE.with("Owner", new UserAttributes(CATALOGUE), List.of());
            String body = "{'" + EXTENSION + "':{'OrganizationRole':'Owner'}}";

            assertThat(UserChange.read(new ResourceBody(json(body)), connection(), CATALOGUE, owner)
                            .role())
                    .isEqualTo(Given.of("Owner"));
        }

        @Test
        void of_two_spellings_the_one_that_is_news() {
            String body = "{'" + EXTENSION + "':{'OrganizationRole':'User','LambdatestOrganizationRole':'Admin'}}";

            assertThat(UserChange.read(new ResourceBody(json(body)), connection(), CATALOGUE, JANE)
                            .role()
                            .value())
                    .isEqualTo("Admin");
        }

        @Test
        void null_takes_it_away() {
            assertThat(UserChange.read(
                                    new ResourceBody(json("{'" + EXTENSION + "':{'OrganizationRole':null}}")),
                                    connection(),
                                    CATALOGUE,
                                    JANE)
                            .role())
                    .isEqualTo(Given.of(null));
        }
    }

    @Nested
    class Password {

        @Test
        @DisplayName("SCP-15 the password is ignored")
        void is_ignored() {
            assertThat(read("{'password':'s3cret'}").password().mentioned()).isFalse();
        }

        @Test
        @DisplayName("SCP-15 the password never prints")
        void never_prints() {
            var change = UserChange.read(
                    new ResourceBody(json("{'password':' s3cret '}")),
                    connection("passwordSync", "true"),
                    CATALOGUE,
                    null);

            assertThat(change.password().value().text()).isEqualTo(" s3cret ");
            assertThat(change.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    @DisplayName("USR-9 what is not mentioned stays")
    void what_is_not_mentioned_stays() {
        UserChange change = read("{'active':'False'}");

        assertThat(change.active()).isEqualTo(Given.of(false));
        assertThat(change.userName().mentioned()).isFalse();
        assertThat(change.givenName().mentioned()).isFalse();
        assertThat(change.role().mentioned()).isFalse();
    }
}
