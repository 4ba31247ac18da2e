/**
 * Bearer tokens of a connection: 256 random bits, shown once, stored as SHA-256.
 */
package io.github.enterprisesso.scim.token;
