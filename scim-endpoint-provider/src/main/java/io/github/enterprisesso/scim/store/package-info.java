/**
 * The tables SCIM_TOKEN, SCIM_USER and SCIM_REQUEST, their change log, and their clean-up with the realm.
 */
package io.github.enterprisesso.scim.store;
