package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.FreePorts;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;

/** ADM-9: the doctor looks at a real realm and sees what was done to it; what it makes of it is shown by its unit tests. */
@KeycloakTest
class SsoDoctorIT {

    @AutoClose
    static Tenant tenant;

    static People people;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-doctor");
        people = People.in(tenant);
    }

    @BeforeEach
    void enforcing() {
        tenant.policy("ENFORCE");
    }

    @Test
    @DisplayName("a realm that was set up by the book has nothing that fails")
    void byTheBook() {
        people.passes(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD));

        Answer answer = tenant.admin().get("/sso-policy/doctor");

        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        assertThat(answer.at("/count/FAIL")).as("%s", answer).isEqualTo("0");
        for (String check : List.of(
                "kill-switch",
                "output-gates",
                "mode",
                "policy",
                "required-action",
                "required-action-first",
                "provider-enabled",
                "provider-reachable",
                "provider-used",
                "provider-signature",
                "provider-claims",
                "provider-groups",
                "session-notes",
                "exempt-role",
                "exempt-role-mappers",
                "brute-force",
                "events")) {
            assertThat(finding(answer, check).path("status").asText()).as(check).isEqualTo("PASS");
        }
        assertThat(finding(answer, "provider-reachable").path("message").asText())
                .contains("/realms/sso-doctor-okta/protocol/openid-connect/certs answers 200");
        assertThat(finding(answer, "exempt-administrators").path("message").asText())
                .contains(Tenant.OWNER);
        assertThat(finding(answer, "exempt-second-factor").toString()).contains("WARN", Tenant.OWNER);
        assertThat(finding(answer, "other-providers").path("message").asText()).contains("'social'");
        assertThat(finding(answer, "reset-credentials").path("fix").asText()).contains("enforce-sso-authenticator");
        assertThat(finding(answer, "reset-second-factor").path("fix").asText()).contains("Force login after reset");
    }

    @Test
    @DisplayName("asks no provider if it is told not to")
    void withoutProbe() {
        assertThat(finding(doctor("?probe=false"), "provider-reachable")
                        .path("status")
                        .asText())
                .isEqualTo("INFO");
        assertThat(tenant.admin().get("/sso-policy/doctor?probe=perhaps").at("/errors/0/field"))
                .isEqualTo("probe");
    }

    @Test
    @DisplayName("CON-13 a provider that nobody has signed in with, and one that does not answer")
    void providerOutOfOrder() {
        IdentityProviderRepresentation silent = new IdentityProviderRepresentation();
        silent.setAlias("silent");
        silent.setProviderId("oidc");
        silent.setEnabled(true);
        String address = "http://localhost:" + FreePorts.next();
        silent.setConfig(Map.of(
                "authorizationUrl",
                address + "/auth",
                "tokenUrl",
                address + "/token",
                "jwksUrl",
                address + "/keys",
                "useJwksUrl",
                "true",
                "validateSignature",
                "false",
                "clientId",
                "x",
                "clientSecret",
                "y",
                "clientAuthMethod",
                "client_secret_post"));
        tenant.admin().realm().identityProviders().create(silent).close();
        tenant.admin().put("/sso-policy", Map.of("mode", "ENFORCE", "allowedProviders", List.of("silent")));

        Answer answer = doctor("");

        tenant.admin().realm().identityProviders().get("silent").remove();
        assertThat(status(answer, "provider-reachable")).isEqualTo("FAIL");
        assertThat(finding(answer, "provider-reachable").path("message").asText())
                .contains(address + "/keys does not answer");
        assertThat(status(answer, "provider-used")).isEqualTo("FAIL");
        assertThat(status(answer, "provider-signature")).isEqualTo("WARN");
        assertThat(finding(answer, "provider-claims").toString()).contains("WARN", "firstName, lastName, email");
    }

    @Test
    @DisplayName(
            "CON-3 CON-9 CON-15 a SAML provider that brings half of the attributes and groups, and a mapper whose group is gone")
    void saml() {
        IdentityProviderRepresentation entra = new IdentityProviderRepresentation();
        entra.setAlias("entra");
        entra.setProviderId("saml");
        entra.setEnabled(true);
        entra.setConfig(Map.of(
                "singleSignOnServiceUrl",
                tenant.server().url() + "/realms/" + tenant.oktaRealm() + "/protocol/saml",
                "validateSignature",
                "true"));
        tenant.admin().realm().identityProviders().create(entra).close();
        mapper("entra", "mail", "saml-user-attribute-idp-mapper", Map.of("user.attribute", "email"));
        mapper("entra", "newcomers", "oidc-hardcoded-group-idp-mapper", Map.of("group", "/nowhere"));
        mapper(
                "entra",
                "engineers",
                "saml-advanced-group-idp-mapper",
                Map.of(
                        "attributes",
                        "[{\"key\":\"groups\",\"value\":\"engineers\"}]",
                        "group",
                        "/teams",
                        "syncMode",
                        "INHERIT"));
        tenant.admin().put("/sso-policy", Map.of("mode", "ENFORCE", "allowedProviders", List.of("entra")));

        Answer answer = doctor("");

        tenant.admin().realm().identityProviders().get("entra").remove();
        assertThat(finding(answer, "provider-claims").toString()).contains("WARN", ": firstName, lastName\"");
        assertThat(finding(answer, "provider-groups").toString()).contains("WARN", "newcomers");
        assertThat(finding(answer, "provider-group-claim").toString()).contains("INFO", ": engineers.");
        assertThat(finding(answer, "provider-reachable").toString()).contains("PASS", "/protocol/saml answers");
    }

    @Test
    @DisplayName(
            "ENF-10 CON-14 a provider that was disabled, and the SCIM connection that still provisions people for it")
    void providerDisabled() {
        tenant.connect("directory", Map.of());
        assertThat(status(doctor("?probe=false"), "scim-connections")).isEqualTo("PASS");
        var okta = tenant.admin().realm().identityProviders().get(Tenant.OKTA);
        IdentityProviderRepresentation representation = okta.toRepresentation();
        representation.setEnabled(false);
        okta.update(representation);

        Answer answer = doctor("");

        representation.setEnabled(true);
        okta.update(representation);
        tenant.admin().delete("/scim-connections/" + tenant.connectionId("directory"));
        assertThat(status(answer, "provider-enabled")).isEqualTo("FAIL");
        assertThat(status(answer, "policy")).isEqualTo("FAIL");
        assertThat(finding(answer, "scim-connections").toString()).contains("WARN", "'directory'", "'okta'");
    }

    @Test
    @DisplayName("EXM-4 every way in which people get the exempt role without an administrator's decision")
    void roleLeaks() {
        RoleRepresentation exempt =
                tenant.admin().realm().roles().get("sso-exempt").toRepresentation();
        tenant.admin().realm().roles().create(new RoleRepresentation("night-shift", null, false));
        tenant.admin().realm().roles().get("night-shift").addComposites(List.of(exempt));
        GroupRepresentation pushed = new GroupRepresentation();
        pushed.setName("from okta");
        pushed.setAttributes(Map.of("scim.connection", List.of("42")));
        tenant.admin().realm().groups().add(pushed).close();
        String group = tenant.admin().realm().getGroupByPath("/from okta").getId();
        tenant.admin().realm().groups().group(group).roles().realmLevel().add(List.of(exempt));
        tenant.admin().realm().addDefaultGroup(group);
        mapper(Tenant.SOCIAL, "exempts", "oidc-hardcoded-role-idp-mapper", Map.of("role", "night-shift"));
        mapper(Tenant.SOCIAL, "joins", "oidc-hardcoded-group-idp-mapper", Map.of("group", "/from okta"));
        mapper(
                Tenant.SOCIAL,
                "forges",
                "hardcoded-user-session-attribute-idp-mapper",
                Map.of("attribute", "enforce-sso.provider", "attribute.value", "okta"));
        mapper(
                Tenant.SOCIAL,
                "harmless",
                "hardcoded-user-session-attribute-idp-mapper",
                Map.of("attribute", "colour", "attribute.value", "green"));

        Answer answer = doctor("");

        tenant.admin().realm().removeDefaultGroup(group);
        tenant.admin().realm().groups().group(group).remove();
        tenant.admin().realm().roles().deleteRole("night-shift");
        var social = tenant.admin().realm().identityProviders().get(Tenant.SOCIAL);
        social.getMappers().forEach(mapper -> social.delete(mapper.getId()));
        assertThat(finding(answer, "exempt-role").toString()).contains("FAIL", "/from okta");
        assertThat(finding(answer, "exempt-role-groups").toString()).contains("FAIL", "/from okta");
        assertThat(finding(answer, "exempt-role-composites").toString()).contains("WARN", "night-shift");
        assertThat(finding(answer, "exempt-role-mappers").toString())
                .contains("FAIL", "'exempts' of 'social'", "'joins' of 'social'");
        assertThat(finding(answer, "session-notes").toString())
                .contains("FAIL", "'forges' of 'social'")
                .doesNotContain("harmless");
    }

    @Test
    @DisplayName("settings of the realm: flows, required action, registration, editable address, brute force, events")
    void realmSettings() {
        RealmRepresentation before = tenant.admin().realm().toRepresentation();
        tenant.admin()
                .put(
                        "/sso-policy",
                        Map.of(
                                "mode",
                                "ENFORCE",
                                "allowedProviders",
                                List.of("okta"),
                                "scope",
                                List.of("DOMAINS"),
                                "domains",
                                List.of(Map.of("domain", "acme.test"))));
        RealmRepresentation careless = tenant.admin().realm().toRepresentation();
        careless.setRegistrationAllowed(true);
        careless.setResetPasswordAllowed(false);
        careless.setBruteForceProtected(false);
        careless.setEventsEnabled(false);
        careless.setAccessTokenLifespan(7200);
        tenant.admin().realm().update(careless);
        RequiredActionProviderRepresentation action =
                tenant.admin().realm().flows().getRequiredAction("enforce-sso");
        action.setPriority(5000);
        tenant.admin().realm().flows().updateRequiredAction("enforce-sso", action);

        Answer answer = doctor("");

        tenant.admin().realm().update(before);
        assertThat(status(answer, "registration")).isEqualTo("WARN");
        assertThat(status(answer, "reset-credentials")).isEqualTo("PASS");
        assertThat(status(answer, "editable-email")).isEqualTo("FAIL");
        assertThat(status(answer, "brute-force")).isEqualTo("WARN");
        assertThat(status(answer, "events")).isEqualTo("WARN");
        assertThat(status(answer, "required-action-first")).isEqualTo("WARN");
        assertThat(finding(answer, "issued-tokens").toString()).contains("WARN", "120 minutes");
    }

    @Test
    @DisplayName("a client with a flow of its own is named, and one that has the authenticator in it is not")
    void clientFlows() {
        tenant.admin()
                .realm()
                .flows()
                .copy("direct grant", Map.of("newName", "bare"))
                .close();
        String flow = tenant.admin().realm().flows().getFlows().stream()
                .filter(other -> other.getAlias().equals("bare"))
                .findFirst()
                .orElseThrow()
                .getId();
        var app = tenant.admin().realm().clients().findByClientId("app").get(0);
        app.setAuthenticationFlowBindingOverrides(Map.of("direct_grant", flow));
        tenant.admin().realm().clients().get(app.getId()).update(app);
        Answer bare = doctor("?probe=false");
        tenant.admin().realm().flows().addExecution("bare", Map.of("provider", "enforce-sso-authenticator"));
        var step = tenant.admin().realm().flows().getExecutions("bare").stream()
                .filter(execution -> "enforce-sso-authenticator".equals(execution.getProviderId()))
                .findFirst()
                .orElseThrow();
        step.setRequirement("REQUIRED");
        tenant.admin().realm().flows().updateExecutions("bare", step);
        Answer gated = doctor("?probe=false");

        app.setAuthenticationFlowBindingOverrides(Map.of("direct_grant", ""));
        tenant.admin().realm().clients().get(app.getId()).update(app);
        assertThat(finding(bare, "client-flows").toString()).contains("INFO", "app");
        assertThat(status(gated, "client-flows")).isEqualTo("PASS");
    }

    private static void mapper(String alias, String name, String type, Map<String, String> config) {
        IdentityProviderMapperRepresentation mapper = new IdentityProviderMapperRepresentation();
        mapper.setName(name);
        mapper.setIdentityProviderAlias(alias);
        mapper.setIdentityProviderMapper(type);
        mapper.setConfig(config);
        tenant.admin().realm().identityProviders().get(alias).addMapper(mapper).close();
    }

    private static Answer doctor(String query) {
        return tenant.admin().get("/sso-policy/doctor" + query);
    }

    private static String status(Answer answer, String check) {
        return finding(answer, check).path("status").asText();
    }

    private static JsonNode finding(Answer answer, String check) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
        return StreamSupport.stream(answer.body().path("findings").spliterator(), false)
                .filter(finding -> check.equals(finding.path("check").asText()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No finding of " + check + " in " + answer));
    }
}
