/**
 * The server under test: the real Keycloak distribution with the bundle in {@code providers/}, on a real database,
 * started once per test run. {@link io.github.enterprisesso.it.server.KeycloakTest} is the way in.
 */
package io.github.enterprisesso.it.server;
