package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.EMMA;
import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.IdentityProviderRepresentation;
import org.keycloak.representations.idm.OrganizationDomainRepresentation;
import org.keycloak.representations.idm.OrganizationRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Whom the policy is for. Frank is of no enforced domain and linked to nobody, Gina is a member of the organization Globex,
 * whose own provider {@code globex} is a second door to the same people as {@code okta}.
 */
@KeycloakTest
class ScopesIT {

    private static final String FRANK = "frank@free.test";
    private static final String GINA = "gina@globex.test";
    private static final String GLOBEX = "globex";
    private static final String LEGACY = "legacy-cli";

    @AutoClose
    static Tenant tenant;

    static People people;
    static String frank;
    static String gina;
    static String globex;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "sso-scopes", realm -> realm.setOrganizationsEnabled(true));
        people = People.in(tenant);
        frank = tenant.localUser(FRANK, PASSWORD);
        makeGlobex();
        gina = tenant.localUser(GINA, PASSWORD);
        String atOkta = tenant.oktaUser(GINA, OKTA_PASSWORD);
        tenant.link(gina, Tenant.OKTA, atOkta, GINA);
        tenant.link(gina, GLOBEX, atOkta, GINA);
        people.join(gina, Tenant.OKTA, GLOBEX);
        tenant.admin()
                .realm()
                .organizations()
                .get(globex)
                .members()
                .addMember(gina)
                .close();
        ClientRepresentation legacy = new ClientRepresentation();
        legacy.setClientId(LEGACY);
        legacy.setPublicClient(true);
        legacy.setDirectAccessGrantsEnabled(true);
        legacy.setRedirectUris(List.of(OidcBrowser.REDIRECT_URI));
        tenant.admin().realm().clients().create(legacy).close();
    }

    @BeforeEach
    void off() {
        policy(Map.of("mode", "OFF", "organizations", Map.of()));
        tenant.admin().realm().logoutAll();
    }

    @Test
    @DisplayName("ENF-15 scope DOMAINS: people of the domain must use its providers, others need not")
    void domains() {
        enforce(Map.of("scope", List.of("DOMAINS"), "domains", List.of(Map.of("domain", "acme.test"))));

        people.isRefused(people.browser().directGrant(NINA, PASSWORD), people.nina);
        people.isRefused(byPassword(NINA), people.nina);
        people.works(people.browser().directGrant(EMMA, PASSWORD));
        people.works(people.browser().directGrant(FRANK, PASSWORD));
        people.passes(through(Tenant.OKTA, OLGA, OKTA_PASSWORD));
    }

    @Test
    @DisplayName("ADM-4 the lists of people judge as the gates do: members of an organization, and others")
    void lists() {
        enforce(Map.of("scope", List.of("ORGANIZATIONS"), "organizations", Map.of(GLOBEX, "ENFORCE")));

        Answer member = tenant.admin().get("/sso-policy/users?search=" + GINA);
        Answer other = tenant.admin().get("/sso-policy/users?search=" + FRANK);
        Answer readiness = tenant.admin().get("/sso-policy/readiness");

        assertThat(member.at("/users/0/localLogin")).as("%s", member).isEqualTo("REFUSED");
        assertThat(other.at("/users/0/localLogin")).isEqualTo("ALLOWED");
        assertThat(other.at("/users/0/reason")).isEqualTo("out_of_scope");
        assertThat(readiness.body().path("users").findValuesAsText("username")).containsExactly(GINA);
        assertThat(readiness.body().at("/users/0/mustUse").toString()).isEqualTo("[\"globex\"]");
        assertThat(tenant.admin().get("/sso-policy/doctor?probe=false").text()).contains("'globex' is enabled");
    }

    @Test
    @DisplayName("ENF-15 who changes his own address leaves the scope DOMAINS, but not the scope LINKED")
    void ownAddress() {
        String lena = people.person("lena@acme.test");
        Map<String, ?> domain = Map.of("scope", List.of("DOMAINS"), "domains", List.of(Map.of("domain", "acme.test")));
        enforce(domain);
        people.isRefused(people.browser().directGrant("lena@acme.test", PASSWORD), lena);

        UserRepresentation moved = tenant.admin().realm().users().get(lena).toRepresentation();
        moved.setEmail("lena@private.test");
        tenant.admin().realm().users().get(lena).update(moved);
        people.isRefused(people.browser().directGrant("lena@acme.test", PASSWORD), lena);
        RealmRepresentation realm = tenant.admin().realm().toRepresentation();
        realm.setEditUsernameAllowed(true);
        tenant.admin().realm().update(realm);
        moved.setUsername("lena");
        tenant.admin().realm().users().get(lena).update(moved);
        people.works(people.browser().directGrant("lena", PASSWORD));
        tenant.admin().realm().logoutAll();

        Map<String, Object> both = new HashMap<>(domain);
        both.put("scope", List.of("DOMAINS", "LINKED"));
        enforce(both);
        people.isRefused(people.browser().directGrant("lena", PASSWORD), lena);
    }

    @Test
    @DisplayName("ENF-15 scope LINKED: people with an account at an allowed provider must use it, others need not")
    void linked() {
        enforce(Map.of("scope", List.of("LINKED")));

        people.isRefused(people.browser().directGrant(NINA, PASSWORD), people.nina);
        people.isRefused(through(Tenant.SOCIAL, NINA, SOCIAL_PASSWORD), people.nina);
        people.works(people.browser().directGrant(FRANK, PASSWORD));
        people.passes(through(Tenant.OKTA, OLGA, OKTA_PASSWORD));
    }

    @Test
    @DisplayName(
            "ENF-15 nobody leaves the scope LINKED by removing his own link in the account console, an exempt person may")
    void ownLink() {
        String liam = people.person("liam@acme.test");
        tenant.grant(people.person("lea@acme.test"), "sso-exempt");
        enforce(Map.of("scope", List.of("LINKED")));

        Answer refused = removeOwnLink("liam@acme.test", Tenant.OKTA);
        Answer social = removeOwnLink("liam@acme.test", Tenant.SOCIAL);
        Answer exempt = removeOwnLink("lea@acme.test", Tenant.OKTA);

        assertThat(refused.status()).as("%s", refused).isEqualTo(400);
        assertThat(refused.at("/errorMessage")).contains("this account stays linked");
        assertThat(tenant.events("REMOVE_FEDERATED_IDENTITY_ERROR"))
                .extracting(EventRepresentation::getUserId, EventRepresentation::getError)
                .containsExactly(tuple(liam, "sso_required"));
        assertThat(social.status()).as("%s", social).isEqualTo(204);
        assertThat(exempt.status()).as("%s", exempt).isEqualTo(204);
        tenant.admin().realm().logoutAll();
        people.join(liam, Tenant.OKTA);
        people.isRefused(people.browser().directGrant("liam@acme.test", PASSWORD), liam);
    }

    /** What the account console does for somebody who is signed in through Okta. */
    private static Answer removeOwnLink(String email, String alias) {
        String token = people.passes(through(Tenant.OKTA, email, OKTA_PASSWORD)).at("/access_token");
        return people.browser()
                .withHeader("Authorization", "Bearer " + token)
                .withHeader("Accept", "application/json")
                .delete(tenant.server()
                        .url()
                        .resolve("/realms/" + tenant.realm() + "/account/linked-accounts/" + alias));
    }

    @Test
    @DisplayName("CON-6 a provider of one domain is not trusted with the people of another")
    void foreignDomain() {
        enforce(Map.of(
                "allowedProviders",
                List.of(GLOBEX),
                "scope",
                List.of("DOMAINS"),
                "domains",
                List.of(Map.of("domain", "globex.test", "providers", List.of(Tenant.OKTA)))));

        Page refused = through(Tenant.OKTA, OLGA, OKTA_PASSWORD);

        assertThat(refused.isClient()).as("%s", refused).isFalse();
        assertThat(tenant.sessionsOf(people.olga)).isZero();
        assertThat(EnforcedRoutesIT.newestRefusal(tenant, people.olga).getDetails())
                .containsEntry("reason", "foreign_domain")
                .containsEntry("identity_provider", Tenant.OKTA);
        people.passes(through(Tenant.OKTA, GINA, OKTA_PASSWORD));
    }

    @Nested
    @DisplayName("ENF-15 scope ORGANIZATIONS:")
    class Organizations {

        @Test
        @DisplayName("members must use their organization's own provider, others need not")
        void ownProvider() {
            enforce(Map.of("scope", List.of("ORGANIZATIONS"), "organizations", Map.of(GLOBEX, "ENFORCE")));

            people.isRefused(people.browser().directGrant(GINA, PASSWORD), gina);
            Page offered = byPassword(GINA);
            assertThat(offered.has("#enforce-sso-globex")).as("%s", offered).isTrue();
            assertThat(offered.has("#enforce-sso-okta")).isFalse();
            assertThat(through(Tenant.OKTA, GINA, OKTA_PASSWORD).isClient()).isFalse();
            people.passes(through(GLOBEX, GINA, OKTA_PASSWORD));
            people.works(people.browser().directGrant(NINA, PASSWORD));
        }

        @Test
        @DisplayName("an organization may report while another enforces")
        void report() {
            enforce(Map.of("scope", List.of("ORGANIZATIONS"), "organizations", Map.of(GLOBEX, "REPORT")));

            people.works(people.browser().directGrant(GINA, PASSWORD));

            assertThat(EnforcedRoutesIT.newestRefusal(tenant, gina).getDetails())
                    .containsEntry("enforced", "false");
        }

        @Test
        @DisplayName("a member who may not see the organization as an administrator is a member all the same")
        void delegatedAdministrator() {
            RealmRepresentation realm = tenant.admin().realm().toRepresentation();
            realm.setAdminPermissionsEnabled(true);
            tenant.admin().realm().update(realm);
            String mia = tenant.localUser("mia@globex.test", PASSWORD);
            tenant.admin()
                    .realm()
                    .organizations()
                    .get(globex)
                    .members()
                    .addMember(mia)
                    .close();
            tenant.grantManagement(mia, "query-organizations");
            Answer tokens = people.browser().directGrant("mia@globex.test", PASSWORD);
            people.works(tokens);

            enforce(Map.of("scope", List.of("ORGANIZATIONS"), "organizations", Map.of(GLOBEX, "ENFORCE")));

            people.isRefused(people.browser().refresh(tokens.at("/refresh_token")), mia);
            realm.setAdminPermissionsEnabled(false);
            tenant.admin().realm().update(realm);
        }

        @Test
        @DisplayName("an attribute that is no mode enforces, and is never a 500")
        void damagedAttribute() {
            enforce(Map.of("scope", List.of("ORGANIZATIONS")));
            attribute("ENFOCRE");

            people.isRefused(people.browser().directGrant(GINA, PASSWORD), gina);
            people.works(people.browser().directGrant(FRANK, PASSWORD));

            attribute("ENFORCE");
        }

        @Test
        @DisplayName("the modes are attributes of the organizations, read and written with the policy")
        void attributes() {
            Answer put = put(Map.of("mode", "REPORT", "organizations", Map.of(GLOBEX, "REPORT")));

            assertThat(put.at("/organizations/globex")).isEqualTo("REPORT");
            assertThat(tenant.admin()
                            .realm()
                            .organizations()
                            .get(globex)
                            .toRepresentation()
                            .getAttributes())
                    .containsEntry("enforce-sso.mode", List.of("REPORT"));
            assertThat(put(Map.of("mode", "REPORT")).at("/organizations/globex"))
                    .as("absent leaves them alone")
                    .isEqualTo("REPORT");
            assertThat(put(Map.of("mode", "REPORT", "organizations", Map.of(GLOBEX, "OFF")))
                            .body()
                            .at("/organizations"))
                    .isEmpty();
        }

        @Test
        @DisplayName("unknown organizations, words that are no mode and organizations without a provider are a 400")
        void badModes() {
            OrganizationRepresentation empty = new OrganizationRepresentation();
            empty.setName("Empty");
            empty.setAlias("empty");
            empty.addDomain(new OrganizationDomainRepresentation("empty.test"));
            tenant.admin().realm().organizations().create(empty).close();

            assertThat(complaint(Map.of("mode", "REPORT", "organizations", Map.of("initech", "REPORT"))))
                    .isEqualTo("organizations: There is no organization 'initech' in the realm");
            assertThat(complaint(Map.of("mode", "REPORT", "organizations", Map.of(GLOBEX, "ON"))))
                    .isEqualTo(
                            "organizations: 'ON' is no mode for the organization 'globex'; allowed are [OFF, REPORT, ENFORCE]");
            assertThat(complaint(Map.of(
                            "mode",
                            "ENFORCE",
                            "scope",
                            List.of("ORGANIZATIONS"),
                            "organizations",
                            Map.of("empty", "ENFORCE"))))
                    .startsWith("organizations: The organization 'empty' has no enabled identity provider");
        }

        private void attribute(String word) {
            var organization = tenant.admin().realm().organizations().get(globex);
            OrganizationRepresentation representation = organization.toRepresentation();
            representation.setAttributes(Map.of("enforce-sso.mode", List.of(word)));
            organization.update(representation).close();
        }
    }

    @Test
    @DisplayName("an excepted client takes every login, and its session opens no other client")
    void exceptedClient() {
        enforce(Map.of("exceptedClients", List.of(LEGACY)));

        Answer legacy = people.browser()
                .token(Map.of("client_id", LEGACY, "grant_type", "password", "username", NINA, "password", PASSWORD));
        assertThat(legacy.status()).as("%s", legacy).isEqualTo(200);
        OidcBrowser browser = people.browser();
        Page signedIn = browser.login(Map.of("client_id", LEGACY, "login_hint", NINA))
                .submit("#kc-form-login", Map.of("username", NINA, "password", PASSWORD));
        assertThat(signedIn.code()).as("%s", signedIn).isPresent();

        Page other = browser.login();

        assertThat(other.isClient()).as("%s", other).isFalse();
        people.isRefused(people.browser().directGrant(FRANK, PASSWORD), frank);
    }

    @Test
    @DisplayName("realm export and import carry the policy, the modes of organizations included")
    void exportAndImport(KeycloakServer keycloak) {
        enforce(Map.of(
                "scope",
                List.of("DOMAINS", "ORGANIZATIONS"),
                "domains",
                List.of(Map.of("domain", "acme.test", "providers", List.of(Tenant.OKTA))),
                "organizations",
                Map.of(GLOBEX, "REPORT")));
        RequiredActionProviderRepresentation exported =
                tenant.admin().realm().partialExport(false, false).getRequiredActions().stream()
                        .filter(action -> action.getAlias().equals("enforce-sso"))
                        .findFirst()
                        .orElseThrow();
        RealmRepresentation copy = new RealmRepresentation();
        copy.setRealm("sso-scopes-copy");
        copy.setEnabled(true);
        copy.setOrganizationsEnabled(true);
        copy.setRequiredActions(List.of(exported));
        copy.setOrganizations(
                List.of(tenant.admin().realm().organizations().get(globex).toRepresentation()));
        copy.getOrganizations().get(0).setId(null);
        copy.getOrganizations().get(0).setIdentityProviders(null);
        tenant.admin().keycloak().realms().create(copy);
        try (AdminClient theirs = AdminClient.ofMaster(keycloak, "sso-scopes-copy")) {
            assertThat(theirs.get("/sso-policy").body())
                    .isEqualTo(tenant.admin().get("/sso-policy").body());
            assertThat(theirs.get("/sso-policy").at("/organizations/globex")).isEqualTo("REPORT");
            assertThat(theirs.get("/sso-policy").at("/domains/0/providers/0")).isEqualTo(Tenant.OKTA);
            theirs.realm().remove();
        }
    }

    @Test
    @DisplayName("the gates cost no query on a refresh, and one for a holder of the exempt role")
    void cost(Deployment deployment) {
        String olgas = people.passes(through(Tenant.OKTA, OLGA, OKTA_PASSWORD)).at("/refresh_token");
        String ginas = people.passes(through(GLOBEX, GINA, OKTA_PASSWORD)).at("/refresh_token");
        String emmas = people.browser().directGrant(EMMA, PASSWORD).at("/refresh_token");
        Map<String, Long> off = refresh(deployment, olgas);

        enforce(Map.of(
                "scope",
                List.of("REALM", "DOMAINS", "ORGANIZATIONS"),
                "domains",
                List.of(Map.of("domain", "acme.test", "providers", List.of(Tenant.OKTA))),
                "organizations",
                Map.of(GLOBEX, "ENFORCE")));

        assertThat(refresh(deployment, olgas)).as("by domain").isEqualTo(off);
        assertThat(refresh(deployment, ginas)).as("by organization").isEqualTo(off);
        Map<String, Long> exempt = refresh(deployment, emmas);
        off.forEach((statement, calls) -> exempt.merge(statement, -calls, Long::sum));
        exempt.values().removeIf(calls -> calls == 0);
        exempt.remove("BEGIN");
        assertThat(exempt).hasSize(1).allSatisfy((statement, calls) -> {
            assertThat(statement).containsIgnoringCase("sso_exemption");
            assertThat(calls).isEqualTo(1);
        });
    }

    private static Map<String, Long> refresh(Deployment deployment, String token) {
        // what looks for ended exemptions runs by itself
        Map<String, Long> statements = deployment
                .statements()
                .of(() -> assertThat(people.browser().refresh(token).status()).isEqualTo(200));
        statements.keySet().removeIf(statement -> statement.contains("sso_exemption") && statement.contains("is null"));
        return statements;
    }

    private static void makeGlobex() {
        IdentityProviderRepresentation provider =
                tenant.admin().realm().identityProviders().get(Tenant.OKTA).toRepresentation();
        provider.setInternalId(null);
        provider.setAlias(GLOBEX);
        provider.setDisplayName("Globex");
        provider.getConfig().put("clientSecret", "broker-secret");
        tenant.admin().realm().identityProviders().create(provider).close();
        OrganizationRepresentation organization = new OrganizationRepresentation();
        organization.setName("Globex");
        organization.setAlias(GLOBEX);
        organization.addDomain(new OrganizationDomainRepresentation("globex.test"));
        try (Response response = tenant.admin().realm().organizations().create(organization)) {
            globex = CreatedResponseUtil.getCreatedId(response);
        }
        tenant.admin()
                .realm()
                .organizations()
                .get(globex)
                .identityProviders()
                .addIdentityProvider(GLOBEX)
                .close();
    }

    /** ENFORCE with {@code okta} as the allowed provider, unless the settings say otherwise. */
    private static void enforce(Map<String, ?> settings) {
        Map<String, Object> policy =
                new LinkedHashMap<>(Map.of("mode", "ENFORCE", "allowedProviders", List.of(Tenant.OKTA)));
        policy.putAll(settings);
        policy(policy);
    }

    private static void policy(Map<String, ?> policy) {
        Answer answer = put(policy);
        assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    }

    private static Answer put(Map<String, ?> policy) {
        return tenant.admin().put("/sso-policy", policy);
    }

    private static String complaint(Map<String, ?> policy) {
        Answer answer = put(policy);
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        return StreamSupport.stream(answer.body().path("errors").spliterator(), false)
                .filter(error -> error.path("field").asText().equals("organizations"))
                .map(error -> error.path("field").asText() + ": "
                        + error.path("errorMessage").asText())
                .findFirst()
                .orElseThrow(() -> new AssertionError(answer));
    }

    /** With organizations Keycloak asks for the name first; the hint answers that. */
    private static Page byPassword(String email) {
        return people.browser()
                .login(Map.of("login_hint", email))
                .submit("#kc-form-login", Map.of("username", email, "password", PASSWORD));
    }

    private static Page through(String alias, String email, String password) {
        return people.browser().login(Map.of("kc_idp_hint", alias)).signIn(email, password);
    }
}
