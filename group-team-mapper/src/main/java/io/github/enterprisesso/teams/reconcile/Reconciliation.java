package io.github.enterprisesso.teams.reconcile;

import static java.util.stream.Collectors.toCollection;

import io.github.enterprisesso.teams.mapping.Desired;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Provenance;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Rung;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.reconcile.Change.Action;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Brings one user's teams and role in line with his sources.
 *
 * <p>A membership nobody put on record was given by hand, and stays. A role given by hand stays only as long as no source
 * carries one. Whatever the plan is, asking again after it was carried out gives an empty one.
 */
public final class Reconciliation {

    private final Set<Entitlement> onRecord;
    private final Holdings holdings;
    private final List<Change> changes = new ArrayList<>();
    private final Set<Entitlement> record = new LinkedHashSet<>();
    private final Set<Entitlement> forget = new LinkedHashSet<>();

    private Reconciliation(Set<Entitlement> onRecord, Holdings holdings) {
        this.onRecord = onRecord;
        this.holdings = holdings;
    }

    /**
     * @param lastAdministrator whether nobody else holds the top of the ladder; asked only when it is about to be taken away
     */
    public static Plan plan(
            Subject subject,
            RoleLadder ladder,
            Set<Entitlement> onRecord,
            Holdings holdings,
            BooleanSupplier lastAdministrator) {
        if (!subject.provisioned() && onRecord.isEmpty()) {
            return Plan.NOTHING;
        }
        Desired desired = Desired.of(subject, ladder);
        Reconciliation reconciliation = new Reconciliation(onRecord, holdings);
        reconciliation.teams(desired);
        reconciliation.roles(desired, ladder, lastAdministrator);
        return reconciliation.plan();
    }

    private Plan plan() {
        List<Change> ordered = new ArrayList<>(changes);
        ordered.sort((a, b) -> Boolean.compare(takes(a), takes(b)));
        return new Plan(List.copyOf(ordered), record, forget);
    }

    private static boolean takes(Change change) {
        return change.action() == Action.LEAVE_TEAM || change.action() == Action.REVOKE_ROLE;
    }

    private void teams(Desired desired) {
        Set<Entitlement> wanted = new LinkedHashSet<>(desired.teams());
        desired.kept().stream().filter(onRecord::contains).forEach(wanted::add);

        Set<String> teams = new LinkedHashSet<>();
        wanted.forEach(entitlement -> teams.add(entitlement.targetId()));
        recorded(Kind.TEAM).forEach(entitlement -> teams.add(entitlement.targetId()));
        for (String team : teams) {
            team(team, of(team, wanted), of(team, recorded(Kind.TEAM)));
        }
    }

    private void team(String team, Set<Entitlement> wanted, Set<Entitlement> recorded) {
        boolean member = holdings.groups().contains(team);
        boolean byHand = member && recorded.isEmpty();
        if (byHand) {
            return;
        }
        if (!wanted.isEmpty() && !member) {
            changes.add(new Change(Action.JOIN_TEAM, team, wanted.iterator().next()));
        }
        if (wanted.isEmpty() && member) {
            changes.add(new Change(Action.LEAVE_TEAM, team, recorded.iterator().next()));
        }
        rewrite(recorded, wanted);
    }

    private void roles(Desired desired, RoleLadder ladder, BooleanSupplier lastAdministrator) {
        Set<Entitlement> recorded = recorded(Kind.ROLE);
        Set<String> held = new LinkedHashSet<>();
        ladder.rungs().stream()
                .map(Rung::roleId)
                .filter(holdings.roles()::contains)
                .forEach(held::add);
        Set<String> byHand = new LinkedHashSet<>(held);
        recorded.forEach(entitlement -> byHand.remove(entitlement.targetId()));

        Set<Entitlement> wanted = desired.roles();
        Set<String> taken = new LinkedHashSet<>(held);
        if (wanted.isEmpty() && !byHand.isEmpty()) {
            taken.removeAll(byHand);
        } else if (wanted.isEmpty()) {
            wanted = ladder.fallback()
                    .map(rung -> Set.of(Entitlement.role(rung, Provenance.of(Origin.DEFAULT))))
                    .orElse(Set.of());
        }
        // A role that left the ladder since it was given is taken back as well.
        recorded.stream()
                .map(Entitlement::targetId)
                .filter(role -> !ladder.contains(role) && holdings.roles().contains(role))
                .forEach(taken::add);
        wanted.forEach(entitlement -> taken.remove(entitlement.targetId()));

        Optional<Rung> top = ladder.top();
        if (top.isPresent() && taken.contains(top.get().roleId()) && lastAdministrator.getAsBoolean()) {
            wanted = Set.of(Entitlement.role(top.get(), Provenance.of(Origin.LAST_ADMINISTRATOR)));
            taken.addAll(held);
            taken.remove(top.get().roleId());
        }

        for (Entitlement entitlement : wanted) {
            if (!holdings.roles().contains(entitlement.targetId())) {
                changes.add(new Change(Action.GRANT_ROLE, entitlement.targetId(), entitlement));
                break;
            }
        }
        for (String role : taken) {
            // A role given by hand goes because of what is given instead.
            Entitlement cause = of(role, recorded).stream()
                    .findFirst()
                    .or(wanted.stream()::findFirst)
                    .orElseThrow();
            changes.add(new Change(Action.REVOKE_ROLE, role, cause));
        }
        rewrite(recorded, wanted);
    }

    private void rewrite(Set<Entitlement> recorded, Set<Entitlement> wanted) {
        wanted.stream().filter(entitlement -> !recorded.contains(entitlement)).forEach(record::add);
        recorded.stream().filter(entitlement -> !wanted.contains(entitlement)).forEach(forget::add);
    }

    private Set<Entitlement> recorded(Kind kind) {
        return onRecord.stream()
                .filter(entitlement -> entitlement.kind() == kind)
                .collect(toCollection(LinkedHashSet::new));
    }

    private static Set<Entitlement> of(String target, Set<Entitlement> entitlements) {
        return entitlements.stream()
                .filter(entitlement -> entitlement.targetId().equals(target))
                .collect(toCollection(LinkedHashSet::new));
    }
}
