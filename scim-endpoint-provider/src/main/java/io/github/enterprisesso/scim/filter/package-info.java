/**
 * Attribute paths and filters of RFC 7644 section 3.4.2.2: the grammar, the parser and the evaluation on one JSON resource.
 * Pure: knows nothing of Keycloak, HTTP or the database.
 */
package io.github.enterprisesso.scim.filter;
