/**
 * The SCIM endpoint as its clients see it: Okta's two apps, Entra, a SCIM client library, and what none of them should do.
 */
package io.github.enterprisesso.it.scim;
