package io.github.enterprisesso.sso.policy;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Who asks for a session or a token, as far as the policy cares. The answers may cost a look-up, so they are asked for only
 * when the decision depends on them.
 */
public interface Subject {

    /** False for a service account: a client's own credentials are no login of a person (ENF-14). */
    boolean person();

    /** True if the subject may sign in any way he likes (EXM-1), at this moment. */
    boolean exempt();

    /** Client id of the client that the subject signs in to, if there is one. */
    default Optional<String> client() {
        return Optional.empty();
    }

    /** Domains of his e-mail address and of his user name, if that is an address, in this order, as {@link EnforcedDomain}. */
    default List<String> domains() {
        return List.of();
    }

    /** The organizations with a mode that he is a member of. */
    default List<EnforcedOrganization> organizations() {
        return List.of();
    }

    /** True if his account is linked to one of these identity providers. */
    default boolean linkedTo(Collection<String> providers) {
        return false;
    }

    static Subject person(BooleanSupplier exempt) {
        return new Subject() {
            @Override
            public boolean person() {
                return true;
            }

            @Override
            public boolean exempt() {
                return exempt.getAsBoolean();
            }
        };
    }

    static Subject serviceAccount() {
        return new Subject() {
            @Override
            public boolean person() {
                return false;
            }

            @Override
            public boolean exempt() {
                return false;
            }
        };
    }
}
