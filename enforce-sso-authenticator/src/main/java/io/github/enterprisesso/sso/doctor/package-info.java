/**
 * The self-check (ADM-9): looks at a snapshot of a realm and tells which way around the policy its configuration leaves
 * open, and what to do about it.
 *
 * <p>Pure: no Keycloak, no HTTP. {@code admin} takes the snapshot.
 */
package io.github.enterprisesso.sso.doctor;
