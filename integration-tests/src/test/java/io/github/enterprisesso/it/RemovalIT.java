package io.github.enterprisesso.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.client.ScimClient;
import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What the bundle's own tables keep when Keycloak's objects go. */
@KeycloakTest
class RemovalIT {

    @Test
    @DisplayName("no table keeps a row of a removed user, and none at all of a removed realm")
    void nothingIsLeftBehind(KeycloakServer keycloak, Deployment deployment) {
        String realmId;
        try (Tenant tenant = Tenant.create(keycloak, "removal")) {
            realmId = tenant.admin().realm().toRepresentation().getId();
            tenant.mapEveryGroupToATeam();
            ScimClient scim = tenant.connect();
            String first = push(scim, "rita@acme.test");
            push(scim, "rosa@acme.test");
            String group = scim.post("/Groups", """
                            {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Removal",
                             "members":[{"value":"%s"}]}""".formatted(first)).at("/id");
            scim.post("/Groups", """
                    {"displayName":"Around","members":[{"value":"%s","type":"Group"}]}""".formatted(group));
            for (String exempt : List.of(first, tenant.localUser("ruth@acme.test", "ruth-password"))) {
                tenant.admin().put("/sso-policy/exemptions/" + exempt, Map.of("reason", "Removal"));
            }
            tenant.policy("REPORT");
            String visitor = tenant.localUser("vic@acme.test", "vic-password");
            tenant.browser().loginByPassword("vic@acme.test", "vic-password");
            assertThat(deployment.rowsOf(realmId))
                    .containsEntry("sso_exemption", 2)
                    .containsEntry("sso_last_login", 1)
                    .containsEntry("scim_token", 1)
                    .containsEntry("scim_user", 2)
                    .containsEntry("scim_group_member", 1)
                    .containsEntry("team_mapping", 2)
                    .hasEntrySatisfying(
                            "team_grant", grants -> assertThat(grants).isPositive());

            tenant.admin().realm().users().get(first).remove();
            tenant.admin().realm().users().get(visitor).remove();

            assertThat(deployment.rowsOf(realmId))
                    .containsEntry("scim_user", 1)
                    .containsEntry("sso_exemption", 1)
                    .containsEntry("sso_last_login", 0);
            assertThat(tenant.admin()
                            .get("/group-mappings/grants?userId=" + first)
                            .body())
                    .isEmpty();
        }

        assertThat(deployment.rowsOf(realmId))
                .isNotEmpty()
                .allSatisfy((table, rows) -> assertThat(rows).as(table).isZero());
    }

    private static String push(ScimClient scim, String userName) {
        return scim.post("/Users", """
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%s",
                         "name":{"givenName":"R","familyName":"Removed"},"active":true}""".formatted(userName)).at("/id");
    }
}
