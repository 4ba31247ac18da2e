package io.github.enterprisesso.teams.reconcile;

import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import java.util.Optional;
import java.util.Set;

/**
 * What a user has in Keycloak, by whomever.
 *
 * @param groups ids of the realm groups he is directly in
 * @param exclusiveGroups those of them that are exclusive
 * @param organizations ids of the organizations he is in
 * @param replaceable those of them that a mapping may take him out of: mapped to by some group, and not the ones that own
 *     his account ({@code MANAGED}), as leaving those deletes it
 * @param roles ids of the realm roles he directly holds
 * @param justJoined id of an exclusive group that somebody has just put him into by hand
 */
public record Holdings(
        Set<String> groups,
        Set<String> exclusiveGroups,
        Set<String> organizations,
        Set<String> replaceable,
        Set<String> roles,
        Optional<String> justJoined) {

    /** Groups and roles, and nothing exclusive. */
    public Holdings(Set<String> groups, Set<String> roles) {
        this(groups, Set.of(), Set.of(), Set.of(), roles, Optional.empty());
    }

    boolean has(Kind kind, String id) {
        return switch (kind) {
            case TEAM, EXCLUSIVE_GROUP -> groups.contains(id);
            case ORGANIZATION -> organizations.contains(id);
            case ROLE -> roles.contains(id);
            case ACCOUNT -> false;
        };
    }
}
