/**
 * The same work against our SCIM endpoint and against Keycloak's admin REST API, interleaved in one run, so that the
 * ratios hold on a noisy machine. Figures are never asserted in tests.
 */
package io.github.enterprisesso.benchmarks;
