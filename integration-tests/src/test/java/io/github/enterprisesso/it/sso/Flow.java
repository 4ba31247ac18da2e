package io.github.enterprisesso.it.sso;

import io.github.enterprisesso.it.client.OidcBrowser;
import io.github.enterprisesso.it.realm.Tenant;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Map;
import org.keycloak.admin.client.CreatedResponseUtil;
import org.keycloak.admin.client.resource.AuthenticationManagementResource;
import org.keycloak.representations.idm.AuthenticationExecutionInfoRepresentation;
import org.keycloak.representations.idm.AuthenticationFlowRepresentation;
import org.keycloak.representations.idm.AuthenticatorConfigRepresentation;
import org.keycloak.representations.idm.ClientRepresentation;

/** An authentication flow that a test makes for a client of its own. */
record Flow(Tenant tenant, String alias) {

    /** A flow without steps. */
    static Flow create(Tenant tenant, String alias) {
        AuthenticationFlowRepresentation flow = new AuthenticationFlowRepresentation();
        flow.setAlias(alias);
        flow.setProviderId("basic-flow");
        flow.setTopLevel(true);
        flows(tenant).createFlow(flow).close();
        return new Flow(tenant, alias);
    }

    static Flow copyOf(Tenant tenant, String original, String alias) {
        flows(tenant).copy(original, Map.of("newName", alias)).close();
        return new Flow(tenant, alias);
    }

    /** Adds a step at the end. */
    Flow step(String provider, String requirement) {
        flows(tenant).addExecution(alias, Map.of("provider", provider));
        return with(provider, requirement);
    }

    /** Adds a step at the end, with options. */
    Flow step(String provider, String requirement, Map<String, String> options) {
        return step(provider, requirement).options(provider, options);
    }

    /** Gives options to a step that has none. */
    Flow options(String provider, Map<String, String> options) {
        AuthenticatorConfigRepresentation config = new AuthenticatorConfigRepresentation();
        config.setAlias(alias + " " + provider);
        config.setConfig(options);
        flows(tenant).newExecutionConfig(execution(provider).getId(), config).close();
        return this;
    }

    /** Adds a flow within this one. */
    Flow subFlow(String name, String requirement) {
        return subFlow(alias, name, requirement);
    }

    /** Adds a flow within one that lies in this one. */
    Flow subFlow(String parent, String name, String requirement) {
        flows(tenant).addExecutionFlow(parent, Map.of("alias", name, "type", "basic-flow", "provider", ""));
        AuthenticationExecutionInfoRepresentation made = flows(tenant).getExecutions(alias).stream()
                .filter(execution -> name.equals(execution.getDisplayName()))
                .findFirst()
                .orElseThrow();
        made.setRequirement(requirement);
        flows(tenant).updateExecutions(alias, made);
        return new Flow(tenant, name);
    }

    /** Changes what a step, or the flow of this name within this one, counts for. */
    Flow with(String step, String requirement) {
        AuthenticationExecutionInfoRepresentation execution = execution(step);
        execution.setRequirement(requirement);
        flows(tenant).updateExecutions(alias, execution);
        return this;
    }

    /** Makes a public client of the same name whose browser flow or direct grant this flow is. */
    String client(String binding) {
        ClientRepresentation client = new ClientRepresentation();
        client.setClientId(alias);
        client.setPublicClient(true);
        client.setDirectAccessGrantsEnabled(true);
        client.setRedirectUris(List.of(OidcBrowser.REDIRECT_URI));
        client.setAuthenticationFlowBindingOverrides(Map.of(binding, id()));
        try (Response response = tenant.admin().realm().clients().create(client)) {
            CreatedResponseUtil.getCreatedId(response);
        }
        return alias;
    }

    private String id() {
        return flows(tenant).getFlows().stream()
                .filter(flow -> flow.getAlias().equals(alias))
                .findFirst()
                .map(AuthenticationFlowRepresentation::getId)
                .orElseThrow();
    }

    private AuthenticationExecutionInfoRepresentation execution(String step) {
        return flows(tenant).getExecutions(alias).stream()
                .filter(execution -> step.equals(execution.getProviderId()) || step.equals(execution.getDisplayName()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + step + " in " + alias));
    }

    private static AuthenticationManagementResource flows(Tenant tenant) {
        return tenant.admin().realm().flows();
    }
}
