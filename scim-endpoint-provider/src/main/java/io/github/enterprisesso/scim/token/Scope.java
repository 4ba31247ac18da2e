package io.github.enterprisesso.scim.token;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a token may be used for. Without {@link #USERS} and {@link #GROUPS} there is nothing to use it for. */
public enum Scope {
    USERS,
    GROUPS,
    READ_ONLY;

    static final Set<Scope> DEFAULT = Set.copyOf(EnumSet.of(USERS, GROUPS));

    /** {@code users}, {@code groups}, {@code read-only}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Scope> of(String text) {
        return Arrays.stream(values())
                .filter(scope -> scope.text().equals(text))
                .findFirst();
    }

    public static List<String> texts(Set<Scope> scopes) {
        return scopes.stream().sorted().map(Scope::text).toList();
    }

    static String store(Set<Scope> scopes) {
        return String.join(",", texts(scopes));
    }

    static Set<Scope> read(String stored) {
        return Arrays.stream(stored.split(","))
                .flatMap(text -> of(text).stream())
                .collect(Collectors.toSet());
    }
}
