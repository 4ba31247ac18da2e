package io.github.enterprisesso.sso.policy;

import java.util.Optional;

/** How the subject proved who he is, in the authentication that the decision is about. */
public sealed interface Evidence {

    /** A word for the event log: an authenticator's id, a grant type, {@code broker}, {@code cookie}, … */
    String method();

    /** Alias of the identity provider that answered for the subject, if one did. */
    default Optional<String> provider() {
        return Optional.empty();
    }

    /** A real login through the identity provider of this alias. */
    record Brokered(String alias) implements Evidence {
        @Override
        public String method() {
            return "broker";
        }

        @Override
        public Optional<String> provider() {
            return Optional.of(alias);
        }
    }

    /** Anything this realm checked by itself, and everything nobody can vouch for. */
    record Local(String method) implements Evidence {}

    /** An administrator acting as the user: recorded by Keycloak, not a login of the person (ADM-10, route 26). */
    record Impersonated(String administrator) implements Evidence {
        @Override
        public String method() {
            return "impersonation";
        }
    }
}
