package io.github.enterprisesso.teams.mapping;

/** The entity a mapping leads to, by its Keycloak id: renaming it by hand breaks nothing. */
public record Target(TargetType type, String id) {}
