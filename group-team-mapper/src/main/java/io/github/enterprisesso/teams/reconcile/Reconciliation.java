package io.github.enterprisesso.teams.reconcile;

import static java.util.stream.Collectors.toCollection;

import io.github.enterprisesso.teams.mapping.Candidate;
import io.github.enterprisesso.teams.mapping.Choice;
import io.github.enterprisesso.teams.mapping.Choice.Claim;
import io.github.enterprisesso.teams.mapping.Conflict;
import io.github.enterprisesso.teams.mapping.Desired;
import io.github.enterprisesso.teams.mapping.Entitlement;
import io.github.enterprisesso.teams.mapping.Entitlement.Kind;
import io.github.enterprisesso.teams.mapping.Provenance;
import io.github.enterprisesso.teams.mapping.Provenance.Origin;
import io.github.enterprisesso.teams.mapping.RealmPolicy;
import io.github.enterprisesso.teams.mapping.RoleLadder;
import io.github.enterprisesso.teams.mapping.Rung;
import io.github.enterprisesso.teams.mapping.Subject;
import io.github.enterprisesso.teams.reconcile.Change.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Brings one user's teams, exclusive group, organization and role in line with his sources.
 *
 * <p>A membership nobody put on record was given by hand, and stays; only where there is room for one does a mapping take the
 * place of what was given by hand. A role given by hand stays only as long as no source carries one. Whatever the plan is,
 * asking again after it was carried out gives an empty one.
 */
public final class Reconciliation {

    private final Subject subject;
    private final RealmPolicy policy;
    private final Set<Entitlement> onRecord;
    private final Holdings holdings;
    private final BooleanSupplier lastAdministrator;
    private final List<Change> changes = new ArrayList<>();
    private final Set<Entitlement> record = new LinkedHashSet<>();
    private final Set<Entitlement> forget = new LinkedHashSet<>();
    private Set<Conflict> conflicts = Set.of();

    private Reconciliation(
            Subject subject,
            RealmPolicy policy,
            Set<Entitlement> onRecord,
            Holdings holdings,
            BooleanSupplier lastAdministrator) {
        this.subject = subject;
        this.policy = policy;
        this.onRecord = onRecord;
        this.holdings = holdings;
        this.lastAdministrator = lastAdministrator;
    }

    /**
     * @param lastAdministrator whether nobody else holds the top of the ladder; asked only when it is about to be taken away
     */
    public static Plan plan(
            Subject subject,
            RealmPolicy policy,
            Set<Entitlement> onRecord,
            Holdings holdings,
            BooleanSupplier lastAdministrator) {
        Reconciliation reconciliation = new Reconciliation(subject, policy, onRecord, holdings, lastAdministrator);
        if (!subject.provisioned() && onRecord.isEmpty()) {
            reconciliation.oneByHand();
        } else {
            reconciliation.everything();
        }
        return reconciliation.plan();
    }

    private Plan plan() {
        List<Change> ordered = new ArrayList<>(changes);
        ordered.sort(Comparator.comparing(change -> change.action().takes()));
        return new Plan(List.copyOf(ordered), record, forget, conflicts);
    }

    private void everything() {
        Desired desired = Desired.of(subject, policy.ladder());
        List<Candidate> candidates = desired.candidates(onRecord, subject.braked());
        Choice choice = Choice.of(candidates, this::claim, subject.decisions());
        conflicts = choice.conflicts();

        Set<Entitlement> wanted = new LinkedHashSet<>();
        choice.chosen().forEach(candidate -> wanted.add(candidate.entitlement()));
        wanted.addAll(unmapped(candidates.isEmpty()));
        boolean placed = wanted.stream().anyMatch(entitlement -> entitlement.kind() == Kind.EXCLUSIVE_GROUP);
        if (!placed && byHand(Kind.EXCLUSIVE_GROUP).isEmpty()) {
            policy.defaultExclusiveGroup()
                    .map(id -> new Entitlement(Kind.EXCLUSIVE_GROUP, id, Provenance.of(Origin.DEFAULT)))
                    .ifPresent(wanted::add);
        }

        boolean active = account(wanted);
        for (Kind kind : List.of(Kind.TEAM, Kind.EXCLUSIVE_GROUP, Kind.ORGANIZATION)) {
            targets(kind, of(kind, wanted), active);
        }
        if (active) {
            oneOf(Kind.EXCLUSIVE_GROUP, wanted);
            oneOf(Kind.ORGANIZATION, wanted);
        }
        if (!placed) {
            oneByHand();
        }
        roles(desired, policy.ladder(), lastAdministrator);
    }

    /** Who has a place keeps it: through this very mapping, or else by hand. */
    private Claim claim(Candidate candidate) {
        if (onRecord.contains(candidate.entitlement())) {
            return Claim.ON_RECORD;
        }
        Kind kind = candidate.entitlement().kind();
        String target = candidate.target().id();
        boolean byHand =
                holdings.has(kind, target) && of(target, recorded(kind)).isEmpty();
        return byHand ? Claim.BY_HAND : Claim.NONE;
    }

    /** What the realm does to a user whose last mapped group is gone. */
    private Set<Entitlement> unmapped(boolean nothingMapped) {
        boolean before = onRecord.stream()
                .anyMatch(entitlement -> entitlement.provenance().mappingId().isPresent()
                        || entitlement.provenance().origin() == Origin.UNMAPPED);
        if (!nothingMapped || !before || subject.exempt()) {
            return Set.of();
        }
        return switch (policy.unmapped()) {
            case KEEP -> Set.of();
            case DEFAULT_TEAM ->
                policy.defaultTeam()
                        .filter(team -> !lastOfAdministrators())
                        .map(team -> Set.of(Entitlement.team(team, Provenance.of(Origin.UNMAPPED))))
                        .orElse(Set.of());
            case PENDING -> lastOfAdministrators() ? Set.of() : Set.of(account(Entitlement.PENDING));
            case DISABLE -> disables() ? Set.of(account(Entitlement.DISABLED)) : Set.of();
        };
    }

