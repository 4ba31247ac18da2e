package io.github.enterprisesso.teams.mapping;

import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import java.util.List;

/**
 * A group the user is in: the roles it carries and where it leads.
 *
 * @param origin {@link Origin#GROUP} for a pushed group, {@link Origin#CLAIM} for one that a login claims
 * @param groupId id by which mappings know the group
 */
public record Source(Origin origin, String groupId, List<String> roles, List<Mapping> mappings) {

    /** A pushed group. */
    public Source(String groupId, List<String> roles, List<Mapping> mappings) {
        this(Origin.GROUP, groupId, roles, mappings);
    }
}
