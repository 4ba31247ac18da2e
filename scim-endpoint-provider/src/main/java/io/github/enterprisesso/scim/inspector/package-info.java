/**
 * The inspector: the last requests of each connection, redacted, for administrators (table SCIM_REQUEST).
 * Written behind the answer, in batches and in transactions of their own, so that failed requests are there too.
 */
package io.github.enterprisesso.scim.inspector;
