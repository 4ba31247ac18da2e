package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;

/** The authenticator where an administrator has bound it: earlier refusals, with the same outcome. */
@KeycloakTest
class AuthenticatorIT {

    private static final String AUTHENTICATOR = "enforce-sso-authenticator";

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-flows");
        people = People.in(tenant);
        tenant.policy("ENFORCE");

        String directGrant = withAuthenticator("direct grant");
        String reset = withAuthenticator("reset credentials");
        raiseAbove(reset, "reset-credential-email");
        AuthenticationFlowRepresentation post = new AuthenticationFlowRepresentation();
        post.setAlias("after social");
        post.setProviderId("basic-flow");
        post.setTopLevel(true);
        flows().createFlow(post).close();
        append("after social");
        String registration = withAuthenticator("registration");
        raiseAbove(registration, "registration-page-form");
        RealmRepresentation realm = tenant.admin().realm().toRepresentation();
        realm.setRegistrationAllowed(true);
        realm.setRegistrationFlow(registration);
        realm.setDirectGrantFlow(directGrant);
        realm.setResetCredentialsFlow(reset);
        tenant.admin().realm().update(realm);
        IdentityProviderRepresentation social =
                tenant.admin().realm().identityProviders().get(Tenant.SOCIAL).toRepresentation();
        social.setPostBrokerLoginFlowAlias("after social");
        tenant.admin().realm().identityProviders().get(Tenant.SOCIAL).update(social);
    }

    @BeforeEach
    void nothingHappened() {
        tenant.admin().realm().logoutAll();
        tenant.admin().realm().clearEvents();
    }

    @Test
    @DisplayName("Route 11: the direct grant says sso_required and never makes a session")
    void directGrant() {
        people.isRefused(people.browser().directGrant(NINA, PASSWORD), people.nina);
        people.works(people.browser().directGrant(EMMA, PASSWORD));

        assertThat(refusals())
                .extracting(event -> event.getDetails().get("method"))
                .containsExactly("direct-grant-validate-password direct-grant-validate-username");
    }

    @Test
    @DisplayName(
            "Route 8, ENF-11: forgot password answers a refused person and an unknown name alike, and mails nobody")
    void resetCredentials() {
        Page refused = forgotPassword(NINA);
        Page unknown = forgotPassword("nobody@acme.test");

        assertThat(refused.text()).contains("You should receive an email shortly");
        assertThat(refused.text()).isEqualTo(unknown.text());
        assertThat(tenant.events("SEND_RESET_PASSWORD")).isEmpty();
        assertThat(tenant.events("SEND_RESET_PASSWORD_ERROR")).isEmpty();
    }

    @Test
    @DisplayName("Route 8: an exempt person's mail is on its way")
    void resetCredentialsOfAnExemptPerson() {
        forgotPassword(EMMA);

        assertThat(tenant.events("SEND_RESET_PASSWORD_ERROR"))
                .as("no mail server here, so the attempt fails")
                .isNotEmpty();
    }

    @Test
    @DisplayName("Route 5: the post-login flow of the social provider refuses, and its button completes the login")
    void postBrokerLogin() {
        Page refused = people.browser().loginThrough(Tenant.SOCIAL, NINA, SOCIAL_PASSWORD);
        people.isRefused(refused, people.nina);

        Page okta = refused.submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));

        people.passes(okta.submit("#kc-form-login", Map.of("password", OKTA_PASSWORD)));
        assertThat(refusals())
                .extracting(event -> event.getDetails().get("identity_provider"))
                .containsExactly(Tenant.SOCIAL);
    }

    @Test
    @DisplayName("Route 5: the post-login flow lets an exempt person pass")
    void postBrokerLoginOfAnExemptPerson() {
        people.passes(people.browser().loginThrough(Tenant.SOCIAL, EMMA, SOCIAL_PASSWORD));
    }

    @Test
    @DisplayName("Route 6: first in the first-login flow it refuses before there is an account")
    void firstBrokerLogin() {
        AuthenticationFlowRepresentation flow = new AuthenticationFlowRepresentation();
        flow.setAlias("first social");
        flow.setProviderId("basic-flow");
        flow.setTopLevel(true);
        flows().createFlow(flow).close();
        append("first social");
        firstLoginFlow("first social");
        tenant.socialUser("newcomer@acme.test", SOCIAL_PASSWORD);

        Page refused = people.browser().loginThrough(Tenant.SOCIAL, "newcomer@acme.test", SOCIAL_PASSWORD);

        assertThat(refused.has("#enforce-sso-okta")).as("%s", refused).isTrue();
        assertThat(tenant.admin().realm().users().searchByUsername("newcomer@acme.test", true))
                .isEmpty();
        people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
    }

    @Test
    @DisplayName("Route 6: last in the first-login flow it takes back the account that was just made")
    void endOfFirstBrokerLogin() {
        firstLoginFlow(withAuthenticator("first broker login"));
        tenant.socialUser("late@acme.test", SOCIAL_PASSWORD);

        people.leftNoAccount(
                people.browser().loginThrough(Tenant.SOCIAL, "late@acme.test", SOCIAL_PASSWORD), "late@acme.test");
    }

    @Test
    @DisplayName("Route 6: the post-login flow takes back the account that a first login made, and leads to Okta")
    void postBrokerLoginOfANewcomer() {
        firstLoginFlow("first broker login");
        tenant.socialUser("later@acme.test", SOCIAL_PASSWORD);
        tenant.oktaUser("later@acme.test", OKTA_PASSWORD);

        Page refused = people.browser().loginThrough(Tenant.SOCIAL, "later@acme.test", SOCIAL_PASSWORD);
        people.leftNoAccount(refused, "later@acme.test");

        Page okta = refused.submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));
        people.passes(okta.signIn("later@acme.test", OKTA_PASSWORD));
    }

    @Test
    @DisplayName("Route 10: first in the registration flow it refuses before there is a form")
    void registration() {
        Page refused = people.browser().login().follow("a[href*=registration]");

        assertThat(refused.has("#enforce-sso-okta")).as("%s", refused).isTrue();
        assertThat(refused.has("#kc-register-form")).isFalse();
        assertThat(refusals())
                .extracting(event -> event.getDetails().get("enforced"))
                .containsExactly("true");
        tenant.oktaUser("regina@acme.test", OKTA_PASSWORD);
        Page okta = refused.submit("#enforce-sso-form", Map.of("provider", Tenant.OKTA));
        people.passes(okta.signIn("regina@acme.test", OKTA_PASSWORD));
    }

    private static void firstLoginFlow(String flow) {
        IdentityProviderRepresentation social =
                tenant.admin().realm().identityProviders().get(Tenant.SOCIAL).toRepresentation();
        social.setFirstBrokerLoginFlowAlias(flow);
        tenant.admin().realm().identityProviders().get(Tenant.SOCIAL).update(social);
    }

    private static Page forgotPassword(String username) {
        return people.browser()
                .login()
                .follow("a[href*=reset-credentials]")
                .submit("#kc-reset-password-form", Map.of("username", username));
    }

    private static List<EventRepresentation> refusals() {
        return tenant.events("LOGIN_ERROR").stream()
                .filter(event -> "sso_required".equals(event.getError()))
                .toList();
    }

    /** A copy of a flow with the authenticator at its end; answers the copy's alias. */
    private static String withAuthenticator(String flow) {
        String copy = flow + " with sso";
        flows().copy(flow, Map.of("newName", copy)).close();
        append(copy);
        return copy;
    }

    private static void append(String flow) {
        flows().addExecution(flow, Map.of("provider", AUTHENTICATOR));
        AuthenticationExecutionInfoRepresentation execution = execution(flow, AUTHENTICATOR);
        execution.setRequirement("REQUIRED");
        flows().updateExecutions(flow, execution);
    }

    private static void raiseAbove(String flow, String provider) {
        while (execution(flow, AUTHENTICATOR).getIndex()
                > execution(flow, provider).getIndex()) {
            flows().raisePriority(execution(flow, AUTHENTICATOR).getId());
        }
    }

    private static AuthenticationExecutionInfoRepresentation execution(String flow, String provider) {
        return flows().getExecutions(flow).stream()
                .filter(execution -> provider.equals(execution.getProviderId()))
                .findFirst()
                .orElseThrow();
    }

    private static AuthenticationManagementResource flows() {
        return tenant.admin().realm().flows();
    }
}
