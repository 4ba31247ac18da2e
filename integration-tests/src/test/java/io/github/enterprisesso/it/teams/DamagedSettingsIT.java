package io.github.enterprisesso.it.teams;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.it.realm.Tenant;
import io.github.enterprisesso.it.server.Deployment;
import io.github.enterprisesso.it.server.KeycloakServer;
import io.github.enterprisesso.it.server.KeycloakTest;
import jakarta.ws.rs.core.Response;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.keycloak.representations.idm.UserRepresentation;

/** Settings that nothing but the database itself would let in. */
@KeycloakTest
class DamagedSettingsIT {

    private static final String MAPPING =
            "select id from component where realm_id = '%s' and provider_id = 'group-mapping'";

    @Test
    @DisplayName("what the mapper cannot do undoes the change it heard of by an admin event, and the answer says so")
    void failure(KeycloakServer keycloak, Deployment deployment) {
        try (Tenant tenant = Tenant.create(keycloak, "damaged")) {
            tenant.mapEveryGroupToATeam();
            String mapping =
                    MAPPING.formatted(tenant.admin().realm().toRepresentation().getId());
            deployment.execute(
                    "update component_config set value = 'not a rule' where name = 'rules' and component_id in ("
                            + mapping + ")");
            tenant.admin().realm().clearRealmCache();
            try {
                UserRepresentation user = new UserRepresentation();
                user.setUsername("una");

                try (Response created = tenant.admin().realm().users().create(user)) {
                    assertThat(created.getStatus()).isEqualTo(500);
                }

                assertThat(tenant.admin().realm().users().search("una")).isEmpty();
            } finally {
                deployment.execute("delete from component_config where component_id in (" + mapping + ")");
                deployment.execute("delete from component where id in (" + mapping + ")");
                tenant.admin().realm().clearRealmCache();
            }
        }
    }
}