    /** Not whom somebody else disabled, nor whom an administrator enabled since. */
    private boolean disables() {
        boolean disabledBefore = onRecord.contains(account(Entitlement.DISABLED));
        return disabledBefore ? !subject.enabled() : subject.enabled() && !lastOfAdministrators();
    }

    private boolean lastOfAdministrators() {
        return policy.ladder()
                        .top()
                        .filter(top -> holdings.roles().contains(top.roleId()))
                        .isPresent()
                && lastAdministrator.getAsBoolean();
    }

    private static Entitlement account(String state) {
        return new Entitlement(Kind.ACCOUNT, state, Provenance.of(Origin.UNMAPPED));
    }

    /** Answers whether the user is to be in his teams. */
    private boolean account(Set<Entitlement> wanted) {
        Set<Entitlement> states = of(Kind.ACCOUNT, wanted);
        Entitlement disabled = account(Entitlement.DISABLED);
        boolean wantsDisabled = states.contains(disabled);
        boolean enables = onRecord.contains(disabled) && !wantsDisabled && !subject.enabled();
        if (enables) {
            changes.add(new Change(Action.ENABLE, Entitlement.DISABLED, disabled));
        }
        if (wantsDisabled && subject.enabled()) {
            changes.add(new Change(Action.DISABLE, Entitlement.DISABLED, disabled));
        }
        rewrite(recorded(Kind.ACCOUNT), states);
        return enables || subject.enabled() && !wantsDisabled;
    }

    private void targets(Kind kind, Set<Entitlement> wanted, boolean active) {
        Set<String> targets = new LinkedHashSet<>();
        wanted.forEach(entitlement -> targets.add(entitlement.targetId()));
        recorded(kind).forEach(entitlement -> targets.add(entitlement.targetId()));
        for (String target : targets) {
            target(target, holdings.has(kind, target), of(target, wanted), of(target, recorded(kind)), active);
        }
    }

    private void target(
            String target, boolean member, Set<Entitlement> wanted, Set<Entitlement> recorded, boolean active) {
        boolean byHand = member && recorded.isEmpty();
        if (byHand) {
            return;
        }
        boolean effective = active && !wanted.isEmpty();
        if (effective && !member) {
            changes.add(new Change(Action.JOIN, target, wanted.iterator().next()));
        }
        if (!effective && member) {
            changes.add(new Change(Action.LEAVE, target, recorded.iterator().next()));
        }
        rewrite(recorded, wanted);
    }

    /** What a mapping gives takes the place of what was given by hand. */
    private void oneOf(Kind kind, Set<Entitlement> wanted) {
        of(kind, wanted).stream()
                .filter(entitlement -> entitlement.provenance().origin() != Origin.DEFAULT)
                .findFirst()
                .ifPresent(cause -> byHand(kind).stream()
                        .filter(other -> !other.equals(cause.targetId()))
                        .forEach(other -> changes.add(new Change(Action.LEAVE, other, cause))));
    }

    /** Of two exclusive groups given by hand the last one counts. */
    private void oneByHand() {
        Set<String> byHand = byHand(Kind.EXCLUSIVE_GROUP);
        holdings.justJoined()
                .filter(byHand::contains)
                .ifPresent(last -> byHand.stream()
                        .filter(other -> !other.equals(last))
                        .forEach(other -> changes.add(new Change(
                                Action.LEAVE,
                                other,
                                new Entitlement(Kind.EXCLUSIVE_GROUP, last, Provenance.of(Origin.BY_HAND))))));
    }

    private Set<String> byHand(Kind kind) {
        Set<String> byHand =
                new LinkedHashSet<>(kind == Kind.ORGANIZATION ? holdings.replaceable() : holdings.exclusiveGroups());
        recorded(kind).forEach(entitlement -> byHand.remove(entitlement.targetId()));
        return byHand;
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
        Optional<Entitlement> chosenByHand = highest(ladder, byHand);
        if (wanted.isEmpty() && chosenByHand.isPresent()) {
            taken.remove(chosenByHand.get().targetId());
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
                    .or(() -> chosenByHand)
                    .orElseThrow();
            changes.add(new Change(Action.REVOKE_ROLE, role, cause));
        }
        rewrite(recorded, wanted);
    }

    private static Optional<Entitlement> highest(RoleLadder ladder, Set<String> byHand) {
        return ladder.rungs().stream()
                .filter(rung -> byHand.contains(rung.roleId()))
                .findFirst()
                .map(rung -> Entitlement.role(rung, Provenance.of(Origin.BY_HAND)));
    }

    private void rewrite(Set<Entitlement> recorded, Set<Entitlement> wanted) {
        wanted.stream().filter(entitlement -> !recorded.contains(entitlement)).forEach(record::add);
        recorded.stream().filter(entitlement -> !wanted.contains(entitlement)).forEach(forget::add);
    }

    private Set<Entitlement> recorded(Kind kind) {
        return of(kind, onRecord);
    }

    private static Set<Entitlement> of(Kind kind, Set<Entitlement> entitlements) {
        return entitlements.stream()
                .filter(entitlement -> entitlement.kind() == kind)
                .collect(toCollection(LinkedHashSet::new));
    }

    private static Set<Entitlement> of(String target, Set<Entitlement> entitlements) {
        return entitlements.stream()
                .filter(entitlement -> entitlement.targetId().equals(target))
                .collect(toCollection(LinkedHashSet::new));
    }
}
