/**
 * What a pushed group means: rules, mappings, the role ladder, and the pure function
 * {@link io.github.enterprisesso.teams.mapping.Desired#of} from a user's sources to what he should have.
 * Nothing here knows Keycloak, a database or HTTP.
 */
package io.github.enterprisesso.teams.mapping;
