package io.github.enterprisesso.it.sso;

import io.github.enterprisesso.it.realm.Tenant;
import java.util.Map;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;

/** A browser flow that asks for the username on one page and for the password on the next. */
final class UsernameFirst {

    private static final String FLOW = "username first";

    private UsernameFirst() {}

    /** Makes the flow; answers its id. */
    static String create(Tenant tenant) {
        AuthenticationManagementResource flows = tenant.admin().realm().flows();
        AuthenticationFlowRepresentation flow = new AuthenticationFlowRepresentation();
        flow.setAlias(FLOW);
        flow.setProviderId("basic-flow");
        flow.setTopLevel(true);
        flows.createFlow(flow).close();
        flows.addExecution(FLOW, Map.of("provider", "auth-username-form"));
        flows.addExecution(FLOW, Map.of("provider", "auth-password-form"));
        flows.getExecutions(FLOW).forEach(execution -> {
            execution.setRequirement("REQUIRED");
            flows.updateExecutions(FLOW, execution);
        });
        return flows.getFlows().stream()
                .filter(made -> made.getAlias().equals(FLOW))
                .findFirst()
                .map(AuthenticationFlowRepresentation::getId)
                .orElseThrow();
    }
}
