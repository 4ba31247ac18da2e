package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What administrators ask of a realm with more people and sessions than fit in one batch. */
@KeycloakTest
class SsoCrowdIT {

    private static final int CROWD = 2300;
    private static final int SESSIONS = 600;

    @AutoClose
    static Tenant tenant;

    static String realmId;

    @BeforeAll
    static void realms(KeycloakServer keycloak, Deployment deployment) {
        tenant = Tenant.create(keycloak, "sso-crowd");
        tenant.policy("REPORT");
        realmId = tenant.admin().realm().toRepresentation().getId();
        deployment.execute("""
                insert into user_entity (id, username, email, email_constraint, realm_id, enabled, email_verified)
                select gen_random_uuid(), 'crowd-' || to_char(n, 'FM0000') || '@crowd.test',
                       'crowd-' || to_char(n, 'FM0000') || '@crowd.test',
                       'crowd-' || to_char(n, 'FM0000') || '@crowd.test', '%s', true, true
                from generate_series(1, %d) n
                """.formatted(realmId, CROWD));
    }

    @Test
    @DisplayName("readiness counts everybody, and pages of its list follow one another over the batches")
    void readiness() {
        Answer first = tenant.admin().get("/sso-policy/readiness?first=0&max=1000");
        Answer second = tenant.admin().get("/sso-policy/readiness?first=1000&max=1000");
        Answer last = tenant.admin().get("/sso-policy/readiness?first=2000&max=1000");

        assertThat(first.status()).as("%s", first.status()).isEqualTo(200);
        assertThat(first.at("/people/LOCKED_OUT")).isEqualTo(Integer.toString(CROWD));
        assertThat(first.at("/people/EXEMPT")).isEqualTo("1");
        assertThat(first.at("/total")).isEqualTo(Integer.toString(CROWD));
        List<String> names = List.of(first, second, last).stream()
                .flatMap(page -> page.body().path("users").findValuesAsText("username").stream())
                .toList();
        assertThat(names)
                .isEqualTo(IntStream.rangeClosed(1, CROWD)
                        .mapToObj("crowd-%04d@crowd.test"::formatted)
                        .toList());
    }

    @Test
    @DisplayName("ADM-11 the export has everybody once")
    void export() {
        Answer table = tenant.admin().get("/sso-policy/users/export", "text/csv");

        assertThat(table.text().lines().map(line -> line.split(",")[1]).filter(name -> name.endsWith("@crowd.test")))
                .hasSize(CROWD)
                .doesNotHaveDuplicates();
    }

    @Test
    @DisplayName(
            "a page of a hundred people costs as many statements as a page of two, readiness as many for each thousand")
    void setBased(Deployment deployment) {
        long few = statements(deployment, "/sso-policy/users?search=crowd&max=2");
        long many = statements(deployment, "/sso-policy/users?search=crowd&max=100");
        long readiness = statements(deployment, "/sso-policy/readiness");

        assertThat(many).isEqualTo(few);
        assertThat(readiness).isLessThan(60);
    }

    @Test
    @DisplayName("ENF-8 sessions are counted and ended over the batches")
    void sessions(Deployment deployment) {
        String nina = tenant.localUser("nina@acme.test", PASSWORD);
        tenant.browser().loginByPassword("nina@acme.test", PASSWORD);
        deployment.execute("""
                insert into offline_user_session (user_session_id, offline_flag, user_id, realm_id, created_on,
                                                  last_session_refresh, data, broker_session_id, version, remember_me)
                select gen_random_uuid(), offline_flag, user_id, realm_id, created_on, last_session_refresh, data,
                       broker_session_id, version, remember_me
                from offline_user_session, generate_series(1, %d) where user_id = '%s'
                """.formatted(SESSIONS, nina));
        tenant.policy("ENFORCE");
        Answer counted = tenant.admin().get("/sso-policy/sessions");

        Answer ended = tenant.admin().delete("/sso-policy/sessions");

        assertThat(counted.at("/sessions")).isEqualTo(Integer.toString(SESSIONS + 1));
        assertThat(ended.at("/sessions")).as("%s", ended).isEqualTo(Integer.toString(SESSIONS + 1));
        assertThat(tenant.sessionsOf(nina)).isZero();
        tenant.policy("REPORT");
        tenant.admin().realm().users().get(nina).remove();
    }

    private static long statements(Deployment deployment, String path) {
        return deployment
                .statements()
                .of(() -> assertThat(tenant.admin().get(path).status()).isEqualTo(200))
                .values()
                .stream()
                .mapToLong(Long::longValue)
                .sum();
    }
}
