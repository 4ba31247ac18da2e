package io.github.enterprisesso.teams.reconcile;

import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Entitlement;
import java.util.List;
import java.util.Set;

/**
 * What to do to one user.
 *
 * @param changes writes to Keycloak, in order: what is given before what is taken
 * @param record entitlements to put on record
 * @param forget entitlements to take off the record
 * @param conflicts all that wait for a decision, whether new or not
 */
public record Plan(List<Change> changes, Set<Entitlement> record, Set<Entitlement> forget, Set<Conflict> conflicts) {

    static final Plan NOTHING = new Plan(List.of(), Set.of(), Set.of(), Set.of());

    /** Whether Keycloak and the record stay as they are. */
    public boolean isEmpty() {
        return changes.isEmpty() && record.isEmpty() && forget.isEmpty();
    }
}
