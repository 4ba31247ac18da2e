/**
 * The same work against our SCIM endpoint, Keycloak's own and its admin REST API, interleaved in one run, so that the
 * ratios hold on a noisy machine. Figures are never asserted in tests.
 */
package io.github.enterprisesso.benchmarks;
