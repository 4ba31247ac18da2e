package io.github.enterprisesso.teams.mapping;

/** One role of the ladder: its name, by which groups and users carry it, and its Keycloak id. */
public record Rung(String name, String roleId) {}
