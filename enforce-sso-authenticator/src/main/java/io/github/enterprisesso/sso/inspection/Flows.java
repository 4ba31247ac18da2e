package io.github.enterprisesso.sso.inspection;

import io.github.enterprisesso.sso.doctor.RealmSnapshot.Flow;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Use;
import jakarta.persistence.EntityManager;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.keycloak.authentication.authenticators.resetcred.ResetCredentialEmail;
import org.keycloak.authentication.authenticators.resetcred.ResetOTP;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowBindings;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** The flows that people can come through, and whether the authenticator is in them. */
final class Flows {

    private static final String AUTHENTICATOR = "enforce-sso-authenticator";

    private final KeycloakSession session;
    private final RealmModel realm;

    Flows(KeycloakSession session, RealmModel realm) {
        this.session = session;
        this.realm = realm;
    }

    List<Flow> bound() {
        return Stream.concat(
                        Stream.of(
                                        flow(Use.BROWSER, realm.getBrowserFlow()),
                                        flow(Use.DIRECT_GRANT, realm.getDirectGrantFlow()),
                                        flow(Use.RESET_CREDENTIALS, realm.getResetCredentialsFlow()),
                                        flow(Use.REGISTRATION, realm.getRegistrationFlow()))
                                .flatMap(Optional::stream),
                        overrides())
                .toList();
    }

    private Optional<Flow> flow(Use use, AuthenticationFlowModel flow) {
        return Optional.ofNullable(flow)
                .map(bound -> new Flow(use, bound.getAlias(), Optional.empty(), gated(bound.getId())));
    }

    /** One query, however many clients there are. */
    private Stream<Flow> overrides() {
        EntityManager database =
                session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return database
                .createQuery(
                        "select c.clientId, key(b), value(b) from ClientEntity c join c.authFlowBindings b"
                                + " where c.realmId = :realm order by c.clientId",
                        Object[].class)
                .setParameter("realm", realm.getId())
                .getResultList()
                .stream()
                .map(row -> override((String) row[0], (String) row[1], (String) row[2]))
                .flatMap(Optional::stream);
    }

    private Optional<Flow> override(String client, String binding, String flowId) {
        AuthenticationFlowModel flow =
                flowId == null || flowId.isBlank() ? null : realm.getAuthenticationFlowById(flowId);
        Use use = AuthenticationFlowBindings.DIRECT_GRANT_BINDING.equals(binding) ? Use.DIRECT_GRANT : Use.BROWSER;
        return Optional.ofNullable(flow)
                .map(bound -> new Flow(use, bound.getAlias(), Optional.of(client), gated(bound.getId())));
    }

    /** @param flowId null for no flow */
    boolean gated(String flowId) {
        return flowId != null && steps(flowId, new HashSet<>()).anyMatch(Flows::isGate);
    }

    /** True if "forgot password" neither signs anybody in nor sets up a new authenticator app in the place of his own. */
    boolean resetKeepsSecondFactor() {
        AuthenticationFlowModel flow = realm.getResetCredentialsFlow();
        return flow != null
                && steps(flow.getId(), new HashSet<>())
                        .noneMatch(step -> ResetOTP.PROVIDER_ID.equals(step.getAuthenticator())
                                || ResetCredentialEmail.PROVIDER_ID.equals(step.getAuthenticator())
                                        && !asksForLogin(step));
    }

    private boolean asksForLogin(AuthenticationExecutionModel mail) {
        return Optional.ofNullable(mail.getAuthenticatorConfig())
                .map(realm::getAuthenticatorConfigById)
                .map(AuthenticatorConfigModel::getConfig)
                .map(config -> config.get(ResetCredentialEmail.FORCE_LOGIN))
                .filter(Boolean::parseBoolean)
                .isPresent();
    }

    /** Those of a flow and of the flows in it that are not disabled. */
    private Stream<AuthenticationExecutionModel> steps(String flowId, Set<String> seen) {
        return seen.add(flowId)
                ? realm.getAuthenticationExecutionsStream(flowId)
                        .filter(execution -> !execution.isDisabled())
                        .flatMap(execution -> execution.isAuthenticatorFlow()
                                ? steps(execution.getFlowId(), seen)
                                : Stream.of(execution))
                : Stream.empty();
    }

    private static boolean isGate(AuthenticationExecutionModel execution) {
        return Objects.equals(execution.getAuthenticator(), AUTHENTICATOR);
    }
}
