package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
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
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;

/** The three modes, switched while the server runs, and a policy that got damaged on its way in. */
@KeycloakTest
class ModesIT {

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-modes");
        people = People.in(tenant);
    }

    @BeforeEach
    void nothingHappened() {
        tenant.admin().realm().logoutAll();
        tenant.admin().realm().clearEvents();
    }

    @Test
    @DisplayName("ENF-1 OFF: password, social and SSO all work, and nothing is recorded")
    void off() {
        tenant.policy("OFF");

        everybodyPasses();

        assertThat(refusals()).isEmpty();
    }

    @Test
    @DisplayName("REPORT: nobody is refused, and what ENFORCE would refuse is recorded once for each login")
    void report() {
        tenant.policy("REPORT");

        everybodyPasses();

        assertThat(refusals())
                .allSatisfy(event -> assertThat(event.getUserId()).isEqualTo(people.nina))
                .extracting(event -> event.getDetails().get("enforced")
                        + " " + event.getDetails().get("method")
                        + " " + event.getDetails().get("reason"))
                .containsExactlyInAnyOrder(
                        "false auth-username-password-form local_login",
                        "false broker other_provider",
                        "false password local_login");
    }

    @Test
    @DisplayName("ENF-1 switching on acts at once, switching off too")
    void switching() {
        tenant.policy("ENFORCE");
        people.isRefused(people.browser().loginByPassword(NINA, PASSWORD), people.nina);

        tenant.policy("OFF");
        people.passes(people.browser().loginByPassword(NINA, PASSWORD));
    }

    @Test
    @DisplayName("ENF-16 social login belongs to the passwords: it goes with them, and only enforcement takes it away")
    void social() {
        for (String mode : List.of("OFF", "REPORT")) {
            tenant.policy(mode);
            people.passes(people.browser().loginByPassword(NINA, PASSWORD));
            people.passes(people.browser().loginThrough(Tenant.SOCIAL, NINA, SOCIAL_PASSWORD));
        }
        tenant.admin().realm().logoutAll();

        tenant.policy("ENFORCE");
        people.isRefused(people.browser().loginByPassword(NINA, PASSWORD), people.nina);
        people.isRefused(people.browser().loginThrough(Tenant.SOCIAL, NINA, SOCIAL_PASSWORD), people.nina);

        tenant.admin()
                .put("/sso-policy", Map.of("mode", "ENFORCE", "allowedProviders", List.of(Tenant.OKTA, Tenant.SOCIAL)));
        people.isRefused(people.browser().loginByPassword(NINA, PASSWORD), people.nina);
        people.passes(people.browser().loginThrough(Tenant.SOCIAL, NINA, SOCIAL_PASSWORD));
    }

    @Test
    @DisplayName("ENF-10 with the provider disabled exempt people still get in and nobody else")
    void providerDisabled() {
        tenant.policy("ENFORCE");
        var okta = tenant.admin().realm().identityProviders().get(Tenant.OKTA);
        var disabled = okta.toRepresentation();
        disabled.setEnabled(false);
        okta.update(disabled);

        var page = people.browser().loginByPassword(NINA, PASSWORD);

        assertThat(page.isClient()).isFalse();
        assertThat(page.text()).contains("Ask your administrator");
        assertThat(page.has("#enforce-sso-form")).isFalse();
        people.passes(people.browser().loginByPassword(EMMA, PASSWORD));
        disabled.setEnabled(true);
        okta.update(disabled);
    }

    @Test
    @DisplayName("ENF-10 a removed provider leaves the policy: whoever makes a new one of its name is not trusted")
    void providerRemoved(KeycloakServer keycloak) {
        try (Tenant other = Tenant.create(keycloak, "sso-removed")) {
            People there = People.in(other);
            other.policy("ENFORCE");
            var okta = other.admin().realm().identityProviders().get(Tenant.OKTA);
            var representation = okta.toRepresentation();
            representation.getConfig().put("clientSecret", "broker-secret");
            other.oktaUser("newcomer@acme.test", OKTA_PASSWORD);

            okta.remove();
            other.admin().realm().identityProviders().create(representation).close();

            Answer policy = other.admin().get("/sso-policy");
            assertThat(policy.at("/mode")).isEqualTo("ENFORCE");
            assertThat(policy.body().at("/allowedProviders")).isEmpty();
            var refused = there.browser().loginThrough(Tenant.OKTA, "newcomer@acme.test", OKTA_PASSWORD);
            assertThat(refused.isClient()).as("%s", refused).isFalse();
            assertThat(refused.text()).contains("Ask your administrator");
            there.passes(there.browser().loginByPassword(EMMA, PASSWORD));
            assertThat(other.adminEvents().stream()
                            .filter(event -> "SSO_POLICY".equals(event.getResourceType()))
                            .findFirst()
                            .orElseThrow())
                    .satisfies(event -> {
                        assertThat(event.getResourcePath()).isEqualTo("sso-policy");
                        assertThat(event.getAuthDetails().getUserId()).isNotBlank();
                        assertThat(event.getRepresentation())
                                .contains("\"removedProvider\":\"okta\"", "\"allowedProviders\":[]");
                    });
        }
    }

    @Test
    @DisplayName("a policy that was cleared in the stock console is OFF")
    void cleared() {
        tenant.policy("ENFORCE");
        tenant.admin().realm().flows().removeRequiredActionConfig("enforce-sso");

        assertThat(tenant.admin().get("/sso-policy").at("/mode")).isEqualTo("OFF");
        everybodyPasses();
    }

    @Test
    @DisplayName("a damaged policy fails closed for non-exempt people, and is never a 500")
    void damaged(KeycloakServer keycloak) {
        try (Tenant imported = Tenant.create(keycloak, "sso-damaged", realm -> damage(realm, "ENFOCRE", Tenant.OKTA))) {
            People there = People.in(imported);

            there.isRefused(there.browser().loginByPassword(NINA, PASSWORD), there.nina);
            there.isRefused(there.browser().directGrant(NINA, PASSWORD), there.nina);
            there.passes(there.browser().loginByPassword(EMMA, PASSWORD));
            there.passes(there.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
            assertThat(keycloak.log()).contains("realm sso-damaged cannot be read (mode 'ENFOCRE'");
            assertThat(EnforcedRoutesIT.newestRefusal(imported, there.nina).getDetails())
                    .containsEntry("reason", "damaged_policy");
            assertThat(doctor(imported)).contains("\"check\":\"policy\",\"status\":\"FAIL\"", "ENFOCRE");
        }
    }

    @Test
    @DisplayName("ENFORCE with the rest of the policy missing fails closed for non-exempt people, and is never a 500")
    void missing(KeycloakServer keycloak) {
        try (Tenant imported = Tenant.create(keycloak, "sso-missing", realm -> damage(realm, "ENFORCE", ""))) {
            People there = People.in(imported);

            Page refused = there.browser().loginByPassword(NINA, PASSWORD);
            assertThat(refused.isClient()).as("%s", refused).isFalse();
            assertThat(refused.status()).isEqualTo(200);
            assertThat(refused.text()).contains("Ask your administrator");
            there.nothingIsLeftOf(there.nina);
            there.isRefused(there.browser().directGrant(NINA, PASSWORD), there.nina);
            there.passes(there.browser().loginByPassword(EMMA, PASSWORD));
            assertThat(keycloak.log()).contains("realm sso-missing is enforced and names no identity provider");
            assertThat(EnforcedRoutesIT.newestRefusal(imported, there.nina).getDetails())
                    .containsEntry("reason", "damaged_policy");
            assertThat(doctor(imported))
                    .contains(
                            "\"check\":\"policy\",\"status\":\"FAIL\"", "needs at least one enabled identity provider");
        }
    }

    private static String doctor(Tenant realm) {
        Answer answer = realm.admin().get("/sso-policy/doctor?probe=false");
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return answer.text();
    }

    private static void damage(RealmRepresentation realm, String mode, String providers) {
        RequiredActionProviderRepresentation action = new RequiredActionProviderRepresentation();
        action.setAlias("enforce-sso");
        action.setProviderId("enforce-sso");
        action.setName("Enforce single sign-on");
        action.setEnabled(true);
        action.setPriority(-100);
        action.setConfig(Map.of("mode", mode, "allowedProviders", providers));
        realm.setRequiredActions(List.of(action));
    }

    private static void everybodyPasses() {
        Answer tokens = people.passes(people.browser().loginByPassword(NINA, PASSWORD));
        people.works(people.browser().refresh(tokens.at("/refresh_token")));
        people.passes(people.browser().loginThrough(Tenant.SOCIAL, NINA, SOCIAL_PASSWORD));
        people.works(people.browser().directGrant(NINA, PASSWORD));
        people.passes(people.browser().loginByPassword(EMMA, PASSWORD));
        people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));
    }

    private static List<EventRepresentation> refusals() {
        return tenant.events("LOGIN_ERROR").stream()
                .filter(event -> "sso_required".equals(event.getError()))
                .toList();
    }
}
