/**
 * SCIM Groups on Keycloak groups below the parent group of the connection.
 * A membership change touches the members that change and never loads the group.
 */
package io.github.enterprisesso.scim.group;
