/**
 * What one SCIM request knows: realm, connection, actor, addresses; how it asks the database; and the admin events it leaves.
 */
package io.github.enterprisesso.scim.context;
