package io.github.enterprisesso.teams.reconcile;

import java.util.Set;

/**
 * What a user has in Keycloak, by whomever.
 *
 * @param groups ids of the groups he is directly in
 * @param roles ids of the realm roles he directly holds
 */
public record Holdings(Set<String> groups, Set<String> roles) {}
