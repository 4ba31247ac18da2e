package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static io.github.enterprisesso.it.sso.People.SOCIAL_PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.Eventually;
import io.github.enterprisesso.it.client.MailServer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.scim.Meters;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.BadRequestException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.keycloak.representations.idm.AdminEventRepresentation;
import org.keycloak.representations.idm.GroupRepresentation;
import org.keycloak.representations.idm.IdentityProviderMapperRepresentation;
import org.keycloak.representations.idm.RealmRepresentation;
import org.keycloak.representations.idm.RoleRepresentation;
import org.keycloak.representations.idm.UserRepresentation;

/** {@code /admin/realms/{realm}/sso-policy/exemptions}: who gets one, on what terms, and how it ends. */
@KeycloakTest
class ExemptionsIT {

    @AutoClose
    static Tenant tenant;

    static People people;
    static int count;

    /** A person like Nina for each test. */
    String email;

    String person;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant =
                Tenant.create(keycloak, "sso-exemptions", realm -> realm.setSupportedLocales(Set.of("en", "fr", "ar")));
        people = People.in(tenant);
        tenant.policy("ENFORCE");
    }

    @BeforeEach
    void somebody() {
        email = "person" + ++count + "@acme.test";
        person = people.person(email);
    }

    @Test
    @Tag("h2")
    @DisplayName("EXM-1 EXM-2 an exemption gives the role and keeps why, by whom and until when")
    void granted() {
        people.isRefused(people.browser().directGrant(email, PASSWORD), person);
        String until = Instant.now().plus(Duration.ofDays(30)).toString();

        Answer put = put(Map.of("reason", "Migration of the build server", "by", "it-security", "until", until));

        assertThat(put.status()).as("%s", put).isEqualTo(200);
        assertThat(tenant.realmRolesOf(person)).contains("sso-exempt");
        assertThat(put.body()).isEqualTo(exemption());
        assertThat(exemption().at("/exempt").asBoolean()).isTrue();
        assertThat(exemption().at("/username").asText()).isEqualTo(email);
        assertThat(exemption().at("/reason").asText()).isEqualTo("Migration of the build server");
        assertThat(exemption().at("/by").asText()).isEqualTo("it-security");
        assertThat(Instant.parse(exemption().at("/until").asText()))
                .isCloseTo(Instant.parse(until), Assertions.within(Duration.ofMillis(1)));
        people.works(people.browser().directGrant(email, PASSWORD));
        people.passes(people.browser().loginThrough(Tenant.SOCIAL, email, SOCIAL_PASSWORD));
        people.passes(people.browser().loginThrough(Tenant.OKTA, email, People.OKTA_PASSWORD));
    }

    @Test
    @DisplayName("EXM-1 the role alone exempts without terms, and without the role nobody is exempt")
    void roleAlone() {
        assertThat(exemption().at("/exempt").asBoolean()).isFalse();

        tenant.grant(person, "sso-exempt");

        assertThat(exemption().at("/exempt").asBoolean()).isTrue();
        assertThat(exemption().has("reason")).isFalse();
        people.works(people.browser().directGrant(email, PASSWORD));
    }

    @Test
    @DisplayName("EXM-8 AUD-3 giving, changing and taking are admin events with actor, old and new value")
    void events() throws Exception {
        put(Map.of("reason", "first"));
        put(Map.of("reason", "second"));
        delete("");

        List<AdminEventRepresentation> events = adminEvents();

        assertThat(events)
                .extracting(AdminEventRepresentation::getOperationType)
                .containsExactly("DELETE", "UPDATE", "CREATE");
        assertThat(events).allSatisfy(event -> {
            assertThat(event.getResourcePath()).isEqualTo("sso-policy/exemptions/" + person);
            assertThat(event.getAuthDetails().getUserId()).isNotBlank();
            assertThat(event.getAuthDetails().getIpAddress()).isNotBlank();
        });
        JsonNode created = new ObjectMapper().readTree(events.get(2).getRepresentation());
        assertThat(created.at("/old/exempt").asBoolean()).isFalse();
        assertThat(created.at("/new/exempt").asBoolean()).isTrue();
        JsonNode updated = new ObjectMapper().readTree(events.get(1).getRepresentation());
        assertThat(updated.at("/old/reason").asText()).isEqualTo("first");
        assertThat(updated.at("/new/reason").asText()).isEqualTo("second");
        JsonNode deleted = new ObjectMapper().readTree(events.get(0).getRepresentation());
        assertThat(deleted.at("/old/reason").asText()).isEqualTo("second");
        assertThat(deleted.at("/new/exempt").asBoolean()).isFalse();
    }

    @Test
    @Tag("h2")
    @DisplayName("the list has what ends first in front")
    void list() {
        put(Map.of("reason", "second", "until", inDays(20)));
        String other = people.person("other" + email);
        tenant.admin().put("/sso-policy/exemptions/" + other, Map.of("reason", "first", "until", inDays(10)));
        String third = people.person("third" + email);
        tenant.admin().put("/sso-policy/exemptions/" + third, Map.of("reason", "never"));

        List<String> all = StreamSupport.stream(
                        tenant.admin().get("/sso-policy/exemptions").body().spliterator(), false)
                .map(exemption -> exemption.at("/userId").asText())
                .toList();

        assertThat(all).containsSubsequence(other, person, third);
        assertThat(tenant.admin()
                        .get("/sso-policy/exemptions?first=0&max=1")
                        .body()
                        .at("/0/userId")
                        .asText())
                .isEqualTo(all.get(0));
    }

    @Nested
    @DisplayName("What has ended")
    class Ended {

        @Test
        @DisplayName("exempts nobody from that moment on, though the role is still there")
        void atTheDecision(Deployment deployment) {
            put(Map.of("reason", "for a day", "until", inDays(1)));
            Answer tokens = people.browser().directGrant(email, PASSWORD);
            people.works(tokens);

            deployment.execute("update sso_exemption set until_at = 1, ended_at = 1 where user_id = '" + person + "'");

            assertThat(tenant.realmRolesOf(person)).contains("sso-exempt");
            assertThat(exemption().at("/exempt").asBoolean()).isFalse();
            people.isRefused(people.browser().refresh(tokens.at("/refresh_token")), person);
            people.isRefused(people.browser().directGrant(email, PASSWORD), person);
            people.isRefused(people.browser().loginByPassword(email, PASSWORD), person);
        }

        @Test
        @DisplayName("loses the role soon after, with an event, so that it can be given again")
        void byTheTimer(Deployment deployment) throws Exception {
            put(Map.of("reason", "for a day", "until", inDays(1)));

            deployment.execute("update sso_exemption set until_at = 1 where user_id = '" + person + "'");

            Eventually.is("without the role", () -> !tenant.realmRolesOf(person).contains("sso-exempt"));
            AdminEventRepresentation event = adminEvents().get(0);
            assertThat(event.getOperationType()).isEqualTo("DELETE");
            JsonNode change = new ObjectMapper().readTree(event.getRepresentation());
            assertThat(change.at("/cause").asText()).isEqualTo("expired");
            assertThat(change.at("/old/reason").asText()).isEqualTo("for a day");
            tenant.grant(person, "sso-exempt");
            people.works(people.browser().directGrant(email, PASSWORD));
        }

        @Test
        @DisplayName("stays ended for a person who has the role by a group as well")
        void byAGroup(Deployment deployment) {
            GroupRepresentation group = new GroupRepresentation();
            group.setName("exempt-" + count);
            tenant.admin().realm().groups().add(group).close();
            String groupId =
                    tenant.admin().realm().getGroupByPath("/exempt-" + count).getId();
            tenant.admin().realm().groups().group(groupId).roles().realmLevel().add(List.of(exemptRole()));
            tenant.admin().realm().users().get(person).joinGroup(groupId);
            put(Map.of("reason", "for a day", "until", inDays(1)));
            people.works(people.browser().directGrant(email, PASSWORD));
            tenant.admin().realm().users().get(person).logout();

            deployment.execute("update sso_exemption set until_at = 1 where user_id = '" + person + "'");

            Eventually.is("without the role", () -> !tenant.realmRolesOf(person).contains("sso-exempt"));
            people.isRefused(people.browser().directGrant(email, PASSWORD), person);
            assertThat(fields(delete(""))).containsExactly("userId");
        }
    }

    @Nested
    @DisplayName("EXM-5 taking an exemption away")
    class Withdrawn {

        @Test
        @DisplayName("acts at the next login and the next refresh")
        void nextUse() {
            put(Map.of("reason", "for now"));
            Answer tokens = people.browser().directGrant(email, PASSWORD);
            people.works(tokens);

            assertThat(delete("").status()).isEqualTo(204);

            assertThat(tenant.sessionsOf(person)).isEqualTo(1);
            people.isRefused(people.browser().refresh(tokens.at("/refresh_token")), person);
            people.isRefused(people.browser().directGrant(email, PASSWORD), person);
            assertThat(delete("").status()).isEqualTo(404);
        }

        @Test
        @DisplayName("ends sessions at once if asked, but not those of the enterprise provider")
        void atOnce() {
            put(Map.of("reason", "for now"));
            people.works(people.browser().directGrant(email, PASSWORD));
            Answer enterprise = people.passes(people.browser().loginThrough(Tenant.OKTA, email, People.OKTA_PASSWORD));
            assertThat(tenant.sessionsOf(person)).isEqualTo(2);

            assertThat(delete("?endSessions=true").status()).isEqualTo(204);

            assertThat(tenant.sessionsOf(person)).isEqualTo(1);
            people.works(people.browser().refresh(enterprise.at("/refresh_token")));
            assertThat(adminEvents().get(0).getRepresentation()).contains("\"endedSessions\":1");
        }
    }

    @Test
    @DisplayName("decisions and changes of exemptions are counted")
    void metrics(KeycloakServer keycloak) {
        put(Map.of("reason", "to be counted"));
        people.works(people.browser().directGrant(email, PASSWORD));

        Meters meters = Meters.of(keycloak);
        String realm = "realm=\"sso-exemptions\"";
        assertThat(meters.lines("sso_decisions_total", realm, "decision=\"allow\"", "reason=\"exempt\""))
                .isNotEmpty();
        assertThat(meters.lines("sso_exemptions_total", realm, "operation=\"CREATE\""))
                .isNotEmpty();
        assertThat(meters.lines("sso_policy_writes_total", realm, "mode=\"ENFORCE\""))
                .isNotEmpty();
    }

    @Test
    @DisplayName("EXM-6 it outlives enforcement switched off and on")
    void switchedOffAndOn() {
        put(Map.of("reason", "for good"));
        tenant.policy("OFF");
        tenant.policy("ENFORCE");

        people.works(people.browser().directGrant(email, PASSWORD));
        assertThat(exemption().at("/reason").asText()).isEqualTo("for good");
    }

    @Test
    @DisplayName("EXM-9 a disabled person does not get in, exempt or not")
    void disabled() {
        put(Map.of("reason", "for good"));
        UserRepresentation user = tenant.admin().realm().users().get(person).toRepresentation();
        user.setEnabled(false);
        tenant.admin().realm().users().get(person).update(user);

        assertThat(people.browser().directGrant(email, PASSWORD).status()).isEqualTo(400);
        assertThat(people.browser().loginByPassword(email, PASSWORD).isClient()).isFalse();
        assertThat(people.browser()
                        .loginThrough(Tenant.OKTA, email, People.OKTA_PASSWORD)
                        .isClient())
                .isFalse();
    }

    @Nested
    @DisplayName("EXM-4 nobody gets it")
    class NotByOneself {

        @Test
        @DisplayName("by asking for it himself, or by being allowed to look at users")
        void byAsking() {
            put(Map.of("reason", "so that he can ask"));
            AdminClient himself = tenant.adminAs(email, PASSWORD);
            assertThat(himself.put("/sso-policy/exemptions/" + person, Map.of("reason", "please"))
                            .status())
                    .isEqualTo(403);
            assertThat(himself.get("/sso-policy/exemptions").status()).isEqualTo(403);
            assertThat(himself.get("/sso-policy/exemptions/" + person).status()).isEqualTo(403);
            assertThat(himself.delete("/sso-policy/exemptions/" + person).status())
                    .isEqualTo(403);

            tenant.grantManagement(person, "view-users");
            AdminClient viewer = tenant.adminAs(email, PASSWORD);
            assertThat(viewer.get("/sso-policy/exemptions/" + person).status()).isEqualTo(200);
            assertThat(viewer.put("/sso-policy/exemptions/" + person, Map.of("reason", "please"))
                            .status())
                    .isEqualTo(403);
        }

        @Test
        @DisplayName("from a mapper of an identity provider")
        void fromAProvider() {
            IdentityProviderMapperRepresentation mapper = new IdentityProviderMapperRepresentation();
            mapper.setName("exempts everybody");
            mapper.setIdentityProviderAlias(Tenant.SOCIAL);
            mapper.setIdentityProviderMapper("oidc-hardcoded-role-idp-mapper");
            mapper.setConfig(Map.of("syncMode", "FORCE", "role", "sso-exempt"));
            var social = tenant.admin().realm().identityProviders().get(Tenant.SOCIAL);
            social.addMapper(mapper).close();
            try {
                people.isRefused(people.browser().loginThrough(Tenant.SOCIAL, email, SOCIAL_PASSWORD), person);

                assertThat(tenant.realmRolesOf(person)).doesNotContain("sso-exempt");
                assertThat(tenant.events("UPDATE_PROFILE_ERROR")).anySatisfy(event -> {
                    assertThat(event.getUserId()).isEqualTo(person);
                    assertThat(event.getError()).isEqualTo("sso_exemption_refused");
                });
                people.isRefused(people.browser().directGrant(email, PASSWORD), person);
            } finally {
                social.delete(social.getMappers().get(0).getId());
            }
        }
    }

    @Nested
    @DisplayName("ENF-9 the last administrator who gets in without the provider")
    class LastAdministrator {

        private final String owner = tenant.admin()
                .realm()
                .users()
                .searchByUsername(Tenant.OWNER, true)
                .get(0)
                .getId();

        @Test
        @DisplayName("keeps the exemption, and without an end")
        void keepsIt() {
            assertThat(fields(tenant.admin().delete("/sso-policy/exemptions/" + owner)))
                    .containsExactly("userId");
            assertThat(fields(tenant.admin()
                            .put("/sso-policy/exemptions/" + owner, Map.of("reason", "for a day", "until", inDays(1)))))
                    .containsExactly("until");
            assertThat(tenant.realmRolesOf(owner)).contains("sso-exempt");
        }

        @Test
        @DisplayName("keeps the role in the stock console too")
        void keepsTheRole() {
            var roles = tenant.admin().realm().users().get(owner).roles().realmLevel();

            Assertions.assertThatThrownBy(() -> roles.remove(List.of(exemptRole())))
                    .isInstanceOf(BadRequestException.class);

            assertThat(tenant.realmRolesOf(owner)).contains("sso-exempt");
            people.works(people.browser().directGrant(Tenant.OWNER, Tenant.OWNER_PASSWORD));
        }

        @Test
        @DisplayName("cannot be deleted")
        void isNotDeleted() {
            assertThat(tenant.admin().delete("/users/" + owner).status()).isEqualTo(400);

            people.works(people.browser().directGrant(Tenant.OWNER, Tenant.OWNER_PASSWORD));
        }

        @Test
        @DisplayName("cannot be taken out of the group that makes him one")
        void staysInTheGroup() {
            GroupRepresentation crisis = new GroupRepresentation();
            crisis.setName("crisis");
            tenant.admin().realm().groups().add(crisis).close();
            String group = tenant.admin().realm().getGroupByPath("/crisis").getId();
            tenant.admin().realm().groups().group(group).roles().realmLevel().add(List.of(exemptRole()));
            var user = tenant.admin().realm().users().get(owner);
            user.joinGroup(group);
            user.roles().realmLevel().remove(List.of(exemptRole()));
            try {
                Answer left = tenant.admin().delete("/users/" + owner + "/groups/" + group);

                assertThat(left.status()).as("%s", left).isEqualTo(400);
                people.works(people.browser().directGrant(Tenant.OWNER, Tenant.OWNER_PASSWORD));
            } finally {
                user.roles().realmLevel().add(List.of(exemptRole()));
                tenant.admin().realm().groups().group(group).remove();
            }
        }

        @Test
        @DisplayName("is not one whose exemption ends: ENFORCE is refused while there is no other")
        void endingIsNotEnough() {
            tenant.policy("OFF");
            try {
                tenant.admin().put("/sso-policy/exemptions/" + owner, Map.of("reason", "a day", "until", inDays(1)));

                Answer enforce = tenant.admin()
                        .put("/sso-policy", Map.of("mode", "ENFORCE", "allowedProviders", List.of(Tenant.OKTA)));

                assertThat(fields(enforce)).containsExactly("exemptRole");
            } finally {
                tenant.admin().put("/sso-policy/exemptions/" + owner, Map.of("reason", "break glass"));
                tenant.policy("ENFORCE");
            }
        }
    }

    @Test
    @DisplayName("bad input is a 400 for each field, and nothing is given")
    void badInput() {
        assertThat(fields(put(Map.of()))).containsExactly("reason");
        assertThat(fields(put(Map.of("reason", " ", "until", "tomorrow")))).containsExactly("until", "reason");
        assertThat(fields(put(Map.of("reason", "late", "until", "2020-01-01T00:00:00Z"))))
                .containsExactly("until");
        assertThat(fields(put(Map.of("reason", "x".repeat(1001), "by", "y".repeat(256)))))
                .containsExactly("reason", "by");
        assertThat(put(Map.of("reasn", "typo")).status()).isEqualTo(400);
        assertThat(tenant.admin()
                        .put("/sso-policy/exemptions/nobody", Map.of("reason", "who"))
                        .status())
                .isEqualTo(404);
        assertThat(tenant.realmRolesOf(person)).doesNotContain("sso-exempt");
    }

    @Nested
    @DisplayName("The mail about an exemption")
    class Mails {

        private final MailServer mails = MailServer.start();

        @BeforeEach
        void people() {
            smtp(mails.settings());
            notifying(true);
        }

        @AfterEach
        void nobody() {
            notifying(false);
            smtp(Map.of());
            mails.close();
        }

        @Test
        @DisplayName("EXM-1 says who, why and until when, whatever the e-mail theme")
        void granted() {
            put(Map.of("reason", "Tax <b>audit</b>", "until", inDays(30)));

            assertThat(mails.mail(email))
                    .contains("Subject: You may sign in without single sign-on")
                    .contains("An administrator of Sso-exemptions has allowed you")
                    .contains("Reason: Tax <b>audit</b>", "Reason: Tax &lt;b&gt;audit&lt;/b&gt;")
                    .contains("Valid until: ", "<p>Valid until: ");
        }

        @Test
        @DisplayName("speaks the person's language, and the realm's to who has none, but never the administrator's")
        void language() {
            tenant.admin().put("/sso-policy/exemptions/" + person, Map.of("reason", "Paie"), "ar");
            assertThat(mails.mail(email)).contains("Subject: You may sign in", "An administrator of");

            speaks("fr");
            tenant.admin().put("/sso-policy/exemptions/" + person, Map.of("reason", "Paie", "until", inDays(30)), "ar");

            assertThat(mails.mail(email))
                    .contains("Subject: Vous pouvez vous connecter sans authentification unique")
                    .contains("Un administrateur de Sso-exemptions vous a donné l'autorisation de vous connecter")
                    .contains("Motif\u00a0: Paie", "<p>Motif\u00a0: Paie</p>", "Valable jusqu'au\u00a0: ")
                    .doesNotContain("Reason", "administrator", "ssoExemption");
        }

        @Test
        @DisplayName("that it ends soon comes by itself, with the days that are left")
        void expiring() {
            speaks("fr");
            put(Map.of("reason", "Paie", "until", inDays(3)));
            assertThat(mails.mail(email)).contains("Subject: Vous pouvez vous connecter");

            assertThat(mails.mail(email))
                    .contains("Subject: Votre dispense d'authentification unique prend bientôt fin")
                    .contains("prend bientôt fin. Passé ce délai, connectez-vous avec votre organisation.")
                    .contains("Jours restants\u00a0: 2", "<p>Jours restants\u00a0: 2</p>", "Motif\u00a0: Paie");
        }

        @Test
        @DisplayName("runs from right to left in Arabic")
        void rightToLeft() {
            speaks("ar");
            put(Map.of("reason", "audit"));

            assertThat(mails.mail(email))
                    .contains("Subject: يمكنك الدخول")
                    .containsPattern("<html[^>]* dir=\"rtl\"")
                    .contains("السبب: audit");
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({
            "ssoExemptionGrantedSubject,'Subject: '",
            "ssoExemptionGrantedBody,<p>",
            "ssoExemptionUntil,<p>",
            "ssoExemptionReason,<p>",
            "ssoExemptionQuestions,<p>"
        })
        @DisplayName("can be reworded in the realm's localization, per language")
        void reworded(String key, String before) {
            String words = "Chez Acme : " + key;
            tenant.admin().realm().localization().saveRealmLocalizationText("fr", key, words);
            try {
                speaks("fr");
                put(Map.of("reason", "Paie", "until", inDays(30)));

                assertThat(mails.mail(email)).contains(before + words);
            } finally {
                tenant.admin().realm().localization().deleteRealmLocalizationText("fr", key);
            }
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource({"ssoExemptionExpiringSubject,'Subject: '", "ssoExemptionExpiringBody,<p>", "ssoExemptionDays,<p>"})
        @DisplayName("that it ends soon can be reworded, too")
        void expiringReworded(String key, String before) {
            String words = "Chez Acme : " + key;
            tenant.admin().realm().localization().saveRealmLocalizationText("fr", key, words);
            try {
                speaks("fr");
                put(Map.of("reason", "Paie", "until", inDays(3)));
                assertThat(mails.mail(email)).doesNotContain(words);

                assertThat(mails.mail(email)).contains(before + words);
            } finally {
                tenant.admin().realm().localization().deleteRealmLocalizationText("fr", key);
            }
        }

        @Test
        @DisplayName("is not sent where the policy does not ask for it")
        void notAskedFor() {
            notifying(false);

            put(Map.of("reason", "no mail", "until", inDays(30)));

            assertThat(mails.isEmpty(email)).isTrue();
        }

        private void speaks(String language) {
            UserRepresentation user = tenant.admin().realm().users().get(person).toRepresentation();
            user.setAttributes(Map.of("locale", List.of(language)));
            tenant.admin().realm().users().get(person).update(user);
        }

        private static void smtp(Map<String, String> settings) {
            RealmRepresentation realm = tenant.admin().realm().toRepresentation();
            realm.setSmtpServer(settings);
            tenant.admin().realm().update(realm);
        }

        private static void notifying(boolean on) {
            Answer saved = tenant.admin()
                    .put(
                            "/sso-policy",
                            Map.of(
                                    "mode",
                                    "ENFORCE",
                                    "allowedProviders",
                                    List.of(Tenant.OKTA),
                                    "notifyExemptions",
                                    on));
            assertThat(saved.status()).as("%s", saved).isIn(200, 204);
        }
    }

    @Test
    @DisplayName("a mail that cannot be sent keeps nobody from being exempt")
    void mailServerAway() {
        RealmRepresentation realm = tenant.admin().realm().toRepresentation();
        realm.setSmtpServer(Map.of("host", "localhost", "port", "1", "from", "sso@tenant.test"));
        tenant.admin().realm().update(realm);
        tenant.admin()
                .put(
                        "/sso-policy",
                        Map.of("mode", "ENFORCE", "allowedProviders", List.of(Tenant.OKTA), "notifyExemptions", true));
        try {
            assertThat(put(Map.of("reason", "no mail")).status()).isEqualTo(200);
            people.works(people.browser().directGrant(email, PASSWORD));
        } finally {
            tenant.policy("ENFORCE");
            realm.setSmtpServer(Map.of());
            tenant.admin().realm().update(realm);
        }
    }

    private Answer put(Map<String, ?> exemption) {
        return tenant.admin().put("/sso-policy/exemptions/" + person, exemption);
    }

    private Answer delete(String query) {
        return tenant.admin().delete("/sso-policy/exemptions/" + person + query);
    }

    private JsonNode exemption() {
        return tenant.admin().get("/sso-policy/exemptions/" + person).body();
    }

    private List<AdminEventRepresentation> adminEvents() {
        return tenant.adminEvents().stream()
                .filter(event -> "SSO_EXEMPTION".equals(event.getResourceType()))
                .filter(event -> event.getResourcePath().endsWith(person))
                .toList();
    }

    private static RoleRepresentation exemptRole() {
        return tenant.admin().realm().roles().get("sso-exempt").toRepresentation();
    }

    private static String inDays(int days) {
        return Instant.now().plus(Duration.ofDays(days)).toString();
    }

    private static List<String> fields(Answer answer) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(400);
        return StreamSupport.stream(answer.body().path("errors").spliterator(), false)
                .map(error -> error.path("field").asText())
                .toList();
    }
}
