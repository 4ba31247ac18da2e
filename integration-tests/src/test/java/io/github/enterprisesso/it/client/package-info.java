/**
 * Clients named after what they are: an identity provider's SCIM client, an administrator, a person's browser (by HTTP
 * alone, or a real one).
 */
package io.github.enterprisesso.it.client;
