package io.github.enterprisesso.sso.doctor;

/**
 * What one check found.
 *
 * @param check name of the check, lower case with hyphens; stays the same over versions
 * @param message what is the case
 * @param fix what to do; empty for {@link Status#PASS} and {@link Status#INFO}
 */
public record Finding(String check, Status status, String message, String fix) {

    /** How bad it is. */
    public enum Status {
        /** As it should be. */
        PASS,
        /** Worth knowing; nothing to do. */
        INFO,
        /** A way around the policy that another gate still closes, or one that somebody should decide about. */
        WARN,
        /** People can pass the policy, or nobody can sign in. */
        FAIL
    }

    static Finding pass(String check, String message) {
        return new Finding(check, Status.PASS, message, "");
    }

    static Finding info(String check, String message) {
        return new Finding(check, Status.INFO, message, "");
    }

    static Finding warn(String check, String message, String fix) {
        return new Finding(check, Status.WARN, message, fix);
    }

    static Finding fail(String check, String message, String fix) {
        return new Finding(check, Status.FAIL, message, fix);
    }
}
