package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.client.Page;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.sso.SamlApp;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.CredentialRepresentation;
import org.keycloak.representations.idm.EventRepresentation;
import org.keycloak.representations.idm.RequiredActionProviderRepresentation;

/** What the realm does to people who come through the provider without a mapped group. */
@KeycloakTest
class NoMappedGroupIT {

    private static final String CONTACT = "it-help@acme.test";

    @AutoClose
    static Tenant tenant;

    static Directory directory;
    static OktaOrg okta;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "teams-no-access");
        directory = Directory.in(tenant);
        directory.team("Given");
        okta = OktaOrg.of(tenant).read(Map.of());
        okta.connectBySaml();
    }

    @BeforeEach
    void pending() {
        okta.read(Map.of());
        settings(Map.of());
    }

    private static void settings(Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "idpMapping",
                true,
                "identityProviders",
                List.of(Tenant.OKTA, "okta-saml"),
                "unmapped",
                "pending",
                "contact",
                CONTACT,
                "rules",
                List.of(Map.of(
                        "name",
                        "teams",
                        "type",
                        "PREFIX",
                        "pattern",
                        "team-",
                        "targetType",
                        "TEAM",
                        "autoApprove",
                        true,
                        "priority",
                        100))));
        settings.putAll(more);
        Answer saved = tenant.admin().put("/group-mappings/settings", settings);
        assertThat(saved.status()).as("%s", saved).isEqualTo(200);
    }

    /** The page says so, there is no session, and an event tells. */
    private static void isRefused(Page page, String user) {
        assertThat(page.isClient()).as("%s", page).isFalse();
        assertThat(page.has("#no-access-why")).as("%s", page).isTrue();
        assertThat(page.text()).contains(CONTACT);
        assertThat(tenant.sessionsOf(user)).isZero();
        assertThat(tenant.events("LOGIN_ERROR"))
                .filteredOn(event -> user.equals(event.getUserId()))
                .isNotEmpty()
                .extracting(EventRepresentation::getError)
                .containsOnly("no_mapped_group");
    }

    private static void passes(Page page) {
        assertThat(page.code()).as("%s", page).isPresent();
    }

    private static boolean enabled(String user) {
        return tenant.admin().realm().users().get(user).toRepresentation().isEnabled();
    }

    private static void give(String user, String team) {
        String id = tenant.admin().realm().getGroupByPath("/teams/" + team).getId();
        directory.add(id, user);
    }

    private static void password(String user) {
        CredentialRepresentation password = new CredentialRepresentation();
        password.setType(CredentialRepresentation.PASSWORD);
        password.setValue("local-password");
        tenant.admin().realm().users().get(user).resetPassword(password);
    }

    private static OidcBrowser browser() {
        return tenant.browser();
    }

    @Nested
    @DisplayName("pending")
    class Pending {

        @Test
        @DisplayName(
                "LTM-5 UX-2 who is new is refused at the first and the second login, and let in with a mapped group")
        void newcomer() {
            okta.person("nora", "others");

            isRefused(okta.login("nora"), okta.user("nora"));
            isRefused(okta.login("nora"), okta.user("nora"));
            assertThat(enabled(okta.user("nora"))).isTrue();
            assertThat(directory.reasons(okta.user("nora")))
                    .contains("No group of this user is mapped, so the account waits for an administrator.");

            okta.groups("nora", "team-north");
            passes(okta.login("nora"));
            assertThat(directory.teamsOf(okta.user("nora"))).containsExactly("team-north");
        }

        @Test
        @DisplayName("LTM-5 an administrator who puts the person into a team lets him in")
        void givenByHand() {
            okta.person("hans");
            isRefused(okta.login("hans"), okta.user("hans"));

            give(okta.user("hans"), "Given");

            passes(okta.login("hans"));
            assertThat(directory.teamsOf(okta.user("hans"))).containsExactly("Given");
        }

        @Test
        @DisplayName("LTM-6 a team given by hand does not count where the realm says so")
        void byHandDoesNotCount() {
            settings(Map.of("manualMapping", false));
            okta.person("hugo");
            okta.login("hugo");

            give(okta.user("hugo"), "Given");

            isRefused(okta.login("hugo"), okta.user("hugo"));
            assertThat(directory.teamsOf(okta.user("hugo"))).containsExactly("Given");
        }

        @Test
        @DisplayName("LTM-5 with the mapping of logins off, only a team given by hand lets in")
        void manualOnly() {
            settings(Map.of("idpMapping", false));
            okta.person("manu", "team-manual");
            isRefused(okta.login("manu"), okta.user("manu"));

            give(okta.user("manu"), "Given");
            passes(okta.login("manu"));
        }

        @Test
        @DisplayName("LTM-5 holds without any mapper on the provider")
        void withoutMapper(KeycloakServer keycloak) {
            try (Tenant bare = Tenant.create(keycloak, "teams-bare")) {
                OktaOrg org = OktaOrg.of(bare);
                Directory teams = Directory.in(bare);
                bare.admin()
                        .put(
                                "/group-mappings/settings",
                                Map.of("unmapped", "pending", "identityProviders", List.of(Tenant.OKTA)));
                org.person("bea", "team-bare");
                assertThat(org.login("bea").has("#no-access-why")).isTrue();
                assertThat(org.login("bea").has("#no-access-why")).isTrue();

                teams.add(teams.team("Bare"), org.user("bea"));

                passes(org.login("bea"));
            }
        }

        @Test
        @DisplayName(
                "ends an older session at its next refresh, and keeps password, direct grant and cookie out as well")
        void olderSessions() {
            okta.person("olga", "team-old");
            OidcBrowser older = browser();
            Page first = older.loginThrough(Tenant.OKTA, OktaOrg.email("olga"), OktaOrg.PASSWORD);
            passes(first);
            Answer tokens = older.tokens(first);
            String user = okta.user("olga");
            password(user);
            passes(browser().loginByPassword(OktaOrg.email("olga"), "local-password"));

            okta.groups("olga");
            Page refused = okta.login("olga");
            assertThat(refused.has("#no-access-why")).as("%s", refused).isTrue();

            assertThat(tenant.sessionsOf(user)).isZero();
            Page cookie = older.login();
            assertThat(cookie.has("#kc-form-login")).as("%s", cookie).isTrue();
            Answer refreshed = browser().refresh(tokens.at("/refresh_token"));
            assertThat(refreshed.status()).as("%s", refreshed).isEqualTo(400);
            Answer direct = browser().directGrant(OktaOrg.email("olga"), "local-password");
            assertThat(direct.at("/error_description")).startsWith("no_mapped_group");
            assertThat(tenant.sessionsOf(user)).isZero();
            Page password = browser().loginByPassword(OktaOrg.email("olga"), "local-password");
            assertThat(password.has("#no-access-why")).as("%s", password).isTrue();
        }

        @Test
        @DisplayName("ends a session at the refresh when SCIM or an administrator takes the last mapped group")
        void refresh() {
            String group = directory.push("team-pushed");
            String user = directory.person("rita", group);
            Answer tokens = browser().directGrant("rita@tenant.test", "password");
            assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);

            directory.remove(group, user);

            Answer refreshed = browser().refresh(tokens.at("/refresh_token"));
            assertThat(refreshed.status()).as("%s", refreshed).isEqualTo(400);
            assertThat(refreshed.at("/error")).isEqualTo("invalid_grant");
            assertThat(refreshed.at("/error_description")).startsWith("no_mapped_group");
            assertThat(tenant.sessionsOf(user)).isZero();
        }

        @Test
        @DisplayName("refuses the cookie of a session from before, and ends the session")
        void cookie() {
            String group = directory.push("team-cookie");
            String user = directory.person("cora", group);
            OidcBrowser browser = browser();
            passes(browser.loginByPassword("cora@tenant.test", "password"));
            passes(browser.login());

            directory.remove(group, user);

            isRefused(browser.login(), user);
        }

        @Test
        @DisplayName("LTM-5 sends no SAML assertion, whoever begins, and with the required action turned off neither")
        void assertions() {
            tenant.admin().realm().clients().create(SamlApp.client()).close();
            String group = directory.push("team-saml-out");
            String user = directory.person("sina", group);
            assertThat(SamlApp.hasAssertion(SamlApp.spInitiated(tenant).signIn("sina@tenant.test", "password")))
                    .isTrue();

            directory.remove(group, user);

            isRefused(SamlApp.spInitiated(tenant).signIn("sina@tenant.test", "password"), user);
            isRefused(SamlApp.idpInitiated(tenant).signIn("sina@tenant.test", "password"), user);
            RequiredActionProviderRepresentation action =
                    tenant.admin().realm().flows().getRequiredAction("no-mapped-group");
            action.setEnabled(false);
            tenant.admin().realm().flows().updateRequiredAction("no-mapped-group", action);
            for (Page login : List.of(SamlApp.spInitiated(tenant), SamlApp.idpInitiated(tenant))) {
                Page page = login.signIn("sina@tenant.test", "password");
                assertThat(page.has("input[name=SAMLResponse]")).as("%s", page).isFalse();
                assertThat(page.status()).isEqualTo(400);
                assertThat(page.text()).contains("has not been given access");
                assertThat(tenant.sessionsOf(user)).isZero();
            }

            directory.add(group, user);
            assertThat(SamlApp.hasAssertion(SamlApp.idpInitiated(tenant).signIn("sina@tenant.test", "password")))
                    .isTrue();
        }

        @Test
        @DisplayName("comes before other required actions, and cannot be asked away by kc_action")
        void firstOfAll() {
            okta.person("axel");
            okta.login("axel");
            String user = okta.user("axel");
            var representation = tenant.admin().realm().users().get(user).toRepresentation();
            representation.setRequiredActions(List.of("UPDATE_PASSWORD"));
            tenant.admin().realm().users().get(user).update(representation);

            isRefused(okta.login("axel"), user);
            Page asked = browser()
                    .login(Map.of("kc_idp_hint", Tenant.OKTA, "kc_action", "no-mapped-group"))
                    .signIn(OktaOrg.email("axel"), OktaOrg.PASSWORD);
            isRefused(asked, user);
        }

        @Test
        @DisplayName("LTM-9 a claim that says nothing lets nobody in who has nothing")
        void unclear() {
            okta.read(Map.of("claim", "absent"));
            okta.person("ulla", "team-unclear");

            isRefused(okta.login("ulla"), okta.user("ulla"));
        }

        @Test
        @DisplayName("does not concern who comes another way")
        void otherWays() {
            tenant.socialUser("sven@social.test", "social-password");
            passes(browser().loginThrough(Tenant.SOCIAL, "sven@social.test", "social-password"));
            passes(browser().loginByPassword(Tenant.OWNER, Tenant.OWNER_PASSWORD));
        }

        @Test
        @DisplayName("section 3, decision 5: not the exempt, nor administrators by hand")
        void exempt() {
            for (String role : List.of("sso-exempt", "Admin")) {
                String name = "ex-" + role.toLowerCase(Locale.ROOT);
                okta.person(name);
                okta.login(name);
                tenant.grant(okta.user(name), role);

                passes(okta.login(name));
            }
        }

        @Test
        @DisplayName("holds for SAML")
        void saml() {
            okta.readBySaml(Map.of());
            okta.person("saul", "team-saml");
            passes(okta.login("saul"));
            okta.linkBySaml("saul");
            tenant.admin().realm().users().get(okta.user("saul")).removeFederatedIdentity(Tenant.OKTA);

            okta.groups("saul", "others");
            isRefused(okta.loginBySaml("saul"), okta.user("saul"));

            okta.groups("saul", "team-saml");
            passes(okta.loginBySaml("saul"));
        }
    }

    @Nested
    @DisplayName("disable")
    class Disable {

        @BeforeEach
        void disable() {
            settings(Map.of("unmapped", "disable"));
        }

        @Test
        @DisplayName(
                "LTM-4 who is removed from all mapped groups is disabled and refused, with the reason, and comes back with one")
        void lastGroupGone() {
            okta.person("dora", "team-south");
            passes(okta.login("dora"));
            String user = okta.user("dora");

            okta.groups("dora");
            isRefused(okta.login("dora"), user);
            assertThat(enabled(user)).isFalse();
            assertThat(directory.teamsOf(user)).isEmpty();
            assertThat(directory.events("users/" + user))
                    .anySatisfy(event -> assertThat(event.getDetails())
                            .containsEntry(
                                    "reason", "No group of this user is mapped, so the realm disables the account."));
            isRefused(okta.login("dora"), user);

            okta.groups("dora", "team-south");
            passes(okta.login("dora"));
            assertThat(enabled(user)).isTrue();
            assertThat(directory.teamsOf(user)).containsExactly("team-south");
        }

        @Test
        @DisplayName("who is new is disabled at once")
        void newcomer() {
            okta.person("dina");

            isRefused(okta.login("dina"), okta.user("dina"));

            assertThat(enabled(okta.user("dina"))).isFalse();
        }

        @Test
        @DisplayName("LTM-9 a claim that says nothing disables nobody")
        void unclear() {
            okta.person("dirk", "team-west");
            passes(okta.login("dirk"));
            okta.read(Map.of("claim", "absent"));
            passes(okta.login("dirk"));

            okta.person("dunja", "team-west");
            isRefused(okta.login("dunja"), okta.user("dunja"));
            assertThat(enabled(okta.user("dunja"))).isTrue();
        }

        @Test
        @DisplayName("who was disabled by somebody else stays so, whatever his groups")
        void disabledByHand() {
            okta.person("dave", "team-east");
            passes(okta.login("dave"));
            var user = tenant.admin().realm().users().get(okta.user("dave"));
            var representation = user.toRepresentation();
            representation.setEnabled(false);
            user.update(representation);

            Page page = okta.login("dave");

            assertThat(page.isClient()).as("%s", page).isFalse();
            assertThat(page.has("#no-access-why")).as("%s", page).isFalse();
            assertThat(enabled(okta.user("dave"))).isFalse();
        }
    }

    @Test
    @DisplayName("keep lets everybody in; default-team puts him there")
    void keepAndDefaultTeam() {
        settings(Map.of("unmapped", "keep"));
        okta.person("kim");
        passes(okta.login("kim"));
        assertThat(directory.teamsOf(okta.user("kim"))).isEmpty();

        settings(Map.of("unmapped", "default-team", "defaultTeam", "Given"));
        passes(okta.login("kim"));
        assertThat(directory.teamsOf(okta.user("kim"))).containsExactly("Given");
    }

    @Test
    @DisplayName("the required action is there as soon as the settings need it, before all others but the SSO policy's")
    void requiredAction() {
        assertThat(tenant.admin().realm().flows().getRequiredActions())
                .filteredOn(action -> action.getAlias().equals("no-mapped-group"))
                .singleElement()
                .satisfies(action -> {
                    assertThat(action.isEnabled()).isTrue();
                    assertThat(action.getPriority()).isEqualTo(-90);
                });
        assertThat(tenant.admin().realm().flows().getRequiredActions())
                .extracting(RequiredActionProviderRepresentation::getPriority)
                .allMatch(priority -> priority >= -90);
    }
}
