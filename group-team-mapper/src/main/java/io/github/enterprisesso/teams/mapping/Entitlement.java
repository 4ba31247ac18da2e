package io.github.enterprisesso.teams.mapping;

/**
 * One team or role, for one reason. Two reasons are two entitlements: a source takes away only what it gave.
 *
 * @param targetId id of the team's group or of the role
 */
public record Entitlement(Kind kind, String targetId, Provenance provenance) {

    /** What can be held. */
    public enum Kind {
        TEAM,
        ROLE
    }

    public static Entitlement team(String groupId, Provenance provenance) {
        return new Entitlement(Kind.TEAM, groupId, provenance);
    }

    public static Entitlement role(Rung rung, Provenance provenance) {
        return new Entitlement(Kind.ROLE, rung.roleId(), provenance);
    }
}
