package io.github.enterprisesso.it.sso;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.BadRequestException;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.RequiredActionConfigRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** {@code /admin/realms/{realm}/sso-policy} and the form of the stock console: what is saved, by whom, and what is not. */
@KeycloakTest
@Tag("h2")
class SsoPolicyAdminIT {

    @AutoClose
    static Tenant tenant;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-admin");
    }

    @BeforeEach
    void off() {
        tenant.policy("OFF");
    }

    @Test
    @DisplayName("a new realm has the defaults: OFF")
    void defaults(KeycloakServer keycloak) {
        try (Tenant fresh = Tenant.create(keycloak, "sso-defaults")) {
            Answer answer = fresh.admin().get("/sso-policy");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.at("/mode")).isEqualTo("OFF");
            assertThat(answer.body().at("/allowedProviders")).isEmpty();
            assertThat(answer.at("/exemptRole")).isEqualTo("sso-exempt");
        }
    }

    @Test
    @DisplayName("what was put is what is got, and the action is registered, enabled and the first")
    void roundTrip() {
        Answer put = put(Map.of("mode", "ENFORCE", "allowedProviders", List.of("okta"), "exemptRole", "sso-exempt"));

        assertThat(put.status()).as("%s", put).isEqualTo(200);
        assertThat(tenant.admin().get("/sso-policy").body()).isEqualTo(put.body());
        List<RequiredActionProviderRepresentation> actions =
                tenant.admin().realm().flows().getRequiredActions();
        assertThat(actions)
                .filteredOn(action -> action.getAlias().equals("enforce-sso"))
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.isEnabled()).isTrue();
                    assertThat(action.getPriority())
                            .isLessThanOrEqualTo(-100)
                            .isEqualTo(actions.stream()
                                    .mapToInt(RequiredActionProviderRepresentation::getPriority)
                                    .min()
                                    .orElseThrow());
                });
    }

    @Test
    @DisplayName("the exempt role is created if the realm has none of that name")
    void createsTheRole() {
        Answer answer = put(Map.of("mode", "REPORT", "allowedProviders", List.of("okta"), "exemptRole", "break-glass"));

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(tenant.admin()
                        .realm()
                        .roles()
                        .get("break-glass")
                        .toRepresentation()
                        .getDescription())
                .isNotBlank();
        assertThat(newestEvent().getRepresentation()).contains("\"createdRole\":\"break-glass\"");
    }

    @Test
    @DisplayName("AUD-3 the change is an admin event with the old and the new policy")
    void adminEvent() throws Exception {
        put(Map.of("mode", "REPORT", "allowedProviders", List.of("okta")));

        AdminEventRepresentation event = newestEvent();
        assertThat(event.getOperationType()).isEqualTo("UPDATE");
        JsonNode change = new ObjectMapper().readTree(event.getRepresentation());
        assertThat(change.at("/old/mode").asText()).isEqualTo("OFF");
        assertThat(change.at("/new/mode").asText()).isEqualTo("REPORT");
        assertThat(change.at("/new/allowedProviders/0").asText()).isEqualTo("okta");
    }

    @Nested
    @DisplayName("ENF-9 CON-12 ENFORCE is refused, field by field, and nothing is saved,")
    class LockOutGuard {

        @Test
        @DisplayName("for an unknown provider")
        void unknownProvider() {
            Answer answer = put(Map.of("mode", "ENFORCE", "allowedProviders", List.of("okta", "entra")));

            complains(answer, "allowedProviders", "no identity provider 'entra'", "okta, social");
        }

        @Test
        @DisplayName("for a disabled provider")
        void disabledProvider() {
            var social = tenant.admin().realm().identityProviders().get(Tenant.SOCIAL);
            var provider = social.toRepresentation();
            provider.setEnabled(false);
            social.update(provider);

            Answer answer = put(Map.of("mode", "ENFORCE", "allowedProviders", List.of("social")));

            provider.setEnabled(true);
            social.update(provider);
            complains(answer, "allowedProviders", "'social' is disabled");
        }

        @Test
        @DisplayName("for no provider at all")
        void noProvider() {
            complains(put(Map.of("mode", "ENFORCE")), "allowedProviders", "at least one");
        }

        @Test
        @DisplayName("for a mode that is none")
        void unknownMode() {
            complains(put(Map.of("mode", "ON", "allowedProviders", List.of("okta"))), "mode", "[OFF, REPORT, ENFORCE]");
        }

        @Test
        @DisplayName("for an exempt role that no administrator holds")
        void noExemptAdministrator() {
            complains(
                    put(Map.of("mode", "ENFORCE", "allowedProviders", List.of("okta"), "exemptRole", "Guest")),
                    "exemptRole",
                    "'Guest'",
                    "manage-realm");
        }

        @Test
        @DisplayName("while the only exempt administrator is disabled")
        void disabledAdministrator() {
            UserRepresentation owner = owner();
            owner.setEnabled(false);
            tenant.admin().realm().users().get(owner.getId()).update(owner);

            Answer answer = put(Map.of("mode", "ENFORCE", "allowedProviders", List.of("okta")));

            owner.setEnabled(true);
            tenant.admin().realm().users().get(owner.getId()).update(owner);
            complains(answer, "exemptRole", "No enabled user");
        }

        @Test
        @DisplayName("for an exempt role that everybody has")
        void everybodyIsExempt() {
            complains(
                    put(Map.of(
                            "mode",
                            "ENFORCE",
                            "allowedProviders",
                            List.of("okta"),
                            "exemptRole",
                            "default-roles-sso-admin")),
                    "exemptRole",
                    "Every user has");
        }

        @Test
        @DisplayName("with every complaint at once")
        void everything() {
            Answer answer = put(Map.of("mode", "ENFORCE", "exemptRole", "Guest"));

            assertThat(fields(answer)).containsExactlyInAnyOrder("allowedProviders", "exemptRole");
        }

        @Test
        @DisplayName("for the master realm without the server option")
        void master(KeycloakServer keycloak) {
            try (AdminClient master = AdminClient.ofMaster(keycloak, "master")) {
                Answer answer = master.put("/sso-policy", Map.of("mode", "ENFORCE"));

                assertThat(answer.status()).isEqualTo(400);
                assertThat(fields(answer)).contains("mode");
                assertThat(answer.text()).contains("--spi-required-action--enforce-sso--master=true");
                assertThat(master.get("/sso-policy").at("/mode")).isEqualTo("OFF");
            }
        }

        @Test
        @DisplayName("but an exempt administrator by a group is enough")
        void administratorByGroup() {
            String deputy = tenant.localUser("deputy@tenant.test", "deputy-password");
            GroupRepresentation group = new GroupRepresentation();
            group.setName("break glass");
            tenant.admin().realm().groups().add(group).close();
            String groupId =
                    tenant.admin().realm().getGroupByPath("/break glass").getId();
            tenant.admin()
                    .realm()
                    .groups()
                    .group(groupId)
                    .roles()
                    .realmLevel()
                    .add(List.of(
                            tenant.admin().realm().roles().get("sso-exempt").toRepresentation()));
            tenant.admin().realm().users().get(deputy).joinGroup(groupId);
            tenant.grantManagement(deputy, "manage-realm");
            UserRepresentation owner = owner();
            owner.setEnabled(false);
            tenant.admin().realm().users().get(owner.getId()).update(owner);

            Answer answer = put(Map.of("mode", "ENFORCE", "allowedProviders", List.of("okta")));

            owner.setEnabled(true);
            tenant.admin().realm().users().get(owner.getId()).update(owner);
            tenant.admin().realm().users().get(deputy).remove();
            assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        }

        private void complains(Answer answer, String field, String... words) {
            assertThat(answer.status()).as("%s", answer).isEqualTo(400);
            assertThat(answer.at("/errorMessage")).isNotBlank();
            assertThat(fields(answer)).containsExactly(field);
            assertThat(answer.at("/errors/0/errorMessage")).contains(words);
            assertThat(tenant.admin().get("/sso-policy").at("/mode")).isEqualTo("OFF");
        }

        private UserRepresentation owner() {
            return tenant.admin()
                    .realm()
                    .users()
                    .searchByUsername(Tenant.OWNER, true)
                    .get(0);
        }
    }

    @Test
    @DisplayName("ENF-9 the form of the stock console is checked in the same way")
    void stockForm() {
        var flows = tenant.admin().realm().flows();
        RequiredActionConfigRepresentation config = flows.getRequiredActionConfig("enforce-sso");
        config.setConfig(Map.of("mode", "ENFORCE", "allowedProviders", "entra", "exemptRole", "sso-exempt"));

        Assertions.assertThatThrownBy(() -> flows.updateRequiredActionConfig("enforce-sso", config))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        refused -> assertThat(refused.getResponse().readEntity(String.class))
                                .contains("allowedProviders")
                                .contains("no identity provider 'entra'"));

        config.setConfig(Map.of("mode", "ENFORCE", "allowedProviders", "okta", "exemptRole", "sso-exempt"));
        flows.updateRequiredActionConfig("enforce-sso", config);
        assertThat(tenant.admin().get("/sso-policy").at("/mode")).isEqualTo("ENFORCE");
        assertThat(flows.getRequiredActionConfigDescription("enforce-sso").getProperties())
                .extracting(property -> property.getName())
                .containsExactly(
                        "mode",
                        "allowedProviders",
                        "scope",
                        "domains",
                        "exemptRole",
                        "exceptedClients",
                        "impersonation",
                        "sessionsOnEnforce",
                        "notifyExemptions",
                        "enforceMaster");
    }

    @Test
    @DisplayName("ENF-9 OFF and REPORT are ways out: the form saves them with the alias of a provider that is gone")
    void stockFormWithUnknownProvider() {
        var flows = tenant.admin().realm().flows();
        RequiredActionConfigRepresentation config = flows.getRequiredActionConfig("enforce-sso");
        for (String mode : List.of("REPORT", "OFF")) {
            config.setConfig(Map.of("mode", mode, "allowedProviders", "entra", "exemptRole", "sso-exempt"));

            flows.updateRequiredActionConfig("enforce-sso", config);

            assertThat(tenant.admin().get("/sso-policy").at("/mode")).isEqualTo(mode);
        }
    }

    @Test
    @DisplayName("ENF-9 OFF is saved even if everybody has the exempt role, REPORT is not")
    void offWithEverybodyExempt() {
        String everybody = "default-roles-sso-admin";

        assertThat(put(Map.of("mode", "OFF", "exemptRole", everybody)).status()).isEqualTo(200);
        assertThat(fields(put(Map.of("mode", "REPORT", "exemptRole", everybody))))
                .containsExactly("exemptRole");
    }

    @Test
    @DisplayName("every field is checked, with one message for each")
    void everyField() {
        Answer answer = put(Map.ofEntries(
                Map.entry("mode", "ENFORCE"),
                Map.entry("allowedProviders", List.of("okta")),
                Map.entry("scope", List.of("DOMAINS", "EVERYBODY")),
                Map.entry(
                        "domains",
                        List.of(
                                Map.of("domain", "acme.test", "providers", List.of()),
                                Map.of("domain", "ACME.test"),
                                Map.of("domain", "@acme"),
                                Map.of("domain", "corp.test", "providers", List.of("entra")))),
                Map.entry("exceptedClients", List.of("nowhere")),
                Map.entry("impersonation", "MAYBE"),
                Map.entry("sessionsOnEnforce", "LATER"),
                Map.entry("organizations", Map.of("globex", "ENFORCE"))));

        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        assertThat(fields(answer))
                .containsExactlyInAnyOrder(
                        "scope", "domains", "exceptedClients", "impersonation", "sessionsOnEnforce", "organizations");
        assertThat(answer.text())
                .contains(
                        "'EVERYBODY' is none of the allowed words [REALM, ORGANIZATIONS, DOMAINS, LINKED]",
                        "The domain 'acme.test' has no identity provider",
                        "The domain 'acme.test' is there twice",
                        "'@acme' is no e-mail domain",
                        "There is no identity provider 'entra'",
                        "There is no client 'nowhere'",
                        "'MAYBE' is none of the allowed words [ALLOW, REFUSE]",
                        "'LATER' is none of the allowed words [KEEP, END]",
                        "Organizations are switched off");
    }

    @Test
    @DisplayName("a policy without a mode is a 400, a scope of domains needs one, organizations must be switched on")
    void incomplete() {
        assertThat(fields(put(Map.of("allowedProviders", List.of("okta"))))).containsExactly("mode");
        assertThat(fields(put(
                        Map.of("mode", "ENFORCE", "allowedProviders", List.of("okta"), "scope", List.of("DOMAINS")))))
                .containsExactly("domains");
        assertThat(fields(put(Map.of("mode", "ENFORCE", "scope", List.of("LINKED")))))
                .containsExactly("allowedProviders");
        assertThat(fields(put(Map.of("mode", "ENFORCE", "scope", List.of("ORGANIZATIONS")))))
                .containsExactly("scope");
    }

    @Test
    @DisplayName("validateOnly checks and saves nothing")
    void validateOnly() {
        Answer good = tenant.admin()
                .put(
                        "/sso-policy?validateOnly=true",
                        Map.of("mode", "ENFORCE", "allowedProviders", List.of("okta"), "exemptRole", "sso-exempt"));
        Answer bad = tenant.admin()
                .put("/sso-policy?validateOnly=true", Map.of("mode", "ENFORCE", "allowedProviders", List.of("entra")));

        assertThat(good.status()).as("%s", good).isEqualTo(204);
        assertThat(fields(bad)).containsExactly("allowedProviders");
        assertThat(tenant.admin().get("/sso-policy").at("/mode")).isEqualTo("OFF");
    }

    @Test
    @DisplayName("what was put is what is got, with every option")
    void everyOption() {
        Map<String, Object> policy = Map.ofEntries(
                Map.entry("mode", "ENFORCE"),
                Map.entry("allowedProviders", List.of("okta")),
                Map.entry("scope", List.of("DOMAINS", "LINKED")),
                Map.entry(
                        "domains",
                        List.of(
                                Map.of("domain", "acme.test"),
                                Map.of("domain", "corp.test", "providers", List.of("social", "okta")))),
                Map.entry("organizations", Map.of()),
                Map.entry("exemptRole", "sso-exempt"),
                Map.entry("exceptedClients", List.of("admin-cli")),
                Map.entry("impersonation", "REFUSE"),
                Map.entry("sessionsOnEnforce", "END"),
                Map.entry("notifyExemptions", true),
                Map.entry("enforceMaster", false));

        Answer put = put(policy);

        assertThat(put.status()).as("%s", put).isEqualTo(200);
        assertThat(put.body()).isEqualTo(new ObjectMapper().valueToTree(policy));
        assertThat(tenant.admin().get("/sso-policy").body()).isEqualTo(put.body());
    }

    @Test
    @DisplayName("a body that is no policy is a 400")
    void badBodies() {
        assertThat(tenant.admin().put("/sso-policy", "{\"mode\":").status()).isEqualTo(400);
        assertThat(tenant.admin().put("/sso-policy", "[]").status()).isEqualTo(400);
        assertThat(tenant.admin().put("/sso-policy", "").status()).isEqualTo(400);
        assertThat(tenant.admin().put("/sso-policy", "{\"mdoe\":\"OFF\"}").status())
                .isEqualTo(400);
    }

    @Test
    @DisplayName("ADM-6 reading needs view-realm, writing manage-realm, and a stranger gets neither")
    void permissions(KeycloakServer keycloak) {
        String viewer = tenant.localUser("viewer@tenant.test", "viewer-password");
        tenant.grantManagement(viewer, "view-realm");
        tenant.localUser("nobody@tenant.test", "nobody-password");
        AdminClient reads = tenant.adminAs("viewer@tenant.test", "viewer-password");
        AdminClient stranger = tenant.adminAs("nobody@tenant.test", "nobody-password");
        AdminClient owner = tenant.adminAs(Tenant.OWNER, Tenant.OWNER_PASSWORD);
        Map<String, String> policy = Map.of("mode", "OFF");

        assertThat(reads.get("/sso-policy").status()).isEqualTo(200);
        assertThat(reads.put("/sso-policy", policy).status()).isEqualTo(403);
        assertThat(stranger.get("/sso-policy").status()).isEqualTo(403);
        assertThat(stranger.put("/sso-policy", policy).status()).isEqualTo(403);
        assertThat(owner.get("/sso-policy").status()).isEqualTo(200);
        assertThat(owner.put("/sso-policy", policy).status()).isEqualTo(200);
    }

    private static Answer put(Map<String, ?> policy) {
        return tenant.admin().put("/sso-policy", policy);
    }

    private static List<String> fields(Answer answer) {
        return StreamSupport.stream(answer.body().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText())
                .toList();
    }

    private static AdminEventRepresentation newestEvent() {
        return tenant.adminEvents().stream()
                .filter(event -> "SSO_POLICY".equals(event.getResourceType()))
                .findFirst()
                .orElseThrow();
    }
}
