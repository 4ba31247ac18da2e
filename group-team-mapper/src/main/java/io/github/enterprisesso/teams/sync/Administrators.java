package io.github.enterprisesso.teams.sync;

import io.github.enterprisesso.teams.store.Census;
import io.github.enterprisesso.teams.store.MapperState;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who holds the top of the ladder while some users are decided on, one after the other: what was done to the ones before counts,
 * written or not. Whether anybody else holds it is asked of the database once, and only if nobody of these does.
 */
final class Administrators {

    private final MapperState state;
    private final Census census;
    private final Optional<String> top;
    private final Set<String> holders = new HashSet<>();
    private final Set<String> enabled = new HashSet<>();
    private Boolean elsewhere;

    /** @param top id of the role; empty where there is no ladder */
    Administrators(MapperState state, Census census, Optional<String> top) {
        this.state = state;
        this.census = census;
        this.top = top;
        for (Census.Person person : census.people()) {
            if (top.filter(census.roles(person.id())::contains).isPresent()) {
                holders.add(person.id());
            }
            if (person.enabled()) {
                enabled.add(person.id());
            }
        }
    }

    /** Whether no other enabled user holds the top. */
    boolean lastIs(String userId) {
        boolean among = holders.stream().anyMatch(holder -> !holder.equals(userId) && enabled.contains(holder));
        return !among && !elsewhere();
    }

    private boolean elsewhere() {
        if (elsewhere == null) {
            elsewhere = top.isPresent() && state.model().heldOutside(top.get(), census.ids());
        }
        return elsewhere;
    }

    void given(String userId, String roleId) {
        if (top.filter(roleId::equals).isPresent()) {
            holders.add(userId);
        }
    }

    void taken(String userId, String roleId) {
        if (top.filter(roleId::equals).isPresent()) {
            holders.remove(userId);
        }
    }

    void enabled(String userId, boolean state) {
        if (state) {
            enabled.add(userId);
        } else {
            enabled.remove(userId);
        }
    }
}
