package io.github.enterprisesso.sso.policy;

import java.util.List;
import java.util.Locale;

/** What {@link SsoPolicy} answers. */
public sealed interface Decision {

    /** One word: {@code allow}, {@code refuse} or {@code report}. */
    default String word() {
        return getClass().getSimpleName().toLowerCase(Locale.ROOT);
    }

    /** The grounds or the reason, in lower case. */
    String why();

    /** The login or token goes through. */
    record Allow(Grounds grounds) implements Decision {
        @Override
        public String why() {
            return grounds.name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The login or token is refused.
     *
     * @param providers aliases of the identity providers that would be accepted, in the order the administrator gave;
     *     empty if the policy names none
     */
    record Refuse(Reason reason, List<String> providers) implements Decision {
        public Refuse {
            providers = List.copyOf(providers);
        }

        @Override
        public String why() {
            return reason.code();
        }
    }

    /** The login or token goes through, and is recorded: {@link Mode#ENFORCE} would have refused it. */
    record Report(Refuse refusal) implements Decision {
        @Override
        public String why() {
            return refusal.why();
        }
    }

    /** Why a login is allowed. */
    enum Grounds {
        SWITCHED_OFF,
        NOT_A_PERSON,
        /** No scope of the policy holds for the person. */
        OUT_OF_SCOPE,
        EXCEPTED_CLIENT,
        ENTERPRISE_PROVIDER,
        EXEMPT,
        IMPERSONATED
    }

    /** Why a login is refused; {@link #code()} is the {@code reason} of the event. */
    enum Reason {
        /** The realm itself checked a credential: password, passkey, one-time code, an older session, … */
        LOCAL_LOGIN,
        /** Another identity provider answered, for instance a social one. */
        OTHER_PROVIDER,
        /** The provider that answered is for the people of certain e-mail domains, and the person is of another (CON-6). */
        FOREIGN_DOMAIN,
        /** An administrator acts as the person, and the policy does not allow that (ADM-10). */
        IMPERSONATION,
        /** The stored policy cannot be read or names no provider for the person, so nobody but exempt people gets in. */
        DAMAGED_POLICY;

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
