/**
 * SCIM 2.0 messages (RFC 7643, RFC 7644) as plain JSON facts: errors, lists, PATCH, attribute selection.
 * Pure: knows Jackson and nothing of Keycloak, HTTP or the database.
 */
package io.github.enterprisesso.scim.protocol;
