package io.github.enterprisesso.it.sso;

import static io.github.enterprisesso.it.sso.People.OKTA_PASSWORD;
import static io.github.enterprisesso.it.sso.People.OLGA;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import io.github.enterprisesso.it.server.Statements;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
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

    @Test
    @DisplayName("an enterprise login with its tokens, and a refresh: OFF costs nothing, ENFORCE one statement at most")
    void loginAndRefresh() {
        Cost never = cost();
        tenant.policy("OFF");
        Cost off = cost();
        tenant.policy("ENFORCE");
        Cost enforced = cost();

        assertThat(off).isEqualTo(never);
        assertThat(total(enforced.refresh()))
                .as("%s", enforced.refresh())
                .isLessThanOrEqualTo(total(never.refresh()) + 1);
        assertThat(total(enforced.login()))
                .as("%s", enforced.login())
                .isPositive()
                .isLessThanOrEqualTo(total(never.login()) + 1);
    }

    /**
     * @param login statements of a login through Okta until the client has its tokens
     * @param refresh statements of a refresh
     */
    private record Cost(Map<String, Long> login, Map<String, Long> refresh) {}

    private static Cost cost() {
        String refreshToken = login().at("/refresh_token");
        return new Cost(
                statements.of(SsoStatementsIT::login),
                statements.of(() -> succeed(people.browser().refresh(refreshToken))));
    }

    private static Answer login() {
        return succeed(people.browser().tokens(people.browser().loginThrough(Tenant.OKTA, OLGA, OKTA_PASSWORD)));
    }

    private static Answer succeed(Answer tokens) {
        assertThat(tokens.status()).as("%s", tokens).isEqualTo(200);
        return tokens;
    }

    private static long total(Map<String, Long> calls) {
        return calls.values().stream().mapToLong(Long::longValue).sum();
    }
}
