/**
 * What one SCIM request knows: realm, connection, actor, addresses; and the admin events it leaves.
 */
package io.github.enterprisesso.scim.context;
