package io.github.enterprisesso.sso.policy;

import java.util.function.BooleanSupplier;

/**
 * Who asks for a session or a token, as far as the policy cares.
 *
 * <p>The answers may cost a look-up, so they are asked for only when the decision depends on them. Scopes (organization,
 * e-mail domain, linked provider) and exemptions with an end will be further questions here.
 */
public interface Subject {

    /** False for a service account: a client's own credentials are no login of a person (ENF-14). */
    boolean person();

    /** True if the subject may sign in any way he likes (EXM-1). */
    boolean exempt();

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
