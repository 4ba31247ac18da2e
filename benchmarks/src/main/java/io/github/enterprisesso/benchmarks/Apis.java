package io.github.enterprisesso.benchmarks;

/**
 * The ways to the same realm.
 *
 * @param ours the SCIM endpoint of this project
 * @param natives Keycloak's own SCIM API
 * @param admin Keycloak's admin REST API
 * @param realmId the realm's id in the database
 * @param connectionId of the SCIM connection that {@code ours} uses
 */
record Apis(Client ours, Client natives, Client admin, String realmId, String connectionId) {}
