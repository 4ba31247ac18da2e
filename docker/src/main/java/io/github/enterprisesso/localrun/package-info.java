/**
 * The program behind {@code docker/run-local.sh}: installs and starts Keycloak with the bundle on the embedded database, makes the
 * SCIM connection, plays Okta against it, and prints what came of it. Talks to the product over HTTP only.
 */
package io.github.enterprisesso.localrun;
