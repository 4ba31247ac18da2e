package io.github.enterprisesso.teams.mapping;

/**
 * An administrator's word on two mappings of one user; remembered as long as both exist.
 *
 * @param winnerId the mapping that has the place whenever both want it
 */
public record Decision(String winnerId, String loserId) {

    boolean isBetween(String one, String other) {
        return winnerId.equals(one) && loserId.equals(other) || winnerId.equals(other) && loserId.equals(one);
    }
}
