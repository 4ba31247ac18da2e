/**
 * The tables SCIM_TOKEN and SCIM_USER, their change log, and their clean-up with the realm.
 */
package io.github.enterprisesso.scim.store;
