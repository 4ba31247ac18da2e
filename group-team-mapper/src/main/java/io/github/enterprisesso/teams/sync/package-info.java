/**
 * Between Keycloak's model and the pure core: reads what a user has and should have, and carries out the difference. Runs in
 * the transaction of the push, so that a push and its effects are one. Every effect is an admin event with its cause.
 */
package io.github.enterprisesso.teams.sync;
