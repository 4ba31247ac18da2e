package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.EventRepresentation;

/** The routes that begin with a fresh login, while the policy is enforced. Older sessions: {@link OlderSessionsIT}. */
@KeycloakTest
@Tag("h2")
@Tag("smoke")
class EnforcedRoutesIT {

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-routes");
        people = People.in(tenant);
        tenant.policy("ENFORCE");
    }

    @Nested
    @DisplayName("Route 1: username and password")
    class PasswordForm {

        @Test
        @DisplayName("ENF-2 a correct password of a non-exempt person leaves no session and no token")
        void nonExempt() {
            people.isRefused(people.browser().loginByPassword(NINA, PASSWORD), people.nina);
        }

        @Test
        @DisplayName("EXM-2 the password of an exempt person passes")
        void exempt() {
            people.passes(people.browser().loginByPassword(EMMA, PASSWORD));
        }

        @Test
        @DisplayName("ENF-4 the enterprise login passes")
        void enterprise() {
            people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
        }

        @Test
        @DisplayName("ENF-2 username first, then the password: refused for a non-exempt person, an exempt one passes")
        void usernameFirst() {
            ClientRepresentation client = new ClientRepresentation();
            client.setClientId("username-first");
            client.setPublicClient(true);
            client.setRedirectUris(List.of(OidcBrowser.REDIRECT_URI));
            client.setAuthenticationFlowBindingOverrides(Map.of("browser", UsernameFirst.create(tenant)));
            create(client);

            people.isRefused(usernameThenPassword(NINA), people.nina);
            assertThat(usernameThenPassword(EMMA).code()).isPresent();
        }

        private Page usernameThenPassword(String username) {
            return people.browser()
                    .login(Map.of("client_id", "username-first"))
                    .submit("#kc-form-login", Map.of("username", username))
                    .submit("#kc-form-login", Map.of("password", PASSWORD));
        }

        @Test
        @DisplayName("ENF-11 a wrong password and an unknown name get the same answer as ever")
        void noEnumeration() {
            people.person("paul@acme.test");
            Page wrong = people.browser().loginByPassword("paul@acme.test", "wrong");
            Page unknown = people.browser().loginByPassword("nobody@acme.test", "wrong");

            assertThat(wrong.texts("#input-error-username")).isEqualTo(unknown.texts("#input-error-username"));
            assertThat(wrong.has("#enforce-sso-okta")).isFalse();
        }
    }

    @Nested
    @DisplayName("Route 5: another identity provider")
    class OtherProvider {

        @Test
        @DisplayName("ENF-3 the button of a linked social account is refused for a non-exempt person")
        void nonExempt() {
            people.isRefused(people.browser().loginThrough(Tenant.SOCIAL, NINA, SOCIAL_PASSWORD), people.nina);
        }

        @Test
        @DisplayName("ENF-6 kc_idp_hint to a social provider is refused for a non-exempt person")
        void nonExemptByHint() {
            Page page =
                    people.browser().login(Map.of("kc_idp_hint", Tenant.SOCIAL)).signIn(NINA, SOCIAL_PASSWORD);

            people.isRefused(page, people.nina);
        }

        @Test
        @DisplayName("EXM-2 the social login of an exempt person passes")
        void exempt() {
            people.passes(people.browser().loginThrough(Tenant.SOCIAL, EMMA, SOCIAL_PASSWORD));
        }

        @Test
        @DisplayName("ENF-4 kc_idp_hint to the enterprise provider passes")
        void enterprise() {
            people.passes(
                    people.browser().login(Map.of("kc_idp_hint", Tenant.OKTA)).signIn(OLGA, OKTA_PASSWORD));
        }
    }

    @Nested
    @DisplayName("Route 11: direct grant")
    class DirectGrant {

        @Test
        @DisplayName("ENF-2 a correct password of a non-exempt person gets sso_required, no token and no session")
        void nonExempt() {
            people.isRefused(people.browser().directGrant(NINA, PASSWORD), people.nina);
        }

        @Test
        @DisplayName("asking for an offline token leaves no offline session either")
        void nonExemptOffline() {
            Answer answer = people.browser()
                    .token(Map.of(
                            "grant_type",
                            "password",
                            "username",
                            NINA,
                            "password",
                            PASSWORD,
                            "scope",
                            "openid offline_access"));

            people.isRefused(answer, people.nina);
            assertThat(tenant.admin().realm().users().get(people.nina).getOfflineSessions(clientId()))
                    .isEmpty();
        }

        @Test
        @DisplayName("ENF-17 the refusal is an event that names the method, the client and the reason")
        void event() {
            people.browser().directGrant(NINA, PASSWORD);

            EventRepresentation event = newestRefusal(tenant, people.nina);
            assertThat(event.getError()).isEqualTo("sso_required");
            assertThat(event.getDetails())
                    .containsEntry("enforced", "true")
                    .containsEntry("method", "password")
                    .containsEntry("client", OidcBrowser.CLIENT)
                    .containsEntry("reason", "local_login")
                    .doesNotContainKey("identity_provider");
        }

        @Test
        @DisplayName("EXM-2 an exempt person gets his token")
        void exempt() {
            people.works(people.browser().directGrant(EMMA, PASSWORD));
        }

        @Test
        @DisplayName("ENF-4 a direct grant is no enterprise login, the code of one buys a token")
        void enterprise() {
            String id = people.person("otto@acme.test");

            people.isRefused(people.browser().directGrant("otto@acme.test", PASSWORD), id);
            people.passes(people.browser().loginThrough(Tenant.OKTA, "otto@acme.test", OKTA_PASSWORD));
        }

        private String clientId() {
            return tenant.admin()
                    .realm()
                    .clients()
                    .findByClientId(OidcBrowser.CLIENT)
                    .get(0)
                    .getId();
        }
    }

    @Nested
    @DisplayName("Route 12: a client with flows of its own")
    class FlowOverride {

        private static final String CLIENT = "own-flows";

        @BeforeAll
        static void client() {
            ClientRepresentation client = new ClientRepresentation();
            client.setClientId(CLIENT);
            client.setPublicClient(true);
            client.setDirectAccessGrantsEnabled(true);
            client.setRedirectUris(List.of(OidcBrowser.REDIRECT_URI));
            client.setAuthenticationFlowBindingOverrides(
                    Map.of("browser", copyOf("browser"), "direct_grant", copyOf("direct grant")));
            create(client);
        }

        @Test
        @DisplayName("ENF-6 a non-exempt person is refused in its browser flow and in its direct grant")
        void nonExempt() {
            people.isRefused(login().signIn(NINA, PASSWORD), people.nina);
            people.isRefused(directGrant(NINA), people.nina);
        }

        @Test
        @DisplayName("EXM-2 an exempt person passes in both")
        void exempt() {
            assertThat(login().signIn(EMMA, PASSWORD).code()).isPresent();
            people.works(directGrant(EMMA));
        }

        @Test
        @DisplayName("ENF-4 the enterprise login passes")
        void enterprise() {
            assertThat(login().follow("#social-okta")
                            .signIn(OLGA, OKTA_PASSWORD)
                            .code())
                    .isPresent();
        }

        private static Page login() {
            return people.browser().login(Map.of("client_id", CLIENT));
        }

        private static Answer directGrant(String username) {
            return people.browser()
                    .token(Map.of(
                            "client_id", CLIENT,
                            "grant_type", "password",
                            "username", username,
                            "password", PASSWORD,
                            "scope", "openid"));
        }

        private static String copyOf(String flow) {
            var flows = tenant.admin().realm().flows();
            flows.copy(flow, Map.of("newName", "own " + flow)).close();
            return flows.getFlows().stream()
                    .filter(copy -> copy.getAlias().equals("own " + flow))
                    .findFirst()
                    .map(AuthenticationFlowRepresentation::getId)
                    .orElseThrow();
        }
    }

    @Nested
    @DisplayName("Route 23: a SAML client")
    class Saml {

        @BeforeAll
        static void client() {
            create(SamlApp.client());
        }

        @Test
        @DisplayName("ENF-6 a non-exempt person gets no assertion, from the application or from the provider's link")
        void nonExempt() {
            people.isRefused(SamlApp.spInitiated(tenant).signIn(NINA, PASSWORD), people.nina);
            people.isRefused(SamlApp.idpInitiated(tenant).signIn(NINA, PASSWORD), people.nina);
        }

        @Test
        @DisplayName("EXM-2 an exempt person gets an assertion")
        void exempt() {
            assertThat(SamlApp.hasAssertion(SamlApp.spInitiated(tenant).signIn(EMMA, PASSWORD)))
                    .isTrue();
            assertThat(SamlApp.hasAssertion(SamlApp.idpInitiated(tenant).signIn(EMMA, PASSWORD)))
                    .isTrue();
        }

        @Test
        @DisplayName("ENF-4 the enterprise login gets an assertion")
        void enterprise() {
            Page page = SamlApp.spInitiated(tenant).follow("#social-okta").signIn(OLGA, OKTA_PASSWORD);

            assertThat(SamlApp.hasAssertion(page)).as("%s", page).isTrue();
        }
    }

    @Test
    @DisplayName("Route 28, ENF-14: client credentials pass, they are no person")
    void clientCredentials() {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId("robot");
        client.setSecret("robot-secret");
        client.setServiceAccountsEnabled(true);
        create(client);

        Answer answer = people.browser()
                .token(Map.of(
                        "client_id", "robot", "client_secret", "robot-secret", "grant_type", "client_credentials"));

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    private static void create(ClientRepresentation client) {
        try (Response response = tenant.admin().realm().clients().create(client)) {
            assertThat(response.getStatus()).isEqualTo(201);
        }
    }

    static EventRepresentation newestRefusal(Tenant tenant, String userId) {
        return tenant.events("LOGIN_ERROR").stream()
                .filter(event -> userId.equals(event.getUserId()))
                .filter(event -> "sso_required".equals(event.getError()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sso_required event of " + userId));
    }
}
