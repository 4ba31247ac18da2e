/**
 * A SCIM connection: one enterprise identity provider, its options and what the realm needs for them.
 * Stored as a component, so that realm export, kcadm and Terraform carry it.
 */
package io.github.enterprisesso.scim.connection;
