package io.github.enterprisesso.sso.doctor;

import io.github.enterprisesso.sso.doctor.RealmSnapshot.Action;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Gates;
import java.util.stream.Stream;

/** Whether there is a policy and something that asks it. */
final class GateChecks {

    private GateChecks() {}

    static Stream<Finding> of(RealmSnapshot realm) {
        return Stream.of(
                killSwitch(realm), outputGates(realm), mode(realm), policy(realm), action(realm), first(realm));
    }

    private static Finding killSwitch(RealmSnapshot realm) {
        return realm.gates().on()
                ? Finding.pass("kill-switch", "The gates of this server are on")
                : Finding.fail(
                        "kill-switch",
                        "All gates of this server stand open, in every realm",
                        "Start the server without --spi-required-action--enforce-sso--gates=false");
    }

    private static Finding outputGates(RealmSnapshot realm) {
        Gates gates = realm.gates();
        return gates.token() && gates.saml()
                ? Finding.pass("output-gates", "Tokens and SAML assertions pass the policy")
                : Finding.fail(
                        "output-gates",
                        "Without the policy leave: %s%s"
                                .formatted(gates.token() ? "" : "tokens ", gates.saml() ? "" : "SAML assertions")
                                .strip(),
                        "Install the JAR on every node and run kc.sh build; do not disable the providers 'enforce-sso' of "
                                + "token-interceptor and saml-authentication-preprocessor");
    }

    private static Finding mode(RealmSnapshot realm) {
        return switch (realm.policy().mode()) {
            case OFF ->
                Finding.warn(
                        "mode",
                        "OFF: everybody may sign in in any way",
                        "Set REPORT, look at readiness, then set ENFORCE");
            case REPORT ->
                Finding.warn(
                        "mode",
                        "REPORT: nobody is refused",
                        "Set ENFORCE when readiness and the events sso_required show nobody who would be lost");
            case ENFORCE -> Finding.pass("mode", "ENFORCE");
        };
    }

    private static Finding policy(RealmSnapshot realm) {
        return realm.policy().complaints().isEmpty()
                ? Finding.pass("policy", "The policy is complete and can be read")
                : Finding.fail(
                        "policy", String.join("; ", realm.policy().complaints()), "PUT a policy without these faults");
    }

    private static Finding action(RealmSnapshot realm) {
        Action action = realm.action();
        if (action.registered() && action.enabled()) {
            return Finding.pass("required-action", "The required action enforce-sso is enabled");
        }
        String message = action.registered()
                ? "The required action enforce-sso is disabled: refused people see an error and not the page that helps"
                : "The required action enforce-sso is not registered, so the realm has no policy";
        String fix = "PUT the policy again, or enable it in Authentication → Required actions";
        return realm.enforcing()
                ? Finding.fail("required-action", message, fix)
                : Finding.warn("required-action", message, fix);
    }

    private static Finding first(RealmSnapshot realm) {
        return !realm.action().registered() || realm.action().first()
                ? Finding.pass("required-action-first", "No other required action comes before it")
                : Finding.warn(
                        "required-action-first",
                        "Another required action comes first: refused people set a new password before they are refused",
                        "PUT the policy again, or drag enforce-sso to the top in Authentication → Required actions");
    }
}
