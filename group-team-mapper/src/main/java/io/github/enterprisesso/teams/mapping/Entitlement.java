package io.github.enterprisesso.teams.mapping;

/**
 * One team, exclusive group, organization or role, for one reason. Two reasons are two entitlements: a source takes away only
 * what it gave.
 *
 * @param targetId id of the group, organization or role; for {@link Kind#ACCOUNT} the state
 */
public record Entitlement(Kind kind, String targetId, Provenance provenance) {

    /** Target of {@link Kind#ACCOUNT}: the mapper disabled the user. */
    public static final String DISABLED = "disabled";

    /** Target of {@link Kind#ACCOUNT}: the user may not log in until an administrator gives him something. */
    public static final String PENDING = "pending";

    /** What can be held. */
    public enum Kind {
        TEAM,
        EXCLUSIVE_GROUP,
        ORGANIZATION,
        ROLE,
        /** No possession but a state of the user's account. */
        ACCOUNT;

        public static Kind of(TargetType type) {
            return valueOf(type.name());
        }

        /** Whether a mapping can lead to it. */
        public boolean mappable() {
            return this == TEAM || this == EXCLUSIVE_GROUP || this == ORGANIZATION;
        }
    }

    public static Entitlement to(Target target, Provenance provenance) {
        return new Entitlement(Kind.of(target.type()), target.id(), provenance);
    }

    public static Entitlement team(String groupId, Provenance provenance) {
        return new Entitlement(Kind.TEAM, groupId, provenance);
    }

    public static Entitlement role(Rung rung, Provenance provenance) {
        return new Entitlement(Kind.ROLE, rung.roleId(), provenance);
    }
}
