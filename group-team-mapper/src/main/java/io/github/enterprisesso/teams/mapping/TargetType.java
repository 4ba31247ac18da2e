package io.github.enterprisesso.teams.mapping;

/** What a group can be mapped to. */
public enum TargetType {
    /** A realm group below the teams' parent: additive, found or created by name, renamed with its group. */
    TEAM,
    /** A realm group below the exclusive groups' parent: a user is in one at most; found or created by name, renamed with its group. */
    EXCLUSIVE_GROUP,
    /** A Keycloak organization: a user is given one at most; found by name or alias, never made and never renamed. */
    ORGANIZATION;

    /** Whether a user has one of the kind at most. */
    public boolean exclusive() {
        return this != TEAM;
    }

    /** Whether it is a realm group: made by a rule, and renamed with the pushed group. */
    public boolean group() {
        return this != ORGANIZATION;
    }
}
