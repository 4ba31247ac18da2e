package io.github.enterprisesso.it.sso;

import io.github.enterprisesso.it.realm.Tenant;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;

/** The browser flow that {@code docs/themes.md} describes: a copy of Keycloak's, with the address asked for first. */
final class IdentityFirst {

    private static final String FLOW = "browser identity first";

    private IdentityFirst() {}

    /** Makes the flow; answers its id. */
    static String create(Tenant tenant) {
        AuthenticationManagementResource flows = tenant.admin().realm().flows();
        try (Response copied = flows.copy("browser", Map.of("newName", FLOW))) {
            if (copied.getStatus() != 201) {
                throw new AssertionError("copy: " + copied.getStatus());
            }
        }
        String forms = FLOW + " forms";
        flows.addExecution(forms, Map.of("provider", "enforce-sso-identity-first", "priority", 5));
        flows.getExecutions(forms).stream()
                .filter(execution -> "enforce-sso-identity-first".equals(execution.getProviderId()))
                .forEach(execution -> {
                    execution.setRequirement("REQUIRED");
                    flows.updateExecutions(forms, execution);
                });
        return flows.getFlows().stream()
                .filter(made -> made.getAlias().equals(FLOW))
                .findFirst()
                .map(AuthenticationFlowRepresentation::getId)
                .orElseThrow();
    }

    /** Makes the flow and binds it as the browser flow of the realm. */
    static void bind(Tenant tenant) {
        create(tenant);
        var realm = tenant.admin().realm().toRepresentation();
        realm.setBrowserFlow(FLOW);
        tenant.admin().realm().update(realm);
    }
}
