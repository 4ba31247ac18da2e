package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.server.LdapDirectory;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.common.util.MultivaluedHashMap;
import org.keycloak.representations.idm.ClientRepresentation;
import org.keycloak.representations.idm.ComponentRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.ProtocolMapperRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/**
 * Every way in which somebody becomes a member of a group, other than by our own endpoint and by admin REST: the mapper hears of
 * the membership, whoever makes it, once an administrator has marked the group as pushed.
 */
@KeycloakTest
class SourcesIT {

    @AutoClose
    static Tenant tenant;

    static Directory directory;
    static OktaOrg okta;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-sources");
        tenant.mapEveryGroupToATeam();
        directory = Directory.in(tenant);
        okta = OktaOrg.of(tenant);
    }

    private static void passes(Page page) {
        assertThat(page.code()).as("%s", page).isPresent();
    }

    /** Marks a group of another origin as pushed. */
    private static void mark(String group) {
        GroupRepresentation representation = directory.group(group).toRepresentation();
        Map<String, List<String>> attributes = new HashMap<>();
        if (representation.getAttributes() != null) {
            attributes.putAll(representation.getAttributes());
        }
        attributes.put("scim.connection", List.of("elsewhere"));
        representation.setAttributes(attributes);
        directory.group(group).update(representation);
    }

    private static void isInNoTeam(String user) {
        assertThat(directory.teamsOf(user)).isEmpty();
    }

    @Nested
    @DisplayName("E1 E2 E3 E4 E5 Keycloak's own SCIM API")
    class NativeScim {

        private static final String CLIENT = "native-scim";
        private static final String SECRET = "native-secret";
        private static final String PATCH =
                "{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:PatchOp\"],\"Operations\":[%s]}";

        private static ScimClient natives() {
            // The admin client is older than this property of a realm.
            Answer enabled = tenant.admin().put("", Map.of("scimApiEnabled", true));
            assertThat(enabled.status()).as("%s", enabled).isEqualTo(204);
            URI base = URI.create(tenant.server().url() + "/realms/" + tenant.realm() + "/scim/v2");
            ProtocolMapperRepresentation audience = new ProtocolMapperRepresentation();
            audience.setName("scim");
            audience.setProtocol("openid-connect");
            audience.setProtocolMapper("oidc-audience-mapper");
            audience.setConfig(Map.of("access.token.claim", "true", "included.custom.audience", base.toString()));
            ClientRepresentation client = new ClientRepresentation();
            client.setClientId(CLIENT);
            client.setSecret(SECRET);
            client.setServiceAccountsEnabled(true);
            client.setStandardFlowEnabled(false);
            client.setProtocolMappers(List.of(audience));
            try (Response response = tenant.admin().realm().clients().create(client)) {
                String id = CreatedResponseUtil.getCreatedId(response);
                tenant.grantManagement(
                        tenant.admin()
                                .realm()
                                .clients()
                                .get(id)
                                .getServiceAccountUser()
                                .getId(),
                        "realm-admin");
            }
            Answer token = tenant.browser()
                    .token(Map.of("grant_type", "client_credentials", "client_id", CLIENT, "client_secret", SECRET));
            return ScimClient.withToken(base, token.at("/access_token")).unchecked();
        }

        @Test
        @DisplayName("its members join, leave and go with the group; its group's new name is the team's")
        void lifecycle() {
            ScimClient natives = natives();
            String user = natives.post("/Users", """
                            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"nat@acme.test",
                             "name":{"givenName":"Nat","familyName":"Ive"},"emails":[{"value":"nat@acme.test"}],
                             "active":true}""").at("/id");
            String group = natives.post("/Groups", """
                            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Natives"}""").at("/id");
            assertThat(directory.teams()).doesNotContain("Natives");
            mark(group);

            patch(natives, group, "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + user + "\"}]}");
            assertThat(directory.teamsOf(user)).containsExactly("Natives");
            assertThat(tenant.realmRolesOf(user)).containsExactly("User");
            assertThat(directory.reasons(user))
                    .contains("Member of pushed group 'Natives', which rule 'every group' maps to team 'Natives'.");

            patch(natives, group, "{\"op\":\"replace\",\"path\":\"displayName\",\"value\":\"Locals\"}");
            // Keycloak tells of a new name while the group still has the old one; the next event settles it.
            patch(natives, group, "{\"op\":\"remove\",\"path\":\"members[value eq \\\"" + user + "\\\"]\"}");
            isInNoTeam(user);
            assertThat(directory.teams()).contains("Locals").doesNotContain("Natives");

            patch(natives, group, "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + user + "\"}]}");
            assertThat(directory.teamsOf(user)).containsExactly("Locals");
            Answer deleted = natives.delete("/Groups/" + group);
            assertThat(deleted.status()).as("%s", deleted).isEqualTo(204);
            isInNoTeam(user);
        }

        private static void patch(ScimClient natives, String group, String operation) {
            Answer answer = natives.patch("/Groups/" + group, PATCH.formatted(operation));
            assertThat(answer.status()).as("%s", answer).isBetween(200, 204);
        }

        @Test
        @DisplayName("and ours answer side by side")
        void sideBySide() {
            ScimClient ours = tenant.connect();

            assertThat(ours.get("/ServiceProviderConfig").status()).isEqualTo(200);
            assertThat(ours.post(
                                    "/Groups",
                                    Map.of(
                                            "schemas",
                                            List.of("urn:ietf:params:scim:schemas:core:2.0:Group"),
                                            "displayName",
                                            "Ours"))
                            .status())
                    .isEqualTo(201);
            assertThat(directory.teams()).contains("Ours");
        }
    }

    @Test
    @DisplayName("E2 MAP-3 default groups of the realm: who is new joins the team as he is made")
    void defaultGroups() {
        String group = directory.push("Everybody");
        tenant.admin().realm().addDefaultGroup(group);
        try {
            String user = directory.person("dan");

            assertThat(directory.teamsOf(user)).containsExactly("Everybody");
            assertThat(directory.reasons(user))
                    .contains("Member of pushed group 'Everybody', which rule 'every group' maps to team 'Everybody'.");
        } finally {
            tenant.admin().realm().removeDefaultGroup(group);
        }
    }

    @Test
    @DisplayName(
            "MAP-11 match all to teams is an example, not there by itself; with it, a reconciliation maps what was pushed before")
    void recommendation(KeycloakServer keycloak) {
        try (Tenant fresh = Tenant.create(keycloak, "teams-fresh")) {
            Directory before = Directory.in(fresh);
            String user = before.person("eva", before.push("Early"));
            assertThat(before.teamsOf(user)).isEmpty();
            assertThat(before.teams()).isEmpty();

            fresh.mapEveryGroupToATeam();
            assertThat(before.reconcile().status()).isEqualTo(200);

            assertThat(before.teamsOf(user)).containsExactly("Early");
        }
    }

    @Nested
    @DisplayName("E2 E3 Keycloak's own mappers of an identity provider")
    class BrokerMappers {

        @BeforeAll
        static void org() {
            okta.connectBySaml();
            directory.push("Brokered");
            directory.push("Important");
            directory.push("Asserted");
            add(Tenant.OKTA, "oidc-hardcoded-group-idp-mapper", Map.of("group", "/pushed/Brokered"));
            add(
                    Tenant.OKTA,
                    "oidc-advanced-group-idp-mapper",
                    Map.of(
                            "claims",
                            "[{\"key\":\"text\",\"value\":\"important\"}]",
                            "are.claim.values.regex",
                            "false",
                            "group",
                            "/pushed/Important"));
            add(
                    "okta-saml",
                    "saml-advanced-group-idp-mapper",
                    Map.of(
                            "attributes",
                            "[{\"key\":\"groups\",\"value\":\"asserted\"}]",
                            "are.attribute.values.regex",
                            "false",
                            "group",
                            "/pushed/Asserted"));
        }

        private static void add(String provider, String type, Map<String, String> config) {
            IdentityProviderMapperRepresentation mapper = new IdentityProviderMapperRepresentation();
            mapper.setName(type);
            mapper.setIdentityProviderAlias(provider);
            mapper.setIdentityProviderMapper(type);
            Map<String, String> all = new HashMap<>(config);
            all.put("syncMode", "FORCE");
            mapper.setConfig(all);
            try (Response response =
                    tenant.admin().realm().identityProviders().get(provider).addMapper(mapper)) {
                CreatedResponseUtil.getCreatedId(response);
            }
        }

        @Test
        @DisplayName("OIDC: the first login joins, a later one joins and leaves")
        void oidc() {
            okta.person("bo");
            okta.attribute("bo", "text", "important");
            passes(okta.login("bo"));
            String user = okta.user("bo");
            assertThat(directory.teamsOf(user)).containsExactly("Brokered", "Important");

            okta.attribute("bo", "text", "not any more");
            passes(okta.login("bo"));
            assertThat(directory.teamsOf(user)).containsExactly("Brokered");

            okta.attribute("bo", "text", "important");
            passes(okta.login("bo"));
            assertThat(directory.teamsOf(user)).containsExactly("Brokered", "Important");
        }

        @Test
        @DisplayName("SAML: a login joins, a later one leaves")
        void saml() {
            passes(okta.login(okta.person("bea", "asserted")));
            okta.linkBySaml("bea");
            passes(okta.loginBySaml("bea"));
            String user = okta.user("bea");
            assertThat(directory.teamsOf(user)).containsExactly("Asserted", "Brokered");

            okta.groups("bea", "other");
            passes(okta.loginBySaml("bea"));
            assertThat(directory.teamsOf(user)).containsExactly("Brokered");
        }
    }

    @Nested
    @DisplayName("E2 E3 LDAP")
    class Ldap {

        private static final String PASSWORD = "ldap-password";

        /** A directory behind the tenant, with Keycloak's LDAP mapper of groups in one of its modes. */
        private record Company(LdapDirectory ldap, String name) implements AutoCloseable {

            private static int count;

            static Company connect(String mode) {
                Company company = new Company(LdapDirectory.start(), "company-" + ++count);
                String parent = company.name;
                GroupRepresentation groups = new GroupRepresentation();
                groups.setName(parent);
                tenant.admin().realm().groups().add(groups).close();
                company.ldap.person(company.email("lia"), PASSWORD);
                company.ldap.person(company.email("leo"), PASSWORD);
                company.ldap.group(company.group(), company.email("lia"));
                Map<String, List<String>> storage = new HashMap<>(company.ldap.userStorage());
                if (mode.equals("LDAP_ONLY")) {
                    storage.put("editMode", List.of("WRITABLE"));
                }
                String ldap =
                        component("org.keycloak.storage.UserStorageProvider", "ldap", company.name, null, storage);
                String mapper = component(
                        "org.keycloak.storage.ldap.mappers.LDAPStorageMapper",
                        "group-ldap-mapper",
                        "groups",
                        ldap,
                        company.ldap.groupMapper(mode, "/" + parent));
                tenant.admin().realm().userStorage().syncMapperData(ldap, mapper, "fedToKeycloak");
                mark(company.pushedGroup());
                return company;
            }

            private static String component(
                    String type, String provider, String name, String parent, Map<String, List<String>> config) {
                ComponentRepresentation component = new ComponentRepresentation();
                component.setName(name);
                component.setProviderId(provider);
                component.setProviderType(type);
                component.setParentId(parent);
                component.setConfig(new MultivaluedHashMap<>(config));
                try (Response response = tenant.admin().realm().components().add(component)) {
                    return CreatedResponseUtil.getCreatedId(response);
                }
            }

            String group() {
                return "Sailors of " + name;
            }

            String pushedGroup() {
                return tenant.admin()
                        .realm()
                        .getGroupByPath("/" + name + "/" + group())
                        .getId();
            }

            String email(String person) {
                return person + "@" + name + ".test";
            }

            /** Keycloak imports him as he is found. */
            String find(String person) {
                return tenant.admin().realm().users().searchByUsername(email(person), true).stream()
                        .map(UserRepresentation::getId)
                        .findFirst()
                        .orElseThrow();
            }

            void login(String person) {
                Page page = tenant.browser().loginByPassword(email(person), PASSWORD);
                assertThat(page.code()).as("%s", page).isPresent();
            }

            /** Whether Keycloak finds the directory at its address. */
            void answers(boolean answers) {
                ComponentRepresentation storage = tenant.admin()
                        .realm()
                        .components()
                        .query(null, "org.keycloak.storage.UserStorageProvider", name)
                        .get(0);
                storage.getConfig()
                        .put(
                                "connectionUrl",
                                answers ? ldap.userStorage().get("connectionUrl") : List.of("ldap://localhost:1"));
                tenant.admin().realm().components().component(storage.getId()).update(storage);
            }

            @Override
            public void close() {
                tenant
                        .admin()
                        .realm()
                        .components()
                        .query(null, "org.keycloak.storage.UserStorageProvider", name)
                        .stream()
                        .map(ComponentRepresentation::getId)
                        .forEach(id -> tenant.admin()
                                .realm()
                                .components()
                                .component(id)
                                .remove());
                ldap.close();
            }
        }

        @Test
        @DisplayName("IMPORT: who is imported joins the team with it")
        void imported() {
            try (Company company = Company.connect("IMPORT")) {
                String user = company.find("lia");

                assertThat(directory.teamsOf(user)).containsExactly(company.group());
                assertThat(directory.reasons(user))
                        .contains("Member of pushed group '%1$s', which rule 'every group' maps to team '%1$s'."
                                .formatted(company.group()));
                isInNoTeam(company.find("leo"));
            }
        }

        @ParameterizedTest
        @ValueSource(strings = {"READ_ONLY", "LDAP_ONLY"})
        @DisplayName("memberships that only the directory knows count from the next login on, or a reconciliation")
        void keptInTheDirectory(String mode) {
            try (Company company = Company.connect(mode)) {
                String lia = company.find("lia");
                company.login("lia");
                assertThat(directory.teamsOf(lia)).containsExactly(company.group());

                company.ldap.leave(company.group(), company.email("lia"));
                company.login("lia");
                isInNoTeam(lia);

                String leo = company.find("leo");
                company.ldap.join(company.group(), company.email("leo"));
                company.ldap.join(company.group(), company.email("lia"));
                Answer reconciled =
                        tenant.admin().post("/group-mappings/groups/" + company.pushedGroup() + "/reconcile", Map.of());
                assertThat(reconciled.status()).as("%s", reconciled).isEqualTo(200);
                assertThat(directory.teamsOf(leo)).containsExactly(company.group());
                assertThat(directory.teamsOf(lia)).containsExactly(company.group());

                company.ldap.leave(company.group(), company.email("leo"));
                assertThat(directory.reconcile().status()).isEqualTo(200);
                isInNoTeam(leo);
            }
        }

        @Test
        @DisplayName("while it does not answer, pushes and logins of others go on, and its people keep what they have")
        void down() {
            try (Company company = Company.connect("READ_ONLY")) {
                String crew = directory.push("Crew");
                String lia = company.find("lia");
                directory.add(crew, lia);
                company.login("lia");
                assertThat(directory.teamsOf(lia)).containsExactly("Crew", company.group());
                List<String> reasons = directory.reasons(lia);
                String otto = directory.person("otto");
                mapLogins();
                passes(okta.login(okta.person("ole", "Deck")));

                company.answers(false);
                directory.add(crew, otto);
                directory.roles(crew, "Guest");
                okta.groups("ole", "Bridge");
                passes(okta.login("ole"));

                assertThat(directory.teamsOf(otto)).containsExactly("Crew");
                assertThat(tenant.realmRolesOf(otto)).containsExactly("Guest");
                assertThat(directory.teamsOf(okta.user("ole"))).containsExactly("Bridge");
                assertThat(directory.teamsOf(lia)).containsExactly("Crew", company.group());
                assertThat(directory.reasons(lia)).isEqualTo(reasons);

                company.answers(true);
                company.login("lia");
                assertThat(directory.teamsOf(lia)).containsExactly("Crew", company.group());
                assertThat(tenant.realmRolesOf(lia)).containsExactly("Guest");
            } finally {
                tenant.mapEveryGroupToATeam();
            }
        }

        private static void mapLogins() {
            Map<String, Object> settings =
                    new HashMap<>(Map.of("idpMapping", true, "identityProviders", List.of(Tenant.OKTA)));
            settings.put("rules", tenant.admin().get("/group-mappings/rules").body());
            Answer saved = tenant.admin().put("/group-mappings/settings", settings);
            assertThat(saved.status()).as("%s", saved).isEqualTo(200);
            okta.read(Map.of());
        }

        @ParameterizedTest
        @ValueSource(strings = {"READ_ONLY", "LDAP_ONLY"})
        @DisplayName("leaving a team takes nobody out of the directory's group of the same name")
        void directoryStays(String mode) {
            try (Company company = Company.connect(mode)) {
                String lia = company.find("lia");
                company.login("lia");
                assertThat(directory.teamsOf(lia)).containsExactly(company.group());

                directory.decide(
                        directory.mapping(company.pushedGroup()).path("id").asText(), Map.of("status", "REJECTED"));

                isInNoTeam(lia);
                assertThat(company.ldap.isMember(company.group(), company.email("lia")))
                        .isTrue();
            }
        }
    }
}
