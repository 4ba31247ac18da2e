package io.github.enterprisesso.teams.mapping;

import io.github.enterprisesso.teams.mapping.Conflict.Type;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import java.util.Optional;

/**
 * A mapping of one of the user's groups that would give him its target.
 *
 * @param id the mapping's id, by which decisions know it
 * @param groupId the group it starts from; empty for the user's own attribute
 */
public record Candidate(String id, Optional<String> groupId, Target target, Entitlement entitlement) {

    /** Stands for the id of a mapping where the user's own attribute names his exclusive group. */
    public static final String OWN = "user-attribute";

    static Candidate of(Source source, Mapping mapping, Target target) {
        return new Candidate(
                mapping.id(),
                Optional.of(source.groupId()),
                target,
                Entitlement.to(target, Provenance.mapping(source.origin(), mapping)));
    }

    static Candidate own(String exclusiveGroup) {
        Target target = new Target(TargetType.EXCLUSIVE_GROUP, exclusiveGroup);
        return new Candidate(
                OWN, Optional.empty(), target, Entitlement.to(target, Provenance.of(Origin.USER_ATTRIBUTE)));
    }

    /** What was given by a mapping and is on record. */
    static Candidate recorded(Entitlement entitlement) {
        return new Candidate(
                entitlement.provenance().mappingId().orElseThrow(),
                entitlement.provenance().groupId(),
                new Target(TargetType.valueOf(entitlement.kind().name()), entitlement.targetId()),
                entitlement);
    }

    /**
     * Why a user cannot have both. Two of a kind of which he has one at most; or an organization from one group and anything
     * else from another.
     */
    Optional<Type> conflictWith(Candidate other) {
        TargetType type = target.type();
        if (target.equals(other.target)) {
            return Optional.empty();
        }
        if (type == other.target.type()) {
            return switch (type) {
                case TEAM -> Optional.empty();
                case EXCLUSIVE_GROUP -> Optional.of(Type.EXCLUSIVE_GROUP);
                case ORGANIZATION -> Optional.of(Type.ORGANIZATION);
            };
        }
        boolean organization = type == TargetType.ORGANIZATION || other.target.type() == TargetType.ORGANIZATION;
        boolean oneGroup = groupId.isPresent() && groupId.equals(other.groupId);
        return organization && !oneGroup ? Optional.of(Type.CROSS_TYPE) : Optional.empty();
    }
}
