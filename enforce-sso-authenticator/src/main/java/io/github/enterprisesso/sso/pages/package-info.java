/**
 * Pages that take the place of Keycloak's own where there is no step of a flow to put them in: what a person sees whose
 * account has been deactivated.
 */
package io.github.enterprisesso.sso.pages;
