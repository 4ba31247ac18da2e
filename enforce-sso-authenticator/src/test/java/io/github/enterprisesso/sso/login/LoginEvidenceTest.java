package io.github.enterprisesso.sso.login;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.enterprisesso.sso.policy.Evidence;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.keycloak.authentication.AuthenticationProcessor;
import org.keycloak.events.Details;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.RealmModel;
import org.keycloak.services.managers.AuthenticationManager;
import org.keycloak.sessions.AuthenticationSessionModel;
import org.keycloak.sessions.CommonClientSessionModel.ExecutionStatus;

class LoginEvidenceTest {

    private final Map<String, String> authNotes = new HashMap<>();
    private final Map<String, String> sessionNotes = new HashMap<>();
    private final Map<String, ExecutionStatus> executions = new HashMap<>();

    private final LoginEvidence evidence = new LoginEvidence(null, realm(), login());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth-spnego",
                "auth-x509-client-username-form",
                "auth-username-password-form",
                "auth-otp-form",
                "auth-recovery-authn-code-form",
                "webauthn-authenticator-passwordless",
                "an-authenticator-of-somebody-else"
            })
    @DisplayName(
            "Route 3 (Kerberos, and all others): whatever the realm checks by itself is a local login by that name")
    void local(String authenticator) {
        executions.put(authenticator, ExecutionStatus.SUCCESS);

        assertThat(evidence.ofFinishedLogin()).isEqualTo(new Evidence.Local(authenticator));
        assertThat(evidence.byCookie()).isFalse();
    }

    @Test
    @DisplayName("Route 3: a Kerberos ticket that was offered beside a password names only what succeeded")
    void onlySuccess() {
        executions.put("auth-spnego", ExecutionStatus.ATTEMPTED);
        executions.put("auth-username-password-form", ExecutionStatus.SUCCESS);

        assertThat(evidence.ofFinishedLogin()).isEqualTo(new Evidence.Local("auth-username-password-form"));
    }

    @Test
    @DisplayName("a login that no authenticator and no provider vouches for is a local one")
    void nothing() {
        assertThat(evidence.ofFinishedLogin()).isEqualTo(new Evidence.Local("local"));
    }

    @Test
    @DisplayName("a provider that answered in this login is the evidence")
    void provider() {
        sessionNotes.put(Details.IDENTITY_PROVIDER, "okta");

        assertThat(evidence.ofFinishedLogin()).isEqualTo(new Evidence.Brokered("okta"));
    }

    @Test
    @DisplayName("Route 13: the cookie alone, or the choice of an organization after it, is a login by cookie")
    void cookie() {
        authNotes.put(AuthenticationManager.SSO_AUTH, "true");
        executions.put("auth-cookie", ExecutionStatus.ATTEMPTED);
        executions.put("organization", ExecutionStatus.SUCCESS);

        assertThat(evidence.byCookie()).isTrue();
    }

    @Test
    @DisplayName("Route 14: a passkey shown in the step that chooses the organization is no login by cookie")
    void passkeyInTheOrganizationStep() {
        authNotes.put(AuthenticationManager.SSO_AUTH, "true");
        authNotes.put(AuthenticationProcessor.AUTHN_CREDENTIALS, "[\"webauthn-passwordless\"]");
        executions.put("auth-cookie", ExecutionStatus.ATTEMPTED);
        executions.put("organization", ExecutionStatus.SUCCESS);

        assertThat(evidence.byCookie()).isFalse();
        assertThat(evidence.ofFinishedLogin()).isEqualTo(new Evidence.Local("organization"));
    }

    private AuthenticationSessionModel login() {
        return stub(AuthenticationSessionModel.class, (method, argument) -> switch (method) {
            case "getAuthNote" -> authNotes.get(argument);
            case "getUserSessionNotes" -> sessionNotes;
            case "getExecutionStatus" -> executions;
            default -> throw new UnsupportedOperationException(method);
        });
    }

    /** Each execution goes by the name of its authenticator. */
    private static RealmModel realm() {
        return stub(RealmModel.class, (method, argument) -> {
            AuthenticationExecutionModel execution = new AuthenticationExecutionModel();
            execution.setAuthenticator(argument);
            return execution;
        });
    }

    private interface Answers {
        Object to(String method, String argument);
    }

    private static <T> T stub(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        answers.to(method.getName(), arguments == null ? null : (String) arguments[0])));
    }
}
