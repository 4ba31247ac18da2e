package io.github.enterprisesso.sso.doctor;

import io.github.enterprisesso.sso.doctor.RealmSnapshot.Flow;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Realm;
import io.github.enterprisesso.sso.doctor.RealmSnapshot.Use;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The routes that a realm's own settings open or close. */
final class RouteChecks {

    private static final String AUTHENTICATOR = "enforce-sso-authenticator";

    private static final Duration LONG_LIVED = Duration.ofHours(1);

    private RouteChecks() {}

    static Stream<Finding> of(RealmSnapshot realm) {
        return Stream.of(
                directGrant(realm),
                resetCredentials(realm),
                resetSecondFactor(realm.realm()),
                registration(realm),
                clientFlows(realm),
                email(realm),
                docker(realm.realm()),
                credentialOffers(realm.realm()),
                exchange(realm.realm()),
                impersonation(realm.realm()),
                issuedTokens(realm.realm()),
                bruteForce(realm.realm()),
                events(realm.realm()),
                administration(realm));
    }

    /** Route 11: the token gate refuses anyway. */
    private static Finding directGrant(RealmSnapshot realm) {
        return gated(realm, Use.DIRECT_GRANT)
                ? Finding.pass("direct-grant", "The direct grant flow refuses by itself")
                : Finding.info(
                        "direct-grant",
                        "The token gate refuses password grants; with %s at the end of the flow not even a short-lived "
                                        .formatted(AUTHENTICATOR)
                                + "session is made");
    }

    /** Route 8. */
    private static Finding resetCredentials(RealmSnapshot realm) {
        if (!realm.realm().resetPasswordAllowed()) {
            return Finding.pass("reset-credentials", "'Forgot password' is off");
        }
        return gated(realm, Use.RESET_CREDENTIALS)
                ? Finding.pass("reset-credentials", "The reset credentials flow mails nobody who would be refused")
                : Finding.warn(
                        "reset-credentials",
                        "People who must use the provider get a mail, may set a password, and are refused only then",
                        "Put %s before the mail step of the reset credentials flow".formatted(AUTHENTICATOR));
    }

    /** ENF-7, EXM-7: whoever reads the mail of an exempt person would else have both of his factors. */
    private static Finding resetSecondFactor(Realm realm) {
        return !realm.resetPasswordAllowed() || realm.resetKeepsSecondFactor()
                ? Finding.pass("reset-second-factor", "No mail of 'forgot password' goes past a second factor")
                : Finding.warn(
                        "reset-second-factor",
                        "'Forgot password' signs exempt people in, or sets up an authenticator app, without the second factor "
                                + "that they have",
                        "In the reset credentials flow set 'Force login after reset' of the mail step to true and disable the "
                                + "step 'Reset OTP', or switch 'Forgot password' off");
    }

    /** Route 10. */
    private static Finding registration(RealmSnapshot realm) {
        if (!realm.realm().registrationAllowed()) {
            return Finding.pass("registration", "People cannot register themselves");
        }
        return gated(realm, Use.REGISTRATION)
                ? Finding.pass("registration", "The registration flow refuses by itself")
                : Finding.warn(
                        "registration",
                        "People of an enforced domain can fill the registration form; they are refused, and their account "
                                + (realm.takesBack() ? "is taken back" : "stays"),
                        "Put %s first into the registration flow, or switch 'User registration' off"
                                .formatted(AUTHENTICATOR));
    }

    /** Route 12: the required action and the output gates do not depend on the flow. */
    private static Finding clientFlows(RealmSnapshot realm) {
        List<String> clients = realm.flows().stream()
                .filter(flow -> !flow.gated())
                .flatMap(flow -> flow.client().stream())
                .distinct()
                .sorted()
                .toList();
        return clients.isEmpty()
                ? Finding.pass("client-flows", "No client has a flow of its own without the authenticator")
                : Finding.info(
                        "client-flows",
                        "These clients have flows of their own, which the required action and the output gates cover: "
                                + String.join(", ", clients));
    }

