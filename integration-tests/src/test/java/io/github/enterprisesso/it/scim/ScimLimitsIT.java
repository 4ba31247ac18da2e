package io.github.enterprisesso.it.scim;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.Answer;
import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How often, how large, how many. */
@KeycloakTest
class ScimLimitsIT {

    @AutoClose
    static Tenant tenant;

    @BeforeAll
    static void realms(KeycloakServer keycloak) {
        tenant = Tenant.create(keycloak, "limits");
    }

    @Test
    @DisplayName("more requests than a token may send: 429 with Retry-After in whole seconds; another token goes on")
    void rate() {
        // One of two comes back after half a minute: no test machine is so slow.
        ScimClient scim = tenant.connect("rated", Map.of("requestsPerMinute", "2"));
        ScimClient other = tenant.withNewToken(tenant.connectionId("rated"), Map.of("label", "other"));
        for (int request = 0; request < 2; request++) {
            assertThat(scim.get("/Users?count=0").status()).isEqualTo(200);
        }

        Answer refused = scim.post("/Users", Scim.user("hasty@acme.test"));

        Scim.assertError(refused, 429, null);
        assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1, 30);
        assertThat(refused.at("/detail")).contains("2 requests a minute");
        assertThat(other.get("/Users?filter=userName eq \"hasty@acme.test\"").at("/totalResults"))
                .isEqualTo("0");
    }

    @Test
    @DisplayName("a larger body than allowed: 413 that says what is allowed")
    void size() {
        ScimClient scim = tenant.connect("small", Map.of("maxRequestSize", "1024"));
        assertThat(scim.post("/Users", Scim.user("small@acme.test")).status()).isEqualTo(201);

        Answer refused = scim.post("/Users", Scim.user("large@acme.test").replace("Jane", "J" + "a".repeat(1024)));

        Scim.assertError(refused, 413, null);
        assertThat(refused.at("/detail")).contains("1024");
    }

    @Test
    @DisplayName("more members than allowed: 400 that says how many are, and no member is added")
    void members() {
        ScimClient scim = tenant.connect("few", Map.of("groupProvisioning", "true", "maxMembers", "2"));
        String one = Scim.create(scim, "one@acme.test");
        String two = Scim.create(scim, "two@acme.test");
        String three = Scim.create(scim, "three@acme.test");
        String group = Scim.group(scim, "Few");
        String add = "{\"op\":\"add\",\"path\":\"members\",\"value\":[%s]}";
        String member = "{\"value\":\"%s\"}";

        Answer refused = scim.patch(
                "/Groups/" + group,
                Scim.patch(add.formatted(
                        member.formatted(one) + "," + member.formatted(two) + "," + member.formatted(three))));

        Scim.assertError(refused, 400, "invalidValue");
        assertThat(refused.at("/detail")).contains("3 are named", "at most 2");
        assertThat(scim.get("/Groups/" + group).body().path("members")).isEmpty();
        assertThat(scim.patch(
                                "/Groups/" + group,
                                Scim.patch(add.formatted(member.formatted(one) + "," + member.formatted(two))))
                        .status())
                .isEqualTo(200);
        assertThat(scim.get("/Groups/" + group).body().path("members")).hasSize(2);
    }

    @Test
    @DisplayName("a limit that is no number in its range: 400 for its field")
    void invalid() {
        Answer refused = tenant.admin()
                .post(
                        "/scim-connections",
                        Map.of(
                                "name",
                                "unlimited",
                                "identityProvider",
                                "okta",
                                "options",
                                Map.of("requestsPerMinute", "-1", "maxRequestSize", "0", "maxMembers", "many")));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("errors").findValuesAsText("field"))
                .containsExactlyInAnyOrder("requestsPerMinute", "maxRequestSize", "maxMembers");
        assertThat(refused.text()).contains("from 1024 to 67108864");
    }
}
