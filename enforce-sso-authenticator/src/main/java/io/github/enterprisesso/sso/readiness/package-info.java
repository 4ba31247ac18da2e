/**
 * Who would be locked out if ENFORCE was on now, and why.
 *
 * <p>Pure: no Keycloak, no HTTP. {@code people} gathers the facts, {@code policy} says whom it concerns.
 */
package io.github.enterprisesso.sso.readiness;