    /** ENF-15: who can leave the domain can leave the policy. */
    private static Finding email(RealmSnapshot realm) {
        if (realm.policy().domains().isEmpty() || !realm.realm().emailEditable()) {
            return Finding.pass("editable-email", "Nobody can leave the policy by changing his e-mail address");
        }
        String fix = "Let only administrators edit 'email' in Realm settings → User profile";
        return realm.policy().linked()
                ? Finding.warn(
                        "editable-email",
                        "People may change their own address, and leave the policy by that until their first login through an "
                                + "allowed provider",
                        fix)
                : Finding.fail(
                        "editable-email",
                        "The policy is limited to e-mail domains, and people may change their own address",
                        fix + ", or add the scope LINKED, which holds people from their first login through an allowed "
                                + "provider on");
    }

    /** Route 25. */
    private static Finding docker(Realm realm) {
        return realm.docker()
                ? Finding.warn(
                        "docker",
                        "Tokens of the Docker protocol do not pass the token gate",
                        "Start the server without --features=docker, or remove its docker-v2 clients")
                : Finding.pass("docker", "The Docker protocol is off");
    }

    /** Route 22. */
    private static Finding credentialOffers(Realm realm) {
        return realm.credentialOffers()
                ? Finding.info(
                        "credential-offers",
                        "Pre-authorized codes of credential offers (OID4VCI) are no login: the token gate refuses them to "
                                + "whoever must use SSO")
                : Finding.pass("credential-offers", "There are no pre-authorized codes of credential offers (OID4VCI)");
    }

    /** Routes 17 and 18. */
    private static Finding exchange(Realm realm) {
        if (realm.legacyTokenExchange()) {
            return Finding.warn(
                    "token-exchange",
                    "Legacy token exchange is on: whoever holds its permissions can act for others",
                    "Start the server without --features=token-exchange, or review the exchange permissions");
        }
        return realm.exchangingClients().isEmpty()
                ? Finding.pass("token-exchange", "No client may exchange tokens")
                : Finding.info(
                        "token-exchange",
                        "These clients may exchange tokens of a session that passed the policy: "
                                + String.join(", ", realm.exchangingClients()));
    }

    /** Route 26, ADM-10. */
    private static Finding impersonation(Realm realm) {
        return realm.impersonation()
                ? Finding.info(
                        "impersonation",
                        "Administrators with the role 'impersonation' may act as others; Keycloak records it (IMPERSONATE)")
                : Finding.pass("impersonation", "Administrators cannot act as people who must use SSO");
    }

    /** Route 29. */
    private static Finding issuedTokens(Realm realm) {
        Duration life = realm.accessTokenLifespan();
        return life.compareTo(LONG_LIVED) > 0
                ? Finding.warn(
                        "issued-tokens",
                        "An access token that is already out works for up to %d minutes after ENFORCE"
                                .formatted(life.toMinutes()),
                        "Shorten 'Access Token Lifespan' in Realm settings → Tokens before you switch on")
                : Finding.info(
                        "issued-tokens",
                        "An access token that is already out works for up to %d minutes after ENFORCE"
                                .formatted(life.toMinutes()));
    }

    private static Finding bruteForce(Realm realm) {
        return realm.bruteForceProtected()
                ? Finding.pass("brute-force", "Guessing the passwords of exempt people is slowed down")
                : Finding.warn(
                        "brute-force",
                        "Nothing slows down guessing the passwords of exempt people",
                        "Switch brute force detection on in Realm settings → Security defenses");
    }

    private static Finding events(Realm realm) {
        return realm.eventsStored()
                ? Finding.pass("events", "Refusals are stored as events")
                : Finding.warn(
                        "events",
                        "Keycloak stores no LOGIN_ERROR events, so nobody can look refusals up",
                        "Switch 'Save events' on in Realm settings → Events → User events settings");
    }

    private static Finding administration(RealmSnapshot realm) {
        return realm.enforcing() && realm.realm().administration()
                ? Finding.warn(
                        "administration-realm",
                        "This realm administers the server: when the provider is down, only exempt people can",
                        "Keep kc.sh bootstrap-admin at hand as the last resort")
                : Finding.pass("administration-realm", "The realm that administers the server is not enforced here");
    }

    private static boolean gated(RealmSnapshot realm, Use use) {
        List<Flow> flows = realm.flows().stream()
                .filter(flow -> flow.use() == use && flow.client().isEmpty())
                .toList();
        return !flows.isEmpty() && flows.stream().allMatch(Flow::gated);
    }
}
