/**
 * What the mapper remembers, in its own tables (prefix {@code TEAM_}): pushed groups as last seen, mappings, and grants with
 * their provenance. Joins Keycloak's transaction; nothing is kept in a node's memory.
 */
package io.github.enterprisesso.teams.store;
