package io.github.enterprisesso.sso.policy;

/** Whom the policy is for. A person for whom any of the policy's scopes holds is in scope (ENF-15). */
public enum Scope {
    /** Everybody of the realm. */
    REALM,
    /** Members of an organization that is enforced; its own identity providers are then the allowed ones. */
    ORGANIZATIONS,
    /** Accounts whose e-mail address, or user name of that form, is of an enforced domain now, verified or not. */
    DOMAINS,
    /** People whose account is linked to one of the allowed providers. */
    LINKED
}
