/**
 * Logins through identity providers: the mappers that read the groups of a login, and what keeps people out who have no mapped
 * group: a page for people, and the end of their tokens.
 */
package io.github.enterprisesso.teams.login;
