package io.github.enterprisesso.sso.policy;

/** What the policy does with a login that did not go through an allowed enterprise provider. */
public enum Mode {
    /** Nothing is asked and nothing is recorded. */
    OFF,
    /** Nobody is refused; what {@link #ENFORCE} would refuse is recorded as an event. */
    REPORT,
    /** Refused, without a session and without a token. */
    ENFORCE
}
