/**
 * Admin REST below /admin/realms/{realm}/scim-connections: connections and their tokens.
 */
package io.github.enterprisesso.scim.admin;
