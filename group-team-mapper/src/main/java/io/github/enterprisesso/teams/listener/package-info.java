/**
 * How the mapper hears of changes. Group memberships come as provider events, whoever makes them: SCIM, the admin API,
 * brokers, default groups, LDAP imports. What has no provider event of its own comes as an admin event.
 */
package io.github.enterprisesso.teams.listener;
