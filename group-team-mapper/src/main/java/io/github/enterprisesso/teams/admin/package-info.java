/**
 * The admin API under {@code /admin/realms/{realm}/group-mappings}: thin, on Keycloak's own authentication, permissions and
 * admin events. Errors are Keycloak's {@code ErrorRepresentation}, one entry per field.
 */
package io.github.enterprisesso.teams.admin;
