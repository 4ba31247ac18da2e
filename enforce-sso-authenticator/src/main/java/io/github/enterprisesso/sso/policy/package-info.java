/**
 * The decision, and nothing but the decision: who may have a session or a token on which evidence.
 *
 * <p>Pure: no Keycloak, no HTTP. The four gates gather the facts and act on what {@link
 * io.github.enterprisesso.sso.policy.SsoPolicy#decide} answers.
 */
package io.github.enterprisesso.sso.policy;
