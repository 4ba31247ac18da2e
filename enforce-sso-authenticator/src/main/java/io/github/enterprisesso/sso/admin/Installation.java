package io.github.enterprisesso.sso.admin;

import io.github.enterprisesso.sso.settings.OrganizationModes;
import io.github.enterprisesso.sso.settings.SsoSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionProviderModel;

/** What of this module a realm's configuration names. While it names anything, the JAR must stay. */
final class Installation {

    private static final Set<String> AUTHENTICATORS = Set.of("enforce-sso-authenticator", "enforce-sso-identity-first");

    private final KeycloakSession session;
    private final RealmModel realm;

    Installation(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    /**
     * What is bound.
     *
     * @param requiredAction true if the required action, which carries the policy, is registered
     * @param flows aliases of the flows that one of the authenticators is in
     * @param organizations aliases of the organizations with a mode
     */
    public record BoundRepresentation(boolean requiredAction, List<String> flows, List<String> organizations) {}

    BoundRepresentation bound() {
        return new BoundRepresentation(
                action() != null,
                flows().filter(flow -> steps(flow).findAny().isPresent())
                        .map(AuthenticationFlowModel::getAlias)
                        .sorted()
                        .toList(),
                List.copyOf(OrganizationModes.of(session, realm).byAlias().keySet()));
    }

    /** From this moment on every way of signing in is open, and the JAR may go. */
    void remove() {
        flows().toList().forEach(flow -> steps(flow).toList().forEach(realm::removeAuthenticatorExecution));
        new OrganizationModes(Map.of()).save(session, realm);
        RequiredActionProviderModel action = action();
        if (action != null) {
            realm.removeRequiredActionProvider(action);
        }
    }

    private RequiredActionProviderModel action() {
        return realm.getRequiredActionProviderByAlias(SsoSettings.ACTION);
    }

    /** Subflows are flows of their own. */
    private Stream<AuthenticationFlowModel> flows() {
        return realm.getAuthenticationFlowsStream();
    }

    private Stream<AuthenticationExecutionModel> steps(AuthenticationFlowModel flow) {
        return realm.getAuthenticationExecutionsStream(flow.getId())
                .filter(step -> step.getAuthenticator() != null && AUTHENTICATORS.contains(step.getAuthenticator()));
    }
}
