package io.github.enterprisesso.teams.mapping;

/** What a group can be mapped to. */
public enum TargetType {
    /** A realm group below the teams' parent: additive, found or created by name, renamed with its group. */
    TEAM
}
