/**
 * SCIM Users on Keycloak users: reads are set-based queries, writes go through the user profile in the
 * administrator context and through the user model, so that validation, caches and events work.
 */
package io.github.enterprisesso.scim.user;
