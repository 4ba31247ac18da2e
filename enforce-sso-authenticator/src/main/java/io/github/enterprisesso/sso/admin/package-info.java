/** {@code /admin/realms/{realm}/sso-policy}: reading and writing the policy, with Keycloak's own permissions and events. */
package io.github.enterprisesso.sso.admin;
