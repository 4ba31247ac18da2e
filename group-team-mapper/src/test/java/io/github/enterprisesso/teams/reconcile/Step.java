package io.github.enterprisesso.teams.reconcile;

import io.github.enterprisesso.teams.mapping.TargetType;
import io.github.enterprisesso.teams.mapping.Unmapped;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/**
 * One thing that happens in a realm. Numbers point into what there is at that moment, so that every step is possible in every
 * state, and a history stays one when steps are left out.
 */
sealed interface Step {

    record Push(String name, Set<String> roles) implements Step {}

    record Add(int user, int group) implements Step {}

    record Remove(int user, int group) implements Step {}

    record Rename(int group, String name) implements Step {}

    record Delete(int group) implements Step {}

    record Roles(int group, Set<String> roles) implements Step {}

    record OwnRole(int user, String role) implements Step {}

    record OwnExclusiveGroup(int user, String name) implements Step {}

    record Rules(int which) implements Step {}

    record Approve(int mapping) implements Step {}

    record Remap(int mapping, String name) implements Step {}

    record Reject(int mapping) implements Step {}

    record Brake(int mapping) implements Step {}

    record MapByHand(int group, TargetType type, String name) implements Step {}

    record Decide(int user, int conflict, boolean useIncoming) implements Step {}

    record Join(int user, int target) implements Step {}

    record Leave(int user, int target) implements Step {}

    record DeleteTarget(int target) implements Step {}

    record RenameTarget(int target, String name) implements Step {}

    record GrantRole(int user, String role) implements Step {}

    record Deactivate(int user) implements Step {}

    record Reactivate(int user) implements Step {}

    record Login(int user, Set<Integer> claims) implements Step {}

    record Policy(boolean defaultExclusiveGroup, Unmapped unmapped) implements Step {}

    List<String> NAMES = List.of("eng-a", "eng-b", "pool-a", "pool-b", "org-a", "org-b", "misc");
    List<String> ROLES = List.of("Admin", "User", "Guest");

    /** Whether the same event, sent a second time, must change nothing. */
    default boolean repeatable() {
        return !(this instanceof Decide
                || this instanceof MapByHand
                || this instanceof DeleteTarget
                || this instanceof Delete
                || this instanceof Rename
                || this instanceof Approve
                || this instanceof Remap
                || this instanceof Leave);
    }

    static Step random(Random random) {
        int number = random.nextInt(12);
        int user = random.nextInt(Realm.USERS.size());
        String name = NAMES.get(random.nextInt(NAMES.size()));
        return switch (random.nextInt(36)) {
            case 0, 1, 2, 3, 4, 5 -> new Push(name, roles(random));
            case 6, 7, 8, 9, 10, 11, 12, 13 -> new Add(user, number);
            case 14, 15, 16 -> new Remove(user, number);
            case 17 -> new Rename(number, name);
            case 18 -> new Delete(number);
            case 19 -> new Roles(number, roles(random));
            case 20 -> new OwnRole(user, random.nextBoolean() ? ROLES.get(random.nextInt(3)) : null);
            case 21 -> new OwnExclusiveGroup(user, random.nextBoolean() ? name : null);
            case 22 -> new Rules(random.nextInt(4));
            case 23 -> new Approve(number);
            case 24 -> random.nextBoolean() ? new Reject(number) : new Remap(number, name);
            case 25 -> new MapByHand(number, TargetType.values()[random.nextInt(TargetType.values().length)], name);
            case 26, 27, 28 -> new Decide(user, number, random.nextInt(3) > 0);
            case 29 -> new Join(user, number);
            case 30 -> new Leave(user, number);
            case 31 -> random.nextBoolean() ? new DeleteTarget(number) : new RenameTarget(number, name + "-renamed");
            case 32 -> new GrantRole(user, ROLES.get(random.nextInt(3)));
            case 33 -> random.nextBoolean() ? new Deactivate(user) : new Reactivate(user);
            case 34 -> new Login(user, claims(random));
            default ->
                random.nextBoolean()
                        ? new Brake(number)
                        : new Policy(random.nextBoolean(), Unmapped.values()[random.nextInt(Unmapped.values().length)]);
        };
    }

    private static Set<String> roles(Random random) {
        return random.nextInt(3) > 0 ? Set.of() : Set.of(ROLES.get(random.nextInt(3)));
    }

    private static Set<Integer> claims(Random random) {
        Set<Integer> claims = new TreeSet<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            claims.add(random.nextInt(6));
        }
        return claims;
    }
}
