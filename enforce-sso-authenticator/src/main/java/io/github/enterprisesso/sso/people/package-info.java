/**
 * The people of a realm as lists show them, read in a fixed number of statements for a page of any size. The gates do not
 * come by here: they know one person, through Keycloak's caches.
 */
package io.github.enterprisesso.sso.people;
