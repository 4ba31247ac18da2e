/**
 * What a realm's administrator decides: rules, where teams live, the role ladder. A component of our own SPI, so that realm
 * export and import, kcadm, Terraform and keycloak-config-cli carry it. No component: the mapper does nothing in the realm.
 */
package io.github.enterprisesso.teams.settings;
