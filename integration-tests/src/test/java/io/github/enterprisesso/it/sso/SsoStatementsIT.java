package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.NINA;
import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static io.github.enterprisesso.it.sso.People.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.AdminClient;
import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.server.Statements;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the gates ask of the database: nothing in a realm that is OFF, at most one statement where it is enforced. */
@KeycloakTest
class SsoStatementsIT {

    @AutoClose
    static Tenant tenant;

    static People people;
    static Statements statements;

    @BeforeAll
    static void realms(KeycloakServer keycloak, Deployment deployment) {
        tenant = Tenant.create(keycloak, "sso-statements");
        people = People.in(tenant);
        statements = deployment.statements();
    }

    @BeforeEach
    void withoutAPolicy() {
        tenant.admin().post("/sso-policy/uninstall", Map.of());
        tenant.admin().realm().logoutAll();
    }

    @Test
    @DisplayName("an enterprise login with its tokens, and a refresh: OFF costs nothing, ENFORCE one statement at most")
    void loginAndRefresh() {
        Cost never = cost(tenant.server());
        tenant.policy("OFF");
        Cost off = cost(tenant.server());
        tenant.policy("ENFORCE");
        Cost enforced = cost(tenant.server());

        assertThat(off).isEqualTo(never);
        assertThat(never.login()).isNotEmpty();
        assertThat(Stream.concat(never.login().keySet().stream(), never.refresh().keySet().stream()))
                .noneMatch(SsoStatementsIT::ours);
        assertThat(total(enforced.refresh()))
                .as("%s", enforced.refresh())
                .isLessThanOrEqualTo(total(never.refresh()) + 1);
        assertThat(total(enforced.login())).as("%s", enforced.login()).isLessThanOrEqualTo(total(never.login()) + 1);
        assertThat(enforced.login().keySet())
                .as("when somebody last signed in is written by primary key")
                .filteredOn(SsoStatementsIT::ours)
                .singleElement(InstanceOfAssertFactories.STRING)
                .containsIgnoringCase("SSO_LAST_LOGIN")
                .containsIgnoringCase("on conflict");
    }

    @Test
    @DisplayName("a server with the kill switch lets everybody in whatever the policy says, and its gates cost nothing")
    void killSwitch(Deployment deployment) {
        try (KeycloakServer open = deployment.anotherNode("--spi-required-action--enforce-sso--gates=false")) {
            Cost never = cost(open);
            tenant.policy("ENFORCE");

            Cost killed = cost(open);

            assertThat(killed).isEqualTo(never);
            assertThat(browser(open).loginByPassword(NINA, PASSWORD).code()).isPresent();
            assertThat(browser(open).directGrant(NINA, PASSWORD).status()).isEqualTo(200);
            assertThat(doctor(open)).contains("All gates of this server stand open");
            tenant.admin().realm().logoutAll();
            people.isRefused(people.browser().directGrant(NINA, PASSWORD), people.nina);
        }
    }

    private static String doctor(KeycloakServer node) {
        try (AdminClient admin = AdminClient.ofMaster(node, tenant.realm())) {
            return admin.get("/sso-policy/doctor?probe=false").text();
        }
    }

    /**
     * @param login statements of a login through Okta until the client has its tokens
     * @param refresh statements of a refresh
     */
    private record Cost(Map<String, Long> login, Map<String, Long> refresh) {}

    private static Cost cost(KeycloakServer server) {
        String refreshToken = login(server).at("/refresh_token");
        return new Cost(
                statements.of(() -> login(server)),
                statements.of(() -> succeed(browser(server).refresh(refreshToken))));
    }

    private static Answer login(KeycloakServer server) {
        OidcBrowser browser = browser(server);
        return succeed(browser.tokens(browser.loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD)));
    }

    private static OidcBrowser browser(KeycloakServer server) {
        return new OidcBrowser(server.url(), tenant.realm());
    }

    private static Answer succeed(Answer tokens) {
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        return tokens;
    }

    /** True if a statement is about a table of this module. */
    private static boolean ours(String statement) {
        return statement.toUpperCase(Locale.ROOT).contains("SSO_");
    }

    private static long total(Map<String, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }
}
